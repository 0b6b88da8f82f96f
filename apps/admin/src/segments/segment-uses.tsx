import { useInfiniteQuery } from '@tanstack/react-query';
import { Button } from 'antd';
import { useTranslation } from 'react-i18next';
import { Link } from 'react-router';
import { answer, api } from '../api/client.js';
import { Count } from '../components/count.js';
import { StatusTag } from '../components/status-tag.js';

const SHOWN = 20;

/** The newest campaigns for whose sake a segment stays, and how many they are in all. */
export function holdersOf(id: string) {
  const query = { limit: SHOWN, active: true, count: true } as never;
  return answer(api.GET('/api/v1/segments/{id}/uses', { params: { path: { id }, query } }));
}

/** The campaigns that are sent to a segment, or leave it out. */
export function SegmentUses({ id, total }: { id: string; total: number }) {
  const { t } = useTranslation('segments');
  const uses = useInfiniteQuery({
    queryKey: ['segments', id, 'uses'],
    initialPageParam: undefined as string | undefined,
    queryFn: ({ pageParam: cursor }) => {
      const query = { limit: SHOWN, ...(cursor ? { cursor } : {}) };
      return answer(api.GET('/api/v1/segments/{id}/uses', { params: { path: { id }, query } }));
    },
    getNextPageParam: (page) => page.nextCursor ?? undefined,
  });
  if (!uses.data) return null;
  return (
    <section className="panel" aria-label={t('uses')}>
      <h2>
        {t('uses')} {total > 0 && <Count value={total} />}
      </h2>
      {total === 0 && <p className="quiet no-margin">{t('unused')}</p>}
      <ul className="segment-uses">
        {uses.data.pages
          .flatMap(({ items }) => items)
          .map(({ campaign, as }) => (
            <li key={campaign.id}>
              <Link to={`/campaigns/${campaign.id}`}>{campaign.name}</Link>
              <span className="quiet">{t(`usedAs.${as}`)}</span>
              <StatusTag kind="campaign" value={campaign.status} />
            </li>
          ))}
      </ul>
      {uses.hasNextPage && (
        <Button loading={uses.isFetchingNextPage} onClick={() => void uses.fetchNextPage()}>
          {t('moreUses')}
        </Button>
      )}
    </section>
  );
}
