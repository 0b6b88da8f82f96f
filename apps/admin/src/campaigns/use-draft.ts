import { ApiError } from '../api/api-error.js';
import { answer, api } from '../api/client.js';
import { queryClient } from '../api/query.js';
import { useAutosave, type Autosave, type AutosaveHandle, type Stored } from '../components/use-autosave.js';
import { changesOf, draftOf, type Campaign, type Draft } from './draft.js';

export type DraftHandle = AutosaveHandle<Draft>;

/** A campaign's draft, which saves itself. */
export function useDraft(campaign: Campaign): DraftHandle {
  return useAutosave(draftSaving(campaign));
}

function draftSaving(campaign: Campaign): Autosave<Draft> {
  const { id } = campaign;
  const path = { id };
  return {
    key: `campaign-${id}`,
    path: `/api/v1/campaigns/${id}`,
    stored: storedOf(campaign),
    within: (pathname) => pathname === `/campaigns/${id}` || pathname.startsWith(`/campaigns/${id}/`),
    changesOf,
    async write(body) {
      const fresh = await answer(api.PATCH('/api/v1/campaigns/{id}', { params: { path }, body: body as never }));
      queryClient.setQueryData(['campaigns', id], fresh);
      void queryClient.invalidateQueries({ queryKey: ['campaigns', id, 'checklist'] });
      void queryClient.invalidateQueries({ queryKey: ['campaigns', 'list'] });
      return storedOf(fresh);
    },
    async read() {
      return storedOf(await answer(api.GET('/api/v1/campaigns/{id}', { params: { path } })));
    },
    onFailed(error) {
      const over = error instanceof ApiError && error.code === 'CAMPAIGN_NOT_EDITABLE';
      if (over) void queryClient.invalidateQueries({ queryKey: ['campaigns', id] });
    },
  };
}

function storedOf(campaign: Campaign): Stored<Draft> {
  return { draft: draftOf(campaign), version: campaign.version };
}

/** Puts an earlier state of the content in the place of the present one. */
export async function restoreDraft(id: string, revisionId: string, version: number): Promise<Stored<Draft>> {
  const params = { path: { id, revisionId } };
  const fresh = await answer(
    api.POST('/api/v1/campaigns/{id}/revisions/{revisionId}/restore', { params, body: { version } }),
  );
  queryClient.setQueryData(['campaigns', id], fresh);
  return storedOf(fresh);
}
