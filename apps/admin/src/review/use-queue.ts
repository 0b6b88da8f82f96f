import { useInfiniteQuery, type InfiniteData } from '@tanstack/react-query';
import { useMemo } from 'react';
import { answer, api } from '../api/client.js';
import { queryClient } from '../api/query.js';
import type { Page, Resource } from '../api/types.js';

type Message = Resource<'InboundMessage'>;
const PAGE = 50;
const KEY = ['inbound', 'review'];

interface Queue {
  items: Message[];
  error: unknown;
  isPending: boolean;
  hasMore: boolean;
  loadMore: () => void;
  refetch: () => void;
}

/** What waits for a person, newest first; more of it is fetched when the end comes near. */
export function useQueue(): Queue {
  const { data, error, isPending, hasNextPage, fetchNextPage, isFetchingNextPage, refetch } = useInfiniteQuery({
    queryKey: KEY,
    queryFn: ({ pageParam }) =>
      answer(
        api.GET('/api/v1/inbound', {
          params: { query: { review: 'true', limit: PAGE, ...(pageParam ? { cursor: pageParam } : {}) } as never },
        }),
      ),
    initialPageParam: '',
    getNextPageParam: (last) => last.nextCursor,
    refetchInterval: 15_000,
  });
  const items = useMemo(() => data?.pages.flatMap((page) => page.items) ?? [], [data]);
  return {
    items,
    error,
    isPending,
    hasMore: hasNextPage,
    loadMore: () => void (isFetchingNextPage || fetchNextPage()),
    refetch: () => void refetch(),
  };
}

/** Takes a mail that is decided about off the queue at once, so that the next key is the next mail's. */
export async function removeFromQueue(id: string): Promise<void> {
  await queryClient.cancelQueries({ queryKey: KEY });
  queryClient.setQueryData<InfiniteData<Page<Message>>>(
    KEY,
    (old) =>
      old && {
        ...old,
        pages: old.pages.map((page) => ({ ...page, items: page.items.filter((item) => item.id !== id) })),
      },
  );
}
