import type { Fact, RecipientRef } from '#contracts';
import type { Transaction } from '#platform/database';
import { applyBounces } from '#domain/hygiene';
import { THEIR_ROWS, changedBy, columnsOf } from './held-facts.js';
import type { HeldFact } from './held-facts.js';
import { addEvents } from './recipient-event.js';

/** A message that did not arrive. */
export type BounceFact = Extract<Fact, { type: 'hard-bounced' | 'soft-bounced' | 'blocked' }>;

/**
 * Messages that did not arrive: their rows are marked (hard where the address does not exist, else soft), the decision
 * table says what becomes of addresses and domains, and the history has a line more. Told again, it changes nothing.
 * @returns those that were new
 */
export async function applyBounceFacts(tx: Transaction, held: readonly HeldFact<BounceFact>[]) {
  const fresh = await markBounced(tx, held);
  if (fresh.length === 0) return fresh;
  await applyBounces(
    tx,
    fresh.map(({ fact, subject }) => ({
      workspaceId: subject.workspaceId,
      canonical: subject.canonical,
      bounced: fact.recipient,
      evidence: fact.evidence,
      at: fact.at,
    })),
  );
  await addEvents(
    tx,
    fresh.map(({ fact: { type, recipient, at, evidence }, subject }) => ({
      subject,
      recipient,
      type,
      at,
      detail: `${evidence.reason}: ${evidence.diagnostic}`,
      inboundMessageId: evidence.inboundMessageId,
    })),
  );
  return fresh;
}

/**
 * Notes bounces on the ledger, once: the first report counts, and only a hard one replaces a soft one. A refusal in the
 * session has its reason noted but no `bounced_at`: it was never accepted, so it is *rejected*, not *bounced*.
 * A pending row counts too: a report can overtake the sender, who writes down a whole slice at a time.
 * A bounce of an uncertain recipient proves that the message was taken, and settles it.
 * @returns those that were new
 */
async function markBounced(tx: Transaction, held: readonly HeldFact<BounceFact>[]): Promise<HeldFact<BounceFact>[]> {
  const facts = held.map(({ fact }) => fact);
  const rows = await tx.rows<RecipientRef>(
    {
      name: 'mark_bounced',
      text: `UPDATE campaign_recipients r SET bounce_kind = v.kind, bounce_reason = v.reason, bounce_detail = v.detail,
       bounced_at = CASE WHEN r.status = 'rejected' THEN NULL ELSE coalesce(r.bounced_at, v.at) END,
       status = CASE WHEN r.status = 'uncertain' THEN 'accepted' ELSE r.status END,
       accepted_at = CASE WHEN r.status = 'uncertain' THEN v.at ELSE r.accepted_at END
     FROM unnest($1::bigint[], $2::int[], $3::timestamptz[], $4::text[], $5::text[], $6::text[])
       AS v (campaign_id, seq, at, kind, reason, detail)
     WHERE ${THEIR_ROWS}
       AND r.status IN ('pending', 'accepted', 'uncertain', 'rejected')
       AND (r.bounce_kind IS NULL OR (r.bounce_kind = 'soft' AND v.kind = 'hard'))
     RETURNING r.campaign_id AS "campaignId", r.seq`,
    },
    [
      ...columnsOf(facts.map(({ recipient }) => recipient)),
      facts.map(({ at }) => at),
      facts.map(({ type }) => (type === 'hard-bounced' ? 'hard' : 'soft')),
      facts.map(({ evidence }) => evidence.reason),
      facts.map(({ evidence }) => evidence.diagnostic.slice(0, 1000)),
    ],
  );
  return changedBy(held, rows);
}
