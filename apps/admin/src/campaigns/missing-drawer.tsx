import { useInfiniteQuery } from '@tanstack/react-query';
import { Button, Drawer, Skeleton } from 'antd';
import { useTranslation } from 'react-i18next';
import { Link } from 'react-router';
import { answer, api } from '../api/client.js';
import { ProblemAlert } from '../components/problem-alert.js';
import { useNarrow } from '../components/use-narrow.js';
import { useLabelOf } from '../components/variables.js';
import { useDraftContext } from './draft-context.js';

/** Who would get a mail with a hole where a variable stands, each with the way to fill it. */
export function MissingDrawer({ variable, onClose }: { variable: string | null; onClose: () => void }) {
  const labelOf = useLabelOf();
  const { t } = useTranslation('campaigns');
  const narrow = useNarrow();
  return (
    <Drawer
      open={variable !== null}
      onClose={onClose}
      title={t('missing.title', { variable: labelOf(variable ?? '') })}
      size={narrow ? '100%' : 480}
      destroyOnHidden
    >
      {variable !== null && <MissingList variable={variable} />}
    </Drawer>
  );
}

function MissingList({ variable }: { variable: string }) {
  const { t } = useTranslation('campaigns');
  const { campaign } = useDraftContext();
  const path = { id: campaign.id };
  const query = useInfiniteQuery({
    queryKey: ['campaigns', campaign.id, 'missing', variable],
    queryFn: ({ pageParam }) =>
      answer(
        api.GET('/api/v1/campaigns/{id}/missing-data', {
          params: { path, query: { variable, limit: 50, ...(pageParam ? { cursor: pageParam } : {}) } },
        }),
      ),
    initialPageParam: '',
    getNextPageParam: ({ nextCursor }) => nextCursor,
  });
  if (query.error) return <ProblemAlert error={query.error} onRetry={() => void query.refetch()} />;
  if (!query.data) return <Skeleton active paragraph={{ rows: 6 }} />;
  const people = query.data.pages.flatMap(({ items }) => items);
  return (
    <>
      <p className="quiet">{t('missing.help', { variable })}</p>
      {people.length === 0 && <p>{t('missing.nobody')}</p>}
      <ul className="plain-list missing-list">
        {people.map(({ id, email, name }) => (
          <li key={id}>
            <Link to={`/contacts/${id}`}>{email}</Link> {name && <span className="quiet">{name}</span>}
          </li>
        ))}
      </ul>
      {query.hasNextPage && (
        <Button loading={query.isFetchingNextPage} onClick={() => void query.fetchNextPage()}>
          {t('missing.more')}
        </Button>
      )}
    </>
  );
}
