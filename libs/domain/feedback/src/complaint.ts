import type { Fact, RecipientRef } from '#contracts';
import type { Transaction } from '#platform/database';
import { suppressAll } from '#domain/suppressions';
import { THEIR_ROWS, changedBy, columnsOf } from './held-facts.js';
import type { HeldFact } from './held-facts.js';
import { addEvents } from './recipient-event.js';

export type ComplaintFact = Extract<Fact, { type: 'complained' }>;

/**
 * People called the mail spam: their addresses are suppressed in the whole workspace, at once and for good.
 * @returns those that were new
 */
export async function applyComplaints(tx: Transaction, held: readonly HeldFact<ComplaintFact>[]) {
  const rows = await tx.rows<RecipientRef>(
    {
      name: 'mark_complained',
      text: `UPDATE campaign_recipients r SET complained_at = v.at
     FROM unnest($1::bigint[], $2::int[], $3::timestamptz[]) AS v (campaign_id, seq, at)
     WHERE ${THEIR_ROWS} AND r.complained_at IS NULL
     RETURNING r.campaign_id AS "campaignId", r.seq`,
    },
    [...columnsOf(held.map(({ fact }) => fact.recipient)), held.map(({ fact }) => fact.at)],
  );
  const fresh = changedBy(held, rows);
  for (const workspaceId of new Set(fresh.map(({ subject }) => subject.workspaceId))) {
    const theirs = fresh
      .filter(({ subject }) => subject.workspaceId === workspaceId)
      .sort((a, b) => (a.subject.canonical < b.subject.canonical ? -1 : 1));
    await suppressAll(
      tx,
      workspaceId,
      theirs.map(({ fact: { recipient, inboundMessageId }, subject: { canonical } }) => ({
        ...{ canonical, reason: 'complaint', campaignId: recipient.campaignId, inboundMessageId },
      })),
    );
  }
  await addEvents(
    tx,
    fresh.map(({ fact, subject }) => ({ ...fact, subject })),
  );
  return fresh;
}
