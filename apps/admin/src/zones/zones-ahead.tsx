import { keepPreviousData, useQuery } from '@tanstack/react-query';
import { Alert } from 'antd';
import { useTranslation } from 'react-i18next';
import { answer, api } from '../api/client.js';
import type { Resource } from '../api/types.js';
import { useTimeZone } from '../app/session.js';
import { ProblemAlert } from '../components/problem-alert.js';
import { formatInstant } from '../components/relative-time.js';
import { useSettled } from '../components/use-settled.js';
import { ZoneTable, hasNextDay, placeOf, type Plan } from './zone-table.js';

const PAUSE_MS = 300;

interface ZonesAheadProps {
  audience: Resource<'Campaign'>['audience'];
  /** As each recipient's clock shows it, `YYYY-MM-DDTHH:mm:ss`. */
  at: string;
  /** Zone of contacts without one. */
  timezone: string;
}

/** What an hour of the recipients' own clocks means for an audience: who has a zone, when it begins and when it is over. */
export function ZonesAhead(asked: ZonesAheadProps) {
  const { t } = useTranslation('zones');
  const key = JSON.stringify(asked);
  const settled = useSettled(key, PAUSE_MS);
  const { lists, segments } = asked.audience;
  const { data, error, refetch, isFetching } = useQuery({
    queryKey: ['campaigns', 'zones', settled],
    queryFn: ({ signal }) =>
      answer(api.POST('/api/v1/campaigns/zones', { body: JSON.parse(settled) as ZonesAheadProps, signal })),
    enabled: lists.length + segments.length > 0,
    placeholderData: keepPreviousData,
  });
  if (lists.length + segments.length === 0) return null;
  if (error && !data) return <ProblemAlert error={error} onRetry={() => void refetch()} />;
  if (!data) return <p className="quiet">{t('counting')}</p>;
  const counting = isFetching || settled !== key;
  return (
    <div className="zones-ahead" aria-live="polite" aria-busy={counting} data-settling={counting}>
      <Words plan={data} />
      {data.zones.length > 0 && <ZoneTable plan={data} />}
    </div>
  );
}

function Words({ plan }: { plan: Plan }) {
  const { t, i18n } = useTranslation('zones');
  const own = useTimeZone();
  const { withZone, withoutZone, begins, ends, zones } = plan;
  if (zones.length === 0) return null;
  if (begins === null) return <Alert type="error" showIcon title={t('tooLate')} />;
  const number = (value: number) => new Intl.NumberFormat(i18n.language).format(value);
  const time = (at: string | null) => (at ? formatInstant(at, i18n.language, own) : '');
  const said = withoutZone === 0 ? 'all' : withZone === 0 ? 'none' : 'some';
  const total = number(withZone + withoutZone);
  return (
    <p>
      {t(said, { total, known: number(withZone), zone: placeOf(plan.timezone ?? '') })}
      <span className="block">{t('span', { begins: time(begins), ends: time(ends), zone: placeOf(own) })}</span>
      <span className="quiet block">
        {hasNextDay(zones) && `${t('passed')} `}
        {t('frozen')}
      </span>
    </p>
  );
}
