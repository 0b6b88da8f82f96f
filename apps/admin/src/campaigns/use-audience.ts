import { keepPreviousData, useQuery } from '@tanstack/react-query';
import { answer, api } from '../api/client.js';
import { useSettled } from '../components/use-settled.js';
import type { Draft } from './draft.js';

const PAUSE_MS = 300;

/** How many the rules name right now, and who of them is left out; not asked while nothing is chosen. */
export function useAudience(audience: Draft['audience']) {
  const settled = useSettled(audience, PAUSE_MS);
  const query = useQuery({
    queryKey: ['campaigns', 'audience', settled],
    queryFn: ({ signal }) => answer(api.POST('/api/v1/campaigns/audience', { body: { audience: settled }, signal })),
    enabled: settled.lists.length + settled.segments.length > 0,
    placeholderData: keepPreviousData,
    staleTime: 5_000,
  });
  return { ...query, counting: settled !== audience || query.isFetching };
}
