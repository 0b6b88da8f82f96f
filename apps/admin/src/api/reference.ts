import { queryOptions } from '@tanstack/react-query';
import { call } from './call.js';
import { answer, api } from './client.js';
import type { Page, Resource } from './types.js';

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

/** Subscription forms, to say which lists they fill. */
export const formsQuery = queryOptions({
  queryKey: ['forms', 'choices'],
  queryFn: async () => (await answer(api.GET('/api/v1/forms', { params: { query: { limit: ALL } } }))).items,
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

/** Standard variables of the workspace's mails; they change with a release only. */
export const variablesQuery = queryOptions({
  queryKey: ['templates', 'variables'],
  queryFn: () => call<Page<Resource<'MergeVariable'>>>('get', '/api/v1/templates/variables'),
  staleTime: Infinity,
});

/** Folders of the media library that hold images, by name. */
export const imageFoldersQuery = queryOptions({
  queryKey: ['images', 'folders'],
  queryFn: async () => (await answer(api.GET('/api/v1/images/folders'))).items,
});
/** What the API takes for "in no folder"; none is called that. */
export const IN_NO_FOLDER = '/';
