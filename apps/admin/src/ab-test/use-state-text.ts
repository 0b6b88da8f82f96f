import { useTranslation } from 'react-i18next';
import { serverNow } from '../api/clock.js';
import { useTimeZone } from '../app/session.js';
import { formatInstant } from '../components/relative-time.js';
import { letterOf, type AbReport } from './ab-query.js';

/** What a test waits for, in one sentence; null where it waits for nothing. */
export function useStateText({ state, decidesAt, rest, ofTimes, arms }: AbReport): string | null {
  const { t, i18n } = useTranslation('abTest');
  const zone = useTimeZone();
  const n = new Intl.NumberFormat(i18n.language).format(rest.prepared);
  const time = decidesAt ? formatInstant(decidesAt, i18n.language, zone) : '';
  if (state === 'stopped') return t('report.state.stopped');
  if (ofTimes && state === 'sampling') return nextTime();
  if (ofTimes && state === 'measuring') return t('report.state.measuringTimes', { time });
  if (state === 'sampling') return t('report.state.sampling');
  if (state === 'asking') return t('report.state.asking', { n });
  if (state !== 'measuring') return null;
  return t(rest.prepared > 0 ? 'report.state.measuring' : 'report.state.measuringAll', { n, time });

  function nextTime(): string {
    const now = serverNow();
    const ahead = arms.filter(({ sendAt }) => sendAt && Date.parse(sendAt) > now);
    const [next] = ahead.sort((a, b) => (a.sendAt ?? '').localeCompare(b.sendAt ?? ''));
    if (!next?.sendAt) return t('report.state.lastTime');
    return t('report.state.nextTime', {
      letter: letterOf(next.variant),
      time: formatInstant(next.sendAt, i18n.language, zone),
      n: new Intl.NumberFormat(i18n.language).format(next.prepared),
    });
  }
}
