import { abTestQuery, letterOf, type AbTest } from '../ab-test/index.js';
import { ApiError } from '../api/api-error.js';
import { answer, api } from '../api/client.js';
import { queryClient } from '../api/query.js';
import { changedMembers } from '../components/draft-changes.js';
import { useAutosave, type Autosave, type AutosaveHandle, type Stored } from '../components/use-autosave.js';
import { staleCurrent } from '../components/use-stale.js';
import type { Content } from '../editor/index.js';

/** What one variant says. */
interface Said {
  content: Content;
}

interface VariantOf {
  campaignId: string;
  /** 1 is B. */
  variant: number;
  test: AbTest;
  /** What A says: what a variant says too until it has content of its own. */
  ofA: Content;
}

/** The content of a variant, which saves itself beside the rest of its test. */
export function useVariant(of: VariantOf): AutosaveHandle<Said> {
  return useAutosave(variantSaving(of));
}

function variantSaving({ campaignId, variant, test, ofA }: VariantOf): Autosave<Said> {
  const path = { id: campaignId, variant: String(variant) as '1' | '2' | '3' };
  const place = `/campaigns/${campaignId}/variants/${letterOf(variant)}`;
  const storedOf = (known: AbTest): Stored<Said> => {
    return { draft: { content: known.variants[variant - 1]?.content ?? ofA }, version: known.version };
  };
  const stored = storedOf(test);
  let saved = stored.draft.content;
  const send = async (content: Content, version: number) => {
    const call = api.PATCH('/api/v1/campaigns/{id}/ab-test/variants/{variant}', {
      params: { path },
      body: { content, version },
    });
    const fresh = taken(campaignId, (await answer(call)).test);
    saved = content;
    return storedOf(fresh);
  };
  return {
    key: `campaign-${campaignId}-variant-${variant}`,
    path: `/api/v1/campaigns/${campaignId}/ab-test/variants/${variant}`,
    stored,
    within: (pathname) => pathname === place,
    changesOf: changedMembers,
    async write(body) {
      const { content, version } = body as { content: Content; version: number };
      try {
        return await send(content, version);
      } catch (error) {
        // A subject or another variant was written meanwhile: that is no conflict.
        const current = staleCurrent<AbTest>(error);
        if (!current || !isSame(storedOf(current).draft.content, saved)) throw error;
        return send(content, current.version);
      }
    },
    async read() {
      const { test: fresh } = await answer(
        api.GET('/api/v1/campaigns/{id}/ab-test', { params: { path: { id: campaignId } } }),
      );
      return storedOf(taken(campaignId, fresh));
    },
    onFailed(error) {
      const over = error instanceof ApiError && error.code === 'CAMPAIGN_NOT_EDITABLE';
      if (over) void queryClient.invalidateQueries({ queryKey: ['campaigns', campaignId] });
    },
  };
}

/** Puts an earlier state of a variant's content in the place of the present one. */
export async function restoreVariant(
  { campaignId, variant, ofA }: Omit<VariantOf, 'test'>,
  revisionId: string,
  version: number,
): Promise<Stored<Said>> {
  const params = { path: { id: campaignId, variant: String(variant) as '1', revisionId } };
  const call = api.POST('/api/v1/campaigns/{id}/ab-test/variants/{variant}/revisions/{revisionId}/restore', {
    params,
    body: { version },
  });
  const fresh = taken(campaignId, (await answer(call)).test);
  return { draft: { content: fresh.variants[variant - 1]?.content ?? ofA }, version: fresh.version };
}

/** The test as the server has it now, for every page that shows it. */
function taken(campaignId: string, test: AbTest | null): AbTest {
  if (!test) throw new Error('the test is gone');
  queryClient.setQueryData(abTestQuery(campaignId).queryKey, test);
  void queryClient.invalidateQueries({ queryKey: ['campaigns', campaignId, 'checklist'] });
  return test;
}

function isSame(one: Content, other: Content): boolean {
  return JSON.stringify(one) === JSON.stringify(other);
}
