import { useQuery } from '@tanstack/react-query';
import { answer, api } from '../api/client.js';
import { queryClient } from '../api/query.js';
import type { Resource } from '../api/types.js';

export type View = Resource<'SavedView'>;
export type ViewPage = View['page'];

/** What the parts need of a list: which one, and its address as far as a view keeps it, always in the same order. */
export interface ViewsProps {
  page: ViewPage;
  current: string;
  /** Another address in that order. */
  normal: (query: string) => string;
}

const KEY = ['saved-views'];

/** The person's views of a page; undefined until they are known. */
export function useViews(page: ViewPage): View[] | undefined {
  const { data } = useQuery({
    queryKey: KEY,
    queryFn: async () => (await answer(api.GET('/api/v1/saved-views'))).items,
    staleTime: 60_000,
  });
  return data?.filter((view) => view.page === page);
}

export function reloadViews(): Promise<void> {
  return queryClient.invalidateQueries({ queryKey: KEY });
}
