import { queryOptions } from '@tanstack/react-query';
import { answer, api } from '../api/client.js';
import type { Resource } from '../api/types.js';

export type AccountPace = Resource<'AccountPace'>;
export type ProviderPace = AccountPace['providers'][number];

const LIVE_MS = 2_000;

/** What the delivery channels do just now, asked for again every two seconds while it is on the screen. */
export const paceQuery = queryOptions({
  queryKey: ['sending'],
  queryFn: () => answer(api.GET('/api/v1/sending', { params: { query: { limit: 100 } } })),
  refetchInterval: LIVE_MS,
});
