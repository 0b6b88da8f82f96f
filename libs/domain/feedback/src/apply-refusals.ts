import type { Fact } from '#contracts';
import { classifyReply } from '#engine/bounce-rules';
import { togetherOrAlone } from '#platform/database';
import type { Database, Transaction } from '#platform/database';
import { heedBlocks } from '#domain/hygiene';
import { applyFacts } from './apply-facts.js';
import { factTypeOf } from './fact-type.js';

const PAGE = 500;

interface Refusal {
  seq: number;
  provider: string;
  attempt: { at: string; code?: number; enhanced?: string; text: string };
}

/**
 * Refusals in the session take the same road as bounces that come by mail. The rows wait in the ledger
 * (`refusal_pending`), so a lost hint loses nothing. A page that can't be applied at once is applied row by row, so that
 * one refusal does not hold up the others.
 * @returns number of refusals applied
 * @throws Error of the first refusal that could not be applied, after the rest of its page
 */
export async function applyRefusals(db: Database, campaignId: string): Promise<number> {
  let applied = 0;
  for (;;) {
    const seqs = await findRefused(db, campaignId);
    const done = await togetherOrAlone(seqs, (some) => applyThese(db, campaignId, some));
    const n = done.reduce((sum, count) => sum + count, 0);
    applied += n;
    // What is left of the page, another process has in hand.
    if (n === 0 || seqs.length < PAGE) return applied;
  }
}

async function findRefused(db: Database, campaignId: string): Promise<number[]> {
  const rows = await db.rows<{ seq: number }>(
    'SELECT seq FROM campaign_recipients WHERE campaign_id = $1 AND refusal_pending ORDER BY seq LIMIT $2',
    [campaignId, PAGE],
  );
  return rows.map(({ seq }) => seq);
}

/** In one transaction, but for those that another process applies. */
function applyThese(db: Database, campaignId: string, seqs: readonly number[]): Promise<number> {
  const work = async (tx: Transaction) => {
    const refusals = await tx.rows<Refusal>(
      `UPDATE campaign_recipients SET refusal_pending = false
       WHERE campaign_id = $1 AND seq IN (
         SELECT seq FROM campaign_recipients WHERE campaign_id = $1 AND seq = ANY ($2::int[]) AND refusal_pending
         ORDER BY seq FOR UPDATE SKIP LOCKED)
       RETURNING seq, provider, attempts->-1 AS attempt`,
      [campaignId, seqs],
    );
    const told = refusals.sort((a, b) => a.seq - b.seq).map((refusal) => ({ fact: toFact(campaignId, refusal) }));
    await applyFacts(tx, told);
    if (told.length > 0) await heedBlocks(tx, campaignId);
    return told.length;
  };
  // Should Postgres die and forget it, the rows are pending still.
  return db.transaction(work, { repeatable: true, yields: seqs.length > 1 });
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
