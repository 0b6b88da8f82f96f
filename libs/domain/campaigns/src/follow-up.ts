import type { FollowUp, Locale } from '#contracts';
import { DomainError, SegmentRule } from '#contracts';
import type { Transaction } from '#platform/database';
import { ensureSegment } from '#domain/segments';
import type { AbTestRow } from './ab/ab-test.repository.js';
import { variantsOf } from './ab/variant-contents.js';
import type { VariantContent } from './ab/variant-contents.js';
import type { CampaignRow } from './campaign.repository.js';

/** Names of the segment and of the draft, in the workspace's language. */
const WORDS: Record<Locale, Record<FollowUp, { group: string; draft: string }>> = {
  'zh-CN': {
    not_opened: { group: '未打开', draft: '重发' },
    clicked: { group: '点击过', draft: '跟进' },
  },
  en: {
    not_opened: { group: 'not opened', draft: 'resend' },
    clicked: { group: 'clicked', draft: 'follow-up' },
  },
};

/** What the draft of a follow-up differs in from the campaign it follows. */
export interface FollowUpDraft {
  name: string;
  segmentId: string;
}

/** What a follow-up says: the variant that the rest got, or that won where nobody waited, or A. */
export function followedVariant(campaign: CampaignRow, test: AbTestRow | undefined): VariantContent {
  const [first, ...others] = variantsOf(campaign, test) as [VariantContent, ...VariantContent[]];
  const led = test?.winner ?? test?.verdict?.winner ?? 0;
  return others[led - 1] ?? first;
}

/**
 * Makes the segment of those recipients of a campaign. Who has left all lists since, or is suppressed, is left out
 * as everywhere.
 * @throws DomainError CAMPAIGN_NOT_STARTED while nobody has got it
 */
export async function prepareFollowUp(tx: Transaction, campaign: CampaignRow, to: FollowUp): Promise<FollowUpDraft> {
  if (!campaign.startedAt) {
    throw new DomainError('CAMPAIGN_NOT_STARTED', 'Nobody has got this campaign yet.', {
      help: 'Send it first; then those who did not open it, or who clicked, can be written to.',
    });
  }
  const workspace = await tx.first<{ locale: Locale }>('SELECT locale FROM workspaces WHERE id = $1', [
    campaign.workspaceId,
  ]);
  const { group, draft } = WORDS[workspace?.locale ?? 'en'][to];
  const rule = SegmentRule.parse({
    version: 1,
    root: { kind: 'all', of: [{ kind: 'recipient', op: 'is', campaign: campaign.id, outcome: to }] },
  });
  const name = `${campaign.name.slice(0, 70)} (#${campaign.id}) · ${group}`;
  const segmentId = await ensureSegment(tx, campaign.workspaceId, { name, description: '', rule });
  return { name: `${campaign.name.slice(0, 180)} · ${draft}`, segmentId };
}
