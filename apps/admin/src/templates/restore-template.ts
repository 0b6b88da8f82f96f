import { answer, api } from '../api/client.js';
import { queryClient } from '../api/query.js';
import type { Resource } from '../api/types.js';

/** Puts an earlier state of a template's content in the place of the present one. */
export async function restoreTemplate(id: string, revisionId: string, version: number): Promise<Resource<'Template'>> {
  const params = { path: { id, revisionId } };
  const fresh = await answer(
    api.POST('/api/v1/templates/{id}/revisions/{revisionId}/restore', { params, body: { version } }),
  );
  // It may have been made of blocks then, and have another editor.
  queryClient.setQueryData(['templates', id], fresh);
  return fresh;
}
