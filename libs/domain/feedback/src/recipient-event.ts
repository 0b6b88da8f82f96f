import type { RecipientRef } from '#contracts';
import type { Sql } from '#platform/database';

/** Who a fact is about, read from the ledger. */
export interface FactSubject {
  workspaceId: string;
  contactId: string;
  canonical: string;
}

/** Columns every fact returns from the row it changed. */
export const SUBJECT = `workspace_id AS "workspaceId", contact_id AS "contactId", canonical`;

/** Writes one line of a contact's history. */
export async function addEvent(
  sql: Sql,
  subject: FactSubject,
  recipient: RecipientRef,
  event: { type: string; at: Date; detail?: string; inboundMessageId?: string | null },
): Promise<void> {
  await sql.run(
    {
      name: 'add_event',
      text: `INSERT INTO events (at, workspace_id, campaign_id, seq, contact_id, type, detail, inbound_message_id)
     VALUES ($1, $2, $3, $4, $5, $6, $7, $8)`,
    },
    [
      event.at,
      subject.workspaceId,
      recipient.campaignId,
      recipient.seq,
      subject.contactId,
      event.type,
      (event.detail ?? '').slice(0, 1000),
      event.inboundMessageId ?? null,
    ],
  );
}
