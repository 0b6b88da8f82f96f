import type { Fact } from '#contracts';
import type { Transaction } from '#platform/database';
import { unsubscribeContact } from '#domain/contacts';
import { SUBJECT, addEvent } from './recipient-event.js';
import type { FactSubject } from './recipient-event.js';

/**
 * A person leaves the lists the campaign was sent to. Idempotent: a second click keeps the first one's time, and still
 * takes the contact off a list it has joined again by mistake in between.
 */
export async function applyUnsubscription(
  tx: Transaction,
  fact: Extract<Fact, { type: 'unsubscribed' }>,
): Promise<boolean> {
  const { recipient, at, via } = fact;
  const row = await tx.first<FactSubject & { lists: string[] }>(
    `SELECT r.workspace_id AS "workspaceId", r.contact_id AS "contactId", r.canonical,
       ARRAY(SELECT jsonb_array_elements_text(c.audience->'lists')) AS lists
     FROM campaign_recipients r JOIN campaigns c ON c.id = r.campaign_id
     WHERE r.campaign_id = $1 AND r.seq = $2`,
    [recipient.campaignId, recipient.seq],
  );
  if (!row) return false;
  await unsubscribeContact(tx, {
    workspaceId: row.workspaceId,
    contactId: row.contactId,
    listIds: row.lists,
    source: `${via}:campaign:${recipient.campaignId}`,
  });
  const first = await tx.first<FactSubject>(
    `UPDATE campaign_recipients SET unsubscribed_at = $3
     WHERE campaign_id = $1 AND seq = $2 AND unsubscribed_at IS NULL RETURNING ${SUBJECT}`,
    [recipient.campaignId, recipient.seq, at],
  );
  if (!first) return false;
  await addEvent(tx, first, recipient, { type: fact.type, at, detail: via });
  return true;
}
