import { useQuery } from '@tanstack/react-query';
import { useTranslation } from 'react-i18next';
import { answer, api } from '../api/client.js';
import type { Resource } from '../api/types.js';
import { useTimeZone } from '../app/session.js';
import { ProblemAlert } from '../components/problem-alert.js';
import { formatInstant } from '../components/relative-time.js';
import { ZoneTable, hasNextDay, placeOf } from './zone-table.js';

const LOOK_AGAIN_MS = 15_000;

/** How far a campaign is that reaches each recipient by their own clock: until when, and zone by zone. */
export function CampaignZones({ campaign }: { campaign: Resource<'Campaign'> }) {
  const { t, i18n } = useTranslation('zones');
  const own = useTimeZone();
  const { id, status, recipientTime } = campaign;
  const moving = status === 'sending' || status === 'paused' || status === 'scheduled';
  const { data, error, refetch } = useQuery({
    // Under its report, so that it is read again as that moves.
    queryKey: ['campaigns', id, 'report', 'zones'],
    queryFn: () => answer(api.GET('/api/v1/campaigns/{id}/zones', { params: { path: { id } } })),
    enabled: recipientTime !== null,
    refetchInterval: moving ? LOOK_AGAIN_MS : false,
  });
  if (recipientTime === null) return null;
  if (error && !data) return <ProblemAlert error={error} onRetry={() => void refetch()} />;
  if (!data?.ends) return null;
  const ends = formatInstant(data.ends, i18n.language, own);
  // It has no zone of its own: read and shown in the same one, it stays as it is.
  const clock = formatInstant(`${recipientTime}Z`, i18n.language, 'UTC');
  return (
    <section className="panel zones-panel" aria-labelledby="zones-title">
      <h2 id="zones-title">{t('title')}</h2>
      <p>
        {t('clock')}
        <strong className="figures">{clock}</strong> · {t(moving ? 'until' : 'overAt', { ends, zone: placeOf(own) })}
        {moving && hasNextDay(data.zones) && <span className="quiet block">{t('passed')}</span>}
      </p>
      <ZoneTable plan={data} />
    </section>
  );
}
