import { bounceGroup } from '#contracts';
import type { BounceReason, Fact } from '#contracts';
import { classifyReply } from '#engine/bounce-rules';
import type { Database } from '#platform/database';
import { heedBlocks } from '#domain/hygiene';
import { applyFact } from './apply-fact.js';

const PAGE = 500;

interface Refusal {
  seq: number;
  provider: string;
  attempt: { at: string; code?: number; enhanced?: string; text: string };
}

/**
 * Refusals in the session take the same road as bounces that come by mail. The rows wait in the ledger
 * (`refusal_pending`), so a lost hint loses nothing.
 * @returns number of refusals applied
 */
export async function applyRefusals(db: Database, campaignId: string): Promise<number> {
  let applied = 0;
  for (;;) {
    const n = await db.transaction(async (tx) => {
      const refusals = await tx.rows<Refusal>(
        `SELECT seq, provider, attempts->-1 AS attempt FROM campaign_recipients
         WHERE campaign_id = $1 AND refusal_pending ORDER BY seq LIMIT $2 FOR UPDATE SKIP LOCKED`,
        [campaignId, PAGE],
      );
      for (const refusal of refusals) await applyFact(tx, toFact(campaignId, refusal));
      if (refusals.length > 0) await heedBlocks(tx, campaignId);
      await tx.run(
        'UPDATE campaign_recipients SET refusal_pending = false WHERE campaign_id = $1 AND seq = ANY ($2::int[])',
        [campaignId, refusals.map((refusal) => refusal.seq)],
      );
      return refusals.length;
    });
    applied += n;
    if (n < PAGE) return applied;
  }
}

/** Campaigns with refusals that nobody has applied yet. */
export async function findPendingRefusals(db: Database): Promise<string[]> {
  const rows = await db.rows<{ id: string }>(
    `SELECT DISTINCT campaign_id AS id FROM campaign_recipients WHERE refusal_pending LIMIT 50`,
  );
  return rows.map((row) => row.id);
}

function toFact(campaignId: string, { seq, provider, attempt }: Refusal): Fact {
  const { code, enhanced, text, at } = attempt;
  // `provider` there is the name of the server that spoke; our lane's name (qq, netease, …) selects the same rules.
  const { reason } = classifyReply({ code: code ?? null, enhanced: enhanced ?? null, text, provider });
  return {
    type: factTypeOf(reason),
    recipient: { campaignId, seq },
    at: new Date(at),
    evidence: { reason, status: enhanced ?? null, replyCode: code ?? null, diagnostic: text, inboundMessageId: null },
  };
}

/** What a reason does: only the hard group touches the contact. */
export function factTypeOf(reason: BounceReason): 'hard-bounced' | 'soft-bounced' | 'blocked' {
  const group = bounceGroup(reason);
  if (group === 'hard') return 'hard-bounced';
  return group === 'block' ? 'blocked' : 'soft-bounced';
}
