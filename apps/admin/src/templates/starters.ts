import { queryOptions } from '@tanstack/react-query';
import { answer, api } from '../api/client.js';

/** The starter templates; they change with a release only. */
export const startersQuery = queryOptions({
  queryKey: ['templates', 'starters'],
  queryFn: async () => (await answer(api.GET('/api/v1/templates/starters'))).items,
  staleTime: Infinity,
});
