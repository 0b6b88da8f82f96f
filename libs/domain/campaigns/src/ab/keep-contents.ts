import type { Transaction } from '#platform/database';
import { forgetVariants, recordRevision } from '#domain/templates';
import type { RequestContext } from '#domain/workspaces';
import type { CampaignRow } from '../campaign.repository.js';
import type { AbTestRow } from './ab-test.repository.js';

interface Written {
  campaign: CampaignRow;
  before: AbTestRow | undefined;
  after: AbTestRow;
  restoredFrom: string | null;
}

/**
 * Keeps what the variants say after a change, each in its own history. Where one is removed, those behind it move up;
 * what their new place said before was another's, and is forgotten.
 */
export async function keepContents(
  tx: Transaction,
  ctx: RequestContext,
  { campaign, before, after, restoredFrom }: Written,
): Promise<void> {
  const old = before?.variants ?? [];
  if (after.variants.length < old.length) {
    const same = after.variants.findIndex((variant, at) => JSON.stringify(variant) !== JSON.stringify(old[at]));
    await forgetVariants(tx, campaign.id, same < 0 ? after.variants.length + 1 : same + 1);
  }
  for (const [at, { content }] of after.variants.entries()) {
    const was = old[at]?.content ?? null;
    if (!content || JSON.stringify(content) === JSON.stringify(was)) continue;
    const owner = { campaignId: campaign.id, variant: at + 1 };
    // Until it has its own, a variant says what A says.
    await recordRevision(tx, ctx, owner, { before: was ?? campaign.content, after: content, restoredFrom });
  }
}
