import { useTranslation } from 'react-i18next';
import { useTimeZone } from '../app/session.js';
import { formatInstant } from '../components/relative-time.js';
import type { AbReport } from './ab-query.js';

/** What a test waits for, in one sentence; null where it waits for nothing. */
export function useStateText({ state, decidesAt, rest }: AbReport): string | null {
  const { t, i18n } = useTranslation('abTest');
  const zone = useTimeZone();
  const n = new Intl.NumberFormat(i18n.language).format(rest.prepared);
  const time = decidesAt ? formatInstant(decidesAt, i18n.language, zone) : '';
  if (state === 'sampling') return t('report.state.sampling');
  if (state === 'asking') return t('report.state.asking', { n });
  if (state !== 'measuring') return null;
  return t(rest.prepared > 0 ? 'report.state.measuring' : 'report.state.measuringAll', { n, time });
}
