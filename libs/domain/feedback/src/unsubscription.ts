import type { Fact, RecipientRef } from '#contracts';
import type { Transaction } from '#platform/database';
import { unsubscribeContact } from '#domain/contacts';
import { THEIR_ROWS, changedBy, columnsOf } from './held-facts.js';
import type { HeldFact } from './held-facts.js';
import { addEvents } from './recipient-event.js';

export type UnsubscriptionFact = Extract<Fact, { type: 'unsubscribed' }>;

/**
 * People leave the lists the campaign was sent to; all they are on, where a segment was in its audience. Idempotent: a second click keeps the first one's time, and still
 * takes the contact off a list it has joined again by mistake in between.
 * @returns those that were new
 */
export async function applyUnsubscriptions(tx: Transaction, held: readonly HeldFact<UnsubscriptionFact>[]) {
  const recipients = held.map(({ fact }) => fact.recipient);
  const listsOf = await listsOfCampaigns(tx, recipients);
  for (const { fact, subject } of held) {
    await unsubscribeContact(tx, {
      workspaceId: subject.workspaceId,
      contactId: subject.contactId,
      listIds: listsOf.get(fact.recipient.campaignId) ?? 'all',
      source: `${fact.via}:campaign:${fact.recipient.campaignId}`,
    });
  }
  const rows = await tx.rows<RecipientRef>(
    `UPDATE campaign_recipients r SET unsubscribed_at = v.at
     FROM unnest($1::bigint[], $2::int[], $3::timestamptz[]) AS v (campaign_id, seq, at)
     WHERE ${THEIR_ROWS} AND r.unsubscribed_at IS NULL
     RETURNING r.campaign_id AS "campaignId", r.seq`,
    [...columnsOf(recipients), held.map(({ fact }) => fact.at)],
  );
  const fresh = changedBy(held, rows);
  await addEvents(
    tx,
    fresh.map(({ fact, subject }) => ({ ...fact, subject, detail: fact.via })),
  );
  return fresh;
}

/** Campaigns with segments are not among them. */
async function listsOfCampaigns(tx: Transaction, recipients: readonly RecipientRef[]): Promise<Map<string, string[]>> {
  const rows = await tx.rows<{ id: string; lists: string[] }>(
    `SELECT id, ARRAY(SELECT jsonb_array_elements_text(audience->'lists')) AS lists FROM campaigns
     WHERE id = ANY ($1::bigint[]) AND coalesce(jsonb_array_length(audience->'segments'), 0) = 0`,
    [[...new Set(recipients.map(({ campaignId }) => campaignId))]],
  );
  return new Map(rows.map(({ id, lists }) => [id, lists]));
}
