import { Tooltip } from 'antd';
import { useTranslation } from 'react-i18next';
import { LEVEL } from '#engine/ab-test';
import { Instant, formatInstant } from '../components/relative-time.js';
import { useTimeZone } from '../app/session.js';
import { listed } from '../i18n/i18n.js';
import { letterOf, type AbReport } from './ab-query.js';

/** The verdict in plain words, with the chances behind it; before the decision, how it looks just now. */
export function VerdictText({ report }: { report: AbReport }) {
  const { t, i18n } = useTranslation('abTest');
  const { verdict, now, winner, chosenBy, ofTimes } = report;
  const shown = verdict ?? now;
  const number = new Intl.NumberFormat(i18n.language, { maximumSignificantDigits: 2 });
  const zone = useTimeZone();
  const over = report.state === 'stopped' && !verdict;
  if (!shown || over || report.state === 'draft' || report.state === 'sampling') return null;
  return (
    <>
      <p className="ab-verdict">
        <strong>{verdict ? judged(verdict) : justNow()}</strong>
      </p>
      {verdict && ofTimes && <p>{t('report.verdict.nothingSent')}</p>}
      {winner !== null && chosenBy === 'person' && <p>{t('report.verdict.byPerson', { letter: letterOf(winner) })}</p>}
      {verdict && verdict.winner === null && winner !== null && chosenBy === 'rule' && report.rest.prepared > 0 && (
        <p>{t('report.verdict.restByRule', { letter: letterOf(winner) })}</p>
      )}
      {report.judgedAt && (
        <p className="quiet small">
          {t('report.verdict.at')} <Instant at={report.judgedAt} />
        </p>
      )}
      {shown.comparisons.length > 0 && (
        <Tooltip title={t('report.verdict.pHelp')}>
          <ul className="plain-list quiet small" tabIndex={0} aria-label={t('report.verdict.pHelp')}>
            {shown.comparisons.map(({ one, other, p }) => (
              <li key={`${one}${other}`}>
                {t('report.verdict.p', { one: letterOf(one), other: letterOf(other), p: number.format(p) })}
              </li>
            ))}
          </ul>
        </Tooltip>
      )}
    </>
  );

  function judged({ winner: won, reason }: NonNullable<AbReport['verdict']>): string {
    if (won !== null) {
      const at = report.arms[won]?.sendAt;
      const time = at ? formatInstant(at, i18n.language, zone) : '';
      return t(ofTimes ? 'report.verdict.timeWinner' : 'report.verdict.winner', { letter: letterOf(won), time });
    }
    const { leaders, behind } = groupsOf(verdict?.comparisons ?? []);
    if (reason === 'not_apart' && behind.length > 0) {
      return t(ofTimes ? 'report.verdict.timesTied' : 'report.verdict.tied', {
        leaders: listed(leaders),
        behind: listed(behind),
      });
    }
    if (ofTimes && reason === 'not_apart') return t('report.verdict.timesNot_apart');
    return t(`report.verdict.${reason}`);
  }

  /** Who is told apart from the best, and who is not. */
  function groupsOf(comparisons: NonNullable<AbReport['now']>['comparisons']): { leaders: string[]; behind: string[] } {
    const rateOf = ({ acted, measured }: AbReport['arms'][number]) => (measured > 0 ? acted / measured : 0);
    const best = [...report.arms].sort((a, b) => rateOf(b) - rateOf(a))[0]?.variant;
    const beaten = comparisons
      .filter(({ one, other, p }) => (one === best || other === best) && p <= LEVEL)
      .map(({ one, other }) => (one === best ? other : one));
    const letters = (some: typeof report.arms) => some.map(({ variant }) => letterOf(variant));
    return {
      leaders: letters(report.arms.filter(({ variant }) => !beaten.includes(variant))),
      behind: letters(report.arms.filter(({ variant }) => beaten.includes(variant))),
    };
  }

  function justNow(): string {
    if (!now) return '';
    if (now.winner !== null) return t('report.verdict.nowWinner', { letter: letterOf(now.winner) });
    return t(now.reason === 'too_few' ? 'report.verdict.nowToo_few' : 'report.verdict.nowNot_apart');
  }
}
