import { useInfiniteQuery } from '@tanstack/react-query';
import { Button, Skeleton } from 'antd';
import { useTranslation } from 'react-i18next';
import { Link } from 'react-router';
import { answer, api } from '../api/client.js';
import { ProblemAlert } from '../components/problem-alert.js';
import { RelativeTime } from '../components/relative-time.js';
import { useTrailWords } from './use-trail-words.js';

/** The last campaigns from the view of one contact: got it, or why not; each leads to the whole story. */
export function CampaignsOfContact({ contactId, email }: { contactId: string; email: string }) {
  const { t } = useTranslation('trail');
  const words = useTrailWords();
  const query = useInfiniteQuery({
    queryKey: ['contacts', contactId, 'campaigns'],
    initialPageParam: undefined as string | undefined,
    queryFn: ({ pageParam }) =>
      answer(
        api.GET('/api/v1/contacts/{id}/campaigns', {
          params: { path: { id: contactId }, query: { limit: 10, ...(pageParam ? { cursor: pageParam } : {}) } },
        }),
      ),
    getNextPageParam: (page) => page.nextCursor ?? undefined,
  });
  const items = query.data?.pages.flatMap((page) => page.items) ?? [];
  return (
    <section className="panel">
      <h2>{t('campaigns.title')}</h2>
      <p className="quiet">{t('campaigns.help')}</p>
      {query.error && <ProblemAlert error={query.error} onRetry={() => void query.refetch()} />}
      {query.isPending && <Skeleton active title={false} paragraph={{ rows: 3 }} />}
      {query.data && items.length === 0 && <p className="quiet">{t('campaigns.none')}</p>}
      <ul className="plain-list divided">
        {items.map(({ campaign, ...verdict }) => (
          <li key={campaign.id} className="stack">
            <div className="spread">
              <Link to={`/campaigns/${campaign.id}/report`}>{campaign.name}</Link>
              <span className="quiet">
                <RelativeTime at={campaign.startedAt} />
              </span>
            </div>
            <span>{words.verdict(verdict)}</span>
            <Link
              to={`/campaigns/${campaign.id}/report?why=${encodeURIComponent(email)}`}
              aria-label={t('campaigns.whyOf', { name: campaign.name })}
            >
              {t('campaigns.why')}
            </Link>
          </li>
        ))}
      </ul>
      {query.hasNextPage && (
        <Button onClick={() => void query.fetchNextPage()} loading={query.isFetchingNextPage}>
          {t('campaigns.more')}
        </Button>
      )}
    </section>
  );
}
