import { QuestionCircleOutlined } from '@ant-design/icons';
import { Tooltip } from 'antd';
import { useTranslation } from 'react-i18next';
import { Link } from 'react-router';
import { Count, Rate } from '../components/count.js';
import type { Report } from './report-query.js';
import { visitorsOf, type Audience } from './visitors.js';

interface Kpi {
  key: 'sent' | 'delivered' | 'opened' | 'clicked' | 'bounced' | 'unsubscribed' | 'complained' | 'replied';
  count: number;
  /** Numerator and denominator; absent for a plain count. */
  rate?: { count: number; of: number };
  /** A second line: totals, or what is counted apart. */
  note?: string;
  /** Recipients behind the figure. */
  to?: string;
  tone?: 'bad';
  /** The same rate of the workspace's campaigns before. */
  usual?: { count: number; of: number } | undefined;
}

/** The eight figures of a campaign, each with its rate and, on demand, the formula behind it. */
export function KpiCards({
  report,
  audience,
  linked = true,
}: {
  report: Report;
  audience: Audience;
  /** Whether figures lead to the recipients behind them. */
  linked?: boolean;
}) {
  const { t } = useTranslation('report');
  return (
    <ul className="kpis">
      {useKpis(report, audience).map(({ key, count, rate, note, to, tone, usual }) => (
        <li key={key} className="kpi" data-tone={tone}>
          <div className="kpi-label">
            {t(`kpi.${key}`)}
            <Tooltip title={t(`formula.${key}`)} trigger={['hover', 'focus', 'click']}>
              <button type="button" className="kpi-help" aria-label={t('formulaOf', { name: t(`kpi.${key}`) })}>
                <QuestionCircleOutlined />
              </button>
            </Tooltip>
          </div>
          <div className="kpi-count">
            {to && linked ? (
              <Link to={to}>
                <Count value={count} />
              </Link>
            ) : (
              <Count value={count} />
            )}
          </div>
          {rate && (
            <div className="kpi-rate">
              <Rate {...rate} digits={2} /> {usual && <Delta rate={rate} usual={usual} bad={tone === 'bad'} />}
            </div>
          )}
          {note && <div className="quiet small">{note}</div>}
        </li>
      ))}
    </ul>
  );
}

function useKpis(report: Report, audience: Audience): Kpi[] {
  const { t, i18n } = useTranslation('report');
  const { counts, rates } = report;
  const number = new Intl.NumberFormat(i18n.language);
  const { opened: opens, clicked: clicks } = visitorsOf(report, audience);
  const usual = report.usual ?? undefined;
  // Only people's opens and clicks have something to be compared with.
  const usualOf = (name: 'open' | 'click') => (audience === 'human' ? usual?.[name] : undefined);
  const recipients = (event: string) => `?tab=recipients&event=${event}`;
  return [
    {
      key: 'sent',
      count: rates.delivery.of,
      note: t('kpiNote.sent', { number: number.format(counts.prepared) }),
    },
    { key: 'delivered', count: rates.delivery.count, rate: rates.delivery, usual: usual?.delivery },
    {
      key: 'opened',
      count: opens.unique,
      rate: { count: opens.unique, of: rates.open.of },
      usual: usualOf('open'),
      note: t('kpiNote.total', { number: number.format(opens.total) }),
      to: recipients('opened'),
    },
    {
      key: 'clicked',
      count: clicks.unique,
      rate: { count: clicks.unique, of: rates.click.of },
      usual: usualOf('click'),
      // A machine clicks without opening, and opens without reading.
      ...(audience !== 'machine' && {
        note: t('kpiNote.clickToOpen', {
          rate: percent({ count: clicks.unique, of: opens.unique }, i18n.language),
        }),
      }),
      to: recipients('clicked'),
    },
    {
      key: 'bounced',
      count: rates.bounce.count,
      rate: rates.bounce,
      usual: usual?.bounce,
      note: t('kpiNote.bounced', {
        hard: number.format(counts.bouncedHard + counts.rejected),
        soft: number.format(counts.bouncedSoft + counts.expired),
      }),
      to: '?tab=bounces',
      tone: 'bad',
    },
    {
      key: 'unsubscribed',
      count: rates.unsubscribe.count,
      rate: rates.unsubscribe,
      usual: usual?.unsubscribe,
      to: recipients('unsubscribed'),
      tone: 'bad',
    },
    {
      key: 'complained',
      count: rates.complaint.count,
      rate: rates.complaint,
      usual: usual?.complaint,
      to: recipients('complained'),
      tone: 'bad',
    },
    {
      key: 'replied',
      count: rates.reply.count,
      rate: rates.reply,
      usual: usual?.reply,
      note: t('kpiNote.autoReplied', { count: report.autoReplied, number: number.format(report.autoReplied) }),
      to: recipients('replied'),
    },
  ];
}

/** By how many percentage points it differs from how it usually goes. */
function Delta({
  rate,
  usual,
  bad,
}: {
  rate: { count: number; of: number };
  usual: { count: number; of: number };
  bad: boolean;
}) {
  const { t, i18n } = useTranslation('report');
  if (rate.of === 0 || usual.of === 0) return null;
  const points = (rate.count / rate.of - usual.count / usual.of) * 100;
  const digits = Math.abs(points) < 1 ? 2 : 1;
  const format = new Intl.NumberFormat(i18n.language, { maximumFractionDigits: digits, signDisplay: 'exceptZero' });
  const shown = format.format(points);
  // What is within a twentieth of the usual is as usual.
  const alike = Math.abs(points) * usual.of <= 5 * usual.count;
  const tone = alike ? 'same' : points > 0 === bad ? 'worse' : 'better';
  const percentOf = new Intl.NumberFormat(i18n.language, { style: 'percent', maximumFractionDigits: 2 });
  return (
    <Tooltip title={t('delta.help', { rate: percentOf.format(usual.count / usual.of) })}>
      <span className="kpi-delta" data-tone={tone}>
        {t('delta.points', { points: shown })}
      </span>
    </Tooltip>
  );
}

function percent({ count, of }: { count: number; of: number }, locale: string): string {
  if (of === 0) return '–';
  return new Intl.NumberFormat(locale, { style: 'percent', maximumFractionDigits: 1 }).format(count / of);
}
