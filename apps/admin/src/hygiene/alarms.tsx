import { useQuery } from '@tanstack/react-query';
import { useTranslation } from 'react-i18next';
import { Link } from 'react-router';
import { answer, api } from '../api/client.js';
import type { Resource } from '../api/types.js';
import { ProblemAlert } from '../components/problem-alert.js';
import { RelativeTime } from '../components/relative-time.js';
import { useProviderName } from '../words/index.js';

type Alarm = Resource<'HygieneAlarm'>;
/** Older ones say nothing about today. */
const SHOWN = 20;

/** The latest campaigns that paused themselves, by sending domain and provider. */
export function Alarms() {
  const { t } = useTranslation('hygiene');
  const { data, error, refetch } = useQuery({
    queryKey: ['hygiene', 'alarms'],
    queryFn: () => answer(api.GET('/api/v1/hygiene/alarms', { params: { query: { limit: SHOWN } } })),
  });
  return (
    <section className="panel">
      <h2>{t('alarms')}</h2>
      <p className="quiet">{t('alarmsText')}</p>
      {error && !data && <ProblemAlert error={error} onRetry={() => void refetch()} />}
      {data?.items.length === 0 && <p>{t('noAlarms')}</p>}
      <ul className="plain-list divided">
        {data?.items.map((alarm) => (
          <li key={alarm.id} className="stack">
            <span className="spread">
              <Link to={`/campaigns/${alarm.campaignId}/report`}>{alarm.campaignName}</Link>
              <RelativeTime at={alarm.at} />
            </span>
            <Between alarm={alarm} />
            <span className="quiet break">{alarm.words}</span>
          </li>
        ))}
      </ul>
    </section>
  );
}

function Between({ alarm }: { alarm: Alarm }) {
  const { t } = useTranslation('hygiene');
  const providerName = useProviderName();
  const { fromDomain, provider, blocked, settled } = alarm;
  const to = provider === null ? t('allProviders') : providerName(provider);
  return <span>{t('refused', { fromDomain, to, blocked, settled })}</span>;
}
