import { queryOptions } from '@tanstack/react-query';
import { answer, api } from '../api/client.js';

/** Categories that templates are in, by name. */
export const categoriesQuery = queryOptions({
  queryKey: ['templates', 'categories'],
  queryFn: async () => (await answer(api.GET('/api/v1/templates/categories'))).items,
});
