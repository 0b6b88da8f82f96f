import { queryOptions } from '@tanstack/react-query';
import { answer, api } from './client.js';

const ALL = 200;

/** Lists for choices (the first 200, which is every list of all but the largest workspaces). */
export const listsQuery = queryOptions({
  queryKey: ['lists', 'choices'],
  queryFn: async () => (await answer(api.GET('/api/v1/lists', { params: { query: { limit: ALL } } }))).items,
});

/** Segments for choices. */
export const segmentsQuery = queryOptions({
  queryKey: ['segments', 'choices'],
  queryFn: async () => (await answer(api.GET('/api/v1/segments', { params: { query: { limit: ALL } } }))).items,
});

/** Tags for choices. */
export const tagsQuery = queryOptions({
  queryKey: ['tags', 'choices'],
  queryFn: async () => (await answer(api.GET('/api/v1/tags', { params: { query: { limit: ALL } } }))).items,
});

/** Custom fields of the workspace. */
export const fieldsQuery = queryOptions({
  queryKey: ['fields', 'choices'],
  queryFn: async () => (await answer(api.GET('/api/v1/fields'))).items,
});
