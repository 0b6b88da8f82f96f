import { EyeOutlined, LinkOutlined, MessageOutlined } from '@ant-design/icons';
import { useInfiniteQuery } from '@tanstack/react-query';
import { Button, Segmented, Skeleton } from 'antd';
import type { ReactNode } from 'react';
import { useTranslation } from 'react-i18next';
import { Link, useSearchParams } from 'react-router';
import { answer, api } from '../api/client.js';
import type { Resource } from '../api/types.js';
import { ProblemAlert } from '../components/problem-alert.js';
import { RelativeTime } from '../components/relative-time.js';

type Entry = Resource<'Activity'>;

const RELOAD_MS = 5_000;
const PAGE = 10;
const ICONS: Record<Entry['type'], ReactNode> = {
  opened: <EyeOutlined />,
  clicked: <LinkOutlined />,
  replied: <MessageOutlined />,
};

/** What recipients do just now, of all campaigns or of one's own; each line leads to the person and to the report. */
export function ActivityFeed() {
  const { t } = useTranslation('dashboard');
  const [params, setParams] = useSearchParams();
  const mine = params.get('activity') === 'mine';
  const query = useInfiniteQuery({
    queryKey: ['activity', mine],
    initialPageParam: undefined as string | undefined,
    queryFn: ({ pageParam: cursor }) =>
      answer(
        api.GET('/api/v1/activity', {
          params: { query: { limit: PAGE, ...(mine ? { mine: 'true' } : {}), ...(cursor ? { cursor } : {}) } },
        }),
      ),
    getNextPageParam: (page) => page.nextCursor ?? undefined,
    // Who reads further back is not disturbed.
    refetchInterval: ({ state }) => ((state.data?.pages.length ?? 1) > 1 ? false : RELOAD_MS),
  });
  const entries = query.data?.pages.flatMap(({ items }) => items) ?? [];
  return (
    <section className="panel" aria-labelledby="activity-title">
      <div className="spread">
        <h2 id="activity-title" className="panel-title">
          {t('activity.title')}
        </h2>
        <Segmented
          size="small"
          aria-label={t('activity.whose')}
          value={mine ? 'mine' : 'all'}
          onChange={(value) =>
            setParams(
              (old) => {
                if (value === 'mine') old.set('activity', 'mine');
                else old.delete('activity');
                return old;
              },
              { replace: true },
            )
          }
          options={['all', 'mine'].map((value) => ({ value, label: t(`activity.${value}`) }))}
        />
      </div>
      {query.error && !query.data && <ProblemAlert error={query.error} onRetry={() => void query.refetch()} />}
      {query.isPending && <Skeleton active title={false} paragraph={{ rows: 5 }} />}
      {query.data && entries.length === 0 && <p className="quiet">{t(mine ? 'activity.noneMine' : 'activity.none')}</p>}
      {entries.length > 0 && (
        <ol className="activity" aria-label={t('activity.title')}>
          {entries.map((entry) => (
            <li key={entry.id} data-type={entry.type}>
              <span className="activity-mark" aria-hidden="true">
                {ICONS[entry.type]}
              </span>
              <Line entry={entry} />
              <span className="quiet small activity-when">
                <RelativeTime at={entry.at} />
              </span>
            </li>
          ))}
        </ol>
      )}
      {query.hasNextPage && (
        <Button type="link" size="small" loading={query.isFetchingNextPage} onClick={() => void query.fetchNextPage()}>
          {t('activity.more')}
        </Button>
      )}
    </section>
  );
}

function Line({ entry }: { entry: Entry }) {
  const { t } = useTranslation('dashboard');
  const { contactId, name, email, type, url, campaignId, campaignName } = entry;
  const who = name || email || t('activity.erased');
  return (
    <span className="activity-line">
      <span>
        {contactId ? (
          <Link to={`/contacts/${contactId}`} title={email}>
            {who}
          </Link>
        ) : (
          who
        )}{' '}
        {t(`activity.did.${type}`)} <Link to={`/campaigns/${campaignId}/report`}>{campaignName}</Link>
      </span>
      {url && (
        <span className="quiet small activity-url" title={url}>
          {url.replace(/^https?:\/\//, '')}
        </span>
      )}
    </span>
  );
}
