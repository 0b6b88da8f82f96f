import { useInfiniteQuery, useQuery } from '@tanstack/react-query';
import { Button, Skeleton } from 'antd';
import { useTranslation } from 'react-i18next';
import { Link } from 'react-router';
import { answer, api } from '../api/client.js';
import type { Resource } from '../api/types.js';
import { ProblemAlert } from '../components/problem-alert.js';
import { StatusTag } from '../components/status-tag.js';
import { totalUses } from './image-query.js';

type Use = Resource<'ImageUse'>;
const SHOWN = 20;
/** Lines of the question before a deletion. */
const ASKED = 6;
/** Saved blocks have no screen of their own: they are changed where they stand. */
const PLACES: Record<Use['kind'], ((id: string) => string) | null> = {
  template: (id) => `/templates/${id}`,
  campaign: (id) => `/campaigns/${id}`,
  saved_block: null,
};

/** What shows an image, with links; what can still be mended comes first. */
export function UseList({ id }: { id: string }) {
  const { t } = useTranslation('images');
  const uses = useInfiniteQuery({
    queryKey: ['image', id, 'uses'],
    initialPageParam: undefined as string | undefined,
    queryFn: ({ pageParam }) => {
      const query = { limit: SHOWN, ...(pageParam ? { cursor: pageParam } : {}) };
      return answer(api.GET('/api/v1/images/{id}/uses', { params: { path: { id }, query } }));
    },
    getNextPageParam: (page) => page.nextCursor ?? undefined,
  });
  if (uses.error && !uses.data) return <ProblemAlert error={uses.error} onRetry={() => void uses.refetch()} />;
  if (!uses.data) return <Skeleton active title={false} />;
  const items = uses.data.pages.flatMap((page) => page.items);
  if (items.length === 0) return <p className="quiet">{t('usesNone')}</p>;
  return (
    <>
      <UseLines uses={items} />
      {uses.hasNextPage && (
        <Button loading={uses.isFetchingNextPage} onClick={() => void uses.fetchNextPage()}>
          {t('usesMore')}
        </Button>
      )}
    </>
  );
}

/** @param inQuestion whoever looks first comes back to the question */
function UseLines({ uses, inQuestion = false }: { uses: Use[]; inQuestion?: boolean }) {
  const tab = inQuestion ? { target: '_blank' } : {};
  const { t } = useTranslation('images');
  return (
    <ul className="plain-list image-uses">
      {uses.map(({ kind, id, name, status }) => (
        <li key={`${kind}:${id}`}>
          <span className="quiet">{t(`useKind.${kind}`)}</span>
          {PLACES[kind] ? (
            <Link to={PLACES[kind](id)} {...tab}>
              {name}
            </Link>
          ) : (
            <span>{name}</span>
          )}
          {status && <StatusTag kind="campaign" value={status} />}
        </li>
      ))}
    </ul>
  );
}

/** What would lack an image that is deleted: counted now, since a list may be some minutes old. */
export function DeleteText({ id }: { id: string }) {
  const { t } = useTranslation('images');
  const image = useQuery({
    queryKey: ['image', id],
    queryFn: () => answer(api.GET('/api/v1/images/{id}', { params: { path: { id } } })),
    staleTime: 0,
  });
  const first = useQuery({
    queryKey: ['image', id, 'first-uses'],
    queryFn: () => answer(api.GET('/api/v1/images/{id}/uses', { params: { path: { id }, query: { limit: ASKED } } })),
    staleTime: 0,
  });
  const { data, isFetching } = image;
  if (image.error) return <ProblemAlert error={image.error} onRetry={() => void image.refetch()} />;
  if (!data || isFetching) return <Skeleton active title={false} paragraph={{ rows: 3 }} />;
  const { sent, unsent, templates, savedBlocks } = data.uses;
  const total = totalUses(data.uses);
  if (total === 0) return <p>{t('deleteUnused')}</p>;
  const shown = first.data?.items ?? [];
  return (
    <div className="stack">
      {sent > 0 && <strong>{t('deleteSent', { count: sent })}</strong>}
      {unsent > 0 && <span>{t('deleteUnsent', { count: unsent })}</span>}
      {templates > 0 && <span>{t('deleteTemplates', { count: templates })}</span>}
      {savedBlocks > 0 && <span>{t('deleteBlocks', { count: savedBlocks })}</span>}
      <UseLines uses={shown} inQuestion />
      {total > shown.length && shown.length > 0 && (
        <span className="quiet">{t('deleteMore', { count: total - shown.length })}</span>
      )}
    </div>
  );
}
