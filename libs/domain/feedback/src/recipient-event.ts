import type { RecipientRef } from '#contracts';
import type { Sql } from '#platform/database';

/** Who a fact is about, read from the ledger. */
export interface FactSubject {
  workspaceId: string;
  contactId: string;
  canonical: string;
}

/** One line of a contact's history. */
export interface RecipientEvent {
  subject: FactSubject;
  recipient: RecipientRef;
  type: string;
  at: Date;
  detail?: string;
  inboundMessageId?: string | null;
}

/** Writes into the history, in this order. */
export async function addEvents(sql: Sql, events: readonly RecipientEvent[]): Promise<void> {
  if (events.length === 0) return;
  const of = <T>(pick: (event: RecipientEvent) => T) => events.map(pick);
  await sql.run(
    {
      name: 'add_events',
      text: `INSERT INTO events (at, workspace_id, campaign_id, seq, contact_id, type, detail, inbound_message_id)
     SELECT * FROM unnest($1::timestamptz[], $2::bigint[], $3::bigint[], $4::int[], $5::bigint[], $6::text[], $7::text[],
       $8::bigint[])`,
    },
    [
      of((event) => event.at),
      of((event) => event.subject.workspaceId),
      of((event) => event.recipient.campaignId),
      of((event) => event.recipient.seq),
      of((event) => event.subject.contactId),
      of((event) => event.type),
      of((event) => (event.detail ?? '').slice(0, 1000)),
      of((event) => event.inboundMessageId ?? null),
    ],
  );
}
