import { useQuery } from '@tanstack/react-query';
import { useTranslation } from 'react-i18next';
import { Link } from 'react-router';
import { answer, api } from '../api/client.js';
import { StatusTag } from '../components/status-tag.js';

const SHOWN = 20;

export const usesQuery = (id: string) => ({
  queryKey: ['segments', id, 'uses'],
  queryFn: async () =>
    answer(api.GET('/api/v1/segments/{id}/uses', { params: { path: { id }, query: { limit: SHOWN } } })),
});

/** The campaigns that are sent to a segment, or leave it out. */
export function SegmentUses({ id }: { id: string }) {
  const { t } = useTranslation('segments');
  const { data } = useQuery(usesQuery(id));
  if (!data) return null;
  return (
    <section className="panel" aria-label={t('uses')}>
      <h2>{t('uses')}</h2>
      {data.items.length === 0 ? (
        <p className="quiet no-margin">{t('unused')}</p>
      ) : (
        <ul className="segment-uses">
          {data.items.map(({ campaign, as }) => (
            <li key={campaign.id}>
              <Link to={`/campaigns/${campaign.id}`}>{campaign.name}</Link>
              <span className="quiet">{t(`usedAs.${as}`)}</span>
              <StatusTag kind="campaign" value={campaign.status} />
            </li>
          ))}
        </ul>
      )}
      {data.nextCursor && <p className="quiet no-margin">{t('moreUses', { count: SHOWN })}</p>}
    </section>
  );
}
