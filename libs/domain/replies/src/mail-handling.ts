import type { Transaction } from '#platform/database';

/** Ids of inbound_messages looked at in one step. */
const IDS_AT_ONCE = 10_000;

/**
 * Asks for what the operator wants done with judged mail, by the kind of its verdict, from where it was asked for last
 * up to the first mail that is still to be judged. Derived from what is stored, so that no kill loses any of it.
 * @returns the id up to which it was asked for: to be noted (domain/senders noteHandled) in the same transaction; null
 * when there is nothing new
 */
export async function askForHandling(tx: Transaction, mailboxId: string): Promise<string | null> {
  const row = await tx.first<{ past: string }>(
    `WITH bounds AS (
       SELECT handling, handled_upto AS start,
         least(handled_upto + ${IDS_AT_ONCE},
               coalesce((SELECT min(id) - 1 FROM inbound_messages WHERE status = 'stored'),
                        (SELECT max(id) FROM inbound_messages), 0)) AS past
       FROM mailboxes WHERE id = $1
     ), asked AS (
       INSERT INTO mailbox_flags (mailbox_id, inbound_message_id, flag, value)
       SELECT $1, i.id, r.action, CASE r.action WHEN 'keyword' THEN '$Hongyan-' || r.kind ELSE r.folder END
       FROM bounds b CROSS JOIN jsonb_to_recordset(b.handling) AS r(kind text, action text, folder text)
         JOIN inbound_messages i ON i.id > b.start AND i.id <= b.past AND i.mailbox_id = $1 AND i.uid IS NOT NULL
           AND r.kind = CASE WHEN i.status = 'quarantined' THEN 'unreadable' ELSE i.kind END
       ON CONFLICT DO NOTHING
     )
     SELECT past FROM bounds WHERE past > start`,
    [mailboxId],
  );
  return row?.past ?? null;
}
