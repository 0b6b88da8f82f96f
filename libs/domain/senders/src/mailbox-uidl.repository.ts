import type { Sql } from '#platform/database';

/** What is known of a mail on a POP3 server: whether it was read, and whether its time to be deleted has come. */
export interface KnownMail {
  key: string;
  due: boolean;
}

/**
 * Those of the keys that were read before.
 * @param deleteAfterDays null: none is ever due
 */
export function findKnownMails(
  sql: Sql,
  mailboxId: string,
  keys: readonly string[],
  deleteAfterDays: number | null,
): Promise<KnownMail[]> {
  return sql.rows(
    `SELECT uidl AS key, coalesce(read_at <= now() - make_interval(days => $3), false) AS due
     FROM mailbox_uidls WHERE mailbox_id = $1 AND uidl = ANY($2)`,
    [mailboxId, keys, deleteAfterDays],
  );
}

/** Remembers mails as read, in the transaction that stores them. */
export async function rememberMails(sql: Sql, mailboxId: string, keys: readonly string[]): Promise<void> {
  await sql.run(`INSERT INTO mailbox_uidls (mailbox_id, uidl) SELECT $1, unnest($2::text[]) ON CONFLICT DO NOTHING`, [
    mailboxId,
    keys,
  ]);
}

/** Forgets mails that are no longer on the server, so that the table stays as small as the mailbox. */
export async function forgetMailsBut(sql: Sql, mailboxId: string, present: readonly string[]): Promise<void> {
  await sql.run(
    `DELETE FROM mailbox_uidls u WHERE mailbox_id = $1
       AND NOT EXISTS (SELECT 1 FROM unnest($2::text[]) AS p(key) WHERE p.key = u.uidl)`,
    [mailboxId, present],
  );
}
