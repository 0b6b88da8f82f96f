import { useInfiniteQuery } from '@tanstack/react-query';
import { answer, api } from '../api/client.js';
import type { Resource } from '../api/types.js';

type Message = Resource<'InboundMessage'>;
const PAGE = 50;

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
    queryKey: ['inbound', 'review'],
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
  return {
    items: data?.pages.flatMap((page) => page.items) ?? [],
    error,
    isPending,
    hasMore: hasNextPage,
    loadMore: () => void (isFetchingNextPage || fetchNextPage()),
    refetch: () => void refetch(),
  };
}
