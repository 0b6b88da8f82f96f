import type { Fact, NoticeType, RecipientRef } from '#contracts';
import type { Transaction } from '#platform/database';
import { changedBy, columnsOf } from './held-facts.js';
import type { HeldFact } from './held-facts.js';
import { addEvents } from './recipient-event.js';

export type NoticeFact = Extract<Fact, { type: NoticeType }>;

/**
 * Read receipts and delivery notifications, once of each kind: a line in the history, and no more.
 * @returns those that were new
 */
export async function applyNotices(tx: Transaction, held: readonly HeldFact<NoticeFact>[]) {
  // Index: events_contact (contact_id, id); the rows' locks keep a second report of the same from coming between.
  const rows = await tx.rows<RecipientRef>(
    `SELECT v.campaign_id AS "campaignId", v.seq
     FROM unnest($1::bigint[], $2::int[], $3::bigint[], $4::text[]) AS v (campaign_id, seq, contact_id, type)
     WHERE NOT EXISTS (SELECT 1 FROM events e WHERE e.contact_id = v.contact_id AND e.campaign_id = v.campaign_id
       AND e.seq = v.seq AND e.type = v.type)`,
    [
      ...columnsOf(held.map(({ fact }) => fact.recipient)),
      held.map(({ subject }) => subject.contactId),
      held.map(({ fact }) => fact.type),
    ],
  );
  const fresh = changedBy(held, rows);
  await addEvents(
    tx,
    fresh.map(({ fact, subject }) => ({ ...fact, subject })),
  );
  return fresh;
}
