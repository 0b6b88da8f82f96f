import type { Sql } from '#platform/database';

/** A mark for one mail where it lies, or a move. */
export interface FlagWish {
  id: string;
  flag: 'seen' | 'answered' | 'keyword' | 'move';
  /** The keyword, or the folder to move to. */
  value: string | null;
  inboundMessageId: string;
  uidValidity: string;
  uid: number;
  /** Without angle brackets; null where the mail has none. */
  messageId: string | null;
  /** The folder that it was to be moved to, whether or not it was. */
  movedTo: string | null;
}

/** Tried so often, each time after twice as long. */
const MAX_ATTEMPTS = 6;
const FIRST_RETRY_SECONDS = 30;
/** The most folders beside those that are read that are looked at in one round. */
const FOLDERS_MAX = 30;

/** Asks for a mark on every mail that came from a mailbox; others have none. Idempotent. */
export async function askForFlags(
  sql: Sql,
  inboundMessageIds: readonly string[],
  flag: 'seen' | 'answered',
): Promise<void> {
  if (inboundMessageIds.length === 0) return;
  await sql.run(
    `INSERT INTO mailbox_flags (mailbox_id, inbound_message_id, flag)
     SELECT mailbox_id, id, $2 FROM inbound_messages
     WHERE id = ANY ($1::bigint[]) AND mailbox_id IS NOT NULL AND uid IS NOT NULL
     ON CONFLICT DO NOTHING`,
    [inboundMessageIds, flag],
  );
}

/**
 * Answers that were accepted since: their mails shall say so in the mailbox. Derived from the ledger of messages, so
 * that no hint can be lost.
 */
export async function askForAnswered(sql: Sql): Promise<void> {
  const rows = await sql.rows<{ id: string }>(
    `SELECT r.inbound_message_id AS id FROM reply_answers a
       JOIN messages m ON m.id = a.message_id JOIN reply_mails r ON r.id = a.reply_mail_id
       JOIN inbound_messages i ON i.id = r.inbound_message_id
     WHERE m.status = 'accepted' AND a.created_at > now() - interval '2 days' AND i.mailbox_id IS NOT NULL
       AND NOT EXISTS (SELECT 1 FROM mailbox_flags f WHERE f.inbound_message_id = i.id AND f.flag = 'answered')
     LIMIT 200`,
  );
  await askForFlags(
    sql,
    rows.map(({ id }) => id),
    'answered',
  );
}

/** Marks that are due in a folder, oldest first. Index: mailbox_flags_due. */
export function findDueFlags(
  sql: Sql,
  place: { mailboxId: string; folder: string },
  limit: number,
): Promise<FlagWish[]> {
  return sql.rows<FlagWish>(
    `SELECT f.id, f.flag, f.value, i.id AS "inboundMessageId", i.uid_validity AS "uidValidity", i.uid::float8 AS uid,
       i.verdict->>'messageId' AS "messageId", v.value AS "movedTo"
     FROM mailbox_flags f JOIN inbound_messages i ON i.id = f.inbound_message_id
       LEFT JOIN mailbox_flags v ON v.inbound_message_id = i.id AND v.flag = 'move'
     WHERE f.mailbox_id = $1 AND i.folder = $2 AND f.due_at <= now() AND f.done_at IS NULL AND f.given_up IS NULL
     ORDER BY f.due_at LIMIT $3`,
    [place.mailboxId, place.folder, limit],
  );
}

/**
 * Folders beside those that are read in which a mark is due or a mail lies that is unread here: mail is moved.
 * Index: mailbox_flags_due.
 */
export async function findFlaggedFolders(sql: Sql, mailboxId: string, read: readonly string[]): Promise<string[]> {
  const rows = await sql.rows<{ folder: string }>(
    `SELECT i.folder FROM mailbox_flags f JOIN inbound_messages i ON i.id = f.inbound_message_id
     WHERE f.mailbox_id = $1 AND f.due_at <= now() AND f.done_at IS NULL AND f.given_up IS NULL AND i.folder <> ALL ($2)
     UNION
     SELECT i.folder FROM reply_threads t JOIN reply_mails r ON r.thread_id = t.id AND r.read_at IS NULL
       JOIN inbound_messages i ON i.id = r.inbound_message_id
     WHERE t.unread > 0 AND t.workspace_id = (SELECT workspace_id FROM mailboxes WHERE id = $1)
       AND i.mailbox_id = $1 AND i.folder <> ALL ($2)
     LIMIT ${FOLDERS_MAX}`,
    [mailboxId, read],
  );
  return rows.map(({ folder }) => folder);
}

export async function hasDueFlags(sql: Sql, mailboxId: string): Promise<boolean> {
  const row = await sql.first(
    'SELECT 1 FROM mailbox_flags WHERE mailbox_id = $1 AND due_at <= now() AND done_at IS NULL AND given_up IS NULL LIMIT 1',
    [mailboxId],
  );
  return row !== undefined;
}

export async function flagsDone(sql: Sql, ids: readonly string[]): Promise<void> {
  await sql.run('UPDATE mailbox_flags SET done_at = now() WHERE id = ANY ($1::bigint[])', [ids]);
}

/** Tried in vain: again later, and given up with a note after the last time. */
export async function flagsFailed(sql: Sql, ids: readonly string[], why: string): Promise<void> {
  await sql.run(
    `UPDATE mailbox_flags SET attempts = attempts + 1,
       due_at = now() + make_interval(secs => ${FIRST_RETRY_SECONDS} * power(2, attempts)),
       given_up = CASE WHEN attempts + 1 >= ${MAX_ATTEMPTS} THEN $2 END
     WHERE id = ANY ($1::bigint[])`,
    [ids, why.slice(0, 300)],
  );
}

/** What will never work, such as a mail that is no longer there. */
export async function flagsGivenUp(sql: Sql, ids: readonly string[], why: string): Promise<void> {
  await sql.run('UPDATE mailbox_flags SET given_up = $2 WHERE id = ANY ($1::bigint[])', [ids, why.slice(0, 300)]);
}

/** Newest mails of a folder that are unread here, to be asked about in the mailbox. */
export async function findUnreadUids(
  sql: Sql,
  place: { mailboxId: string; folder: string; uidValidity: string },
  limit: number,
): Promise<number[]> {
  const rows = await sql.rows<{ uid: string }>(
    `SELECT i.uid FROM reply_threads t JOIN reply_mails r ON r.thread_id = t.id AND r.read_at IS NULL
       JOIN inbound_messages i ON i.id = r.inbound_message_id
     WHERE t.unread > 0 AND t.workspace_id = (SELECT workspace_id FROM mailboxes WHERE id = $1)
       AND i.mailbox_id = $1 AND i.folder = $2 AND i.uid_validity = $3
     ORDER BY r.id DESC LIMIT $4`,
    [place.mailboxId, place.folder, place.uidValidity, limit],
  );
  return rows.map(({ uid }) => Number(uid));
}

/** Somebody has read these in another mail program. */
export async function markReadAtSource(
  sql: Sql,
  place: { mailboxId: string; folder: string; uidValidity: string },
  uids: readonly number[],
): Promise<void> {
  await sql.run(
    `WITH read AS (
       UPDATE reply_mails r SET read_at = now() FROM inbound_messages i
       WHERE i.id = r.inbound_message_id AND r.read_at IS NULL AND i.mailbox_id = $1 AND i.folder = $2
         AND i.uid_validity = $3 AND i.uid = ANY ($4::bigint[])
       RETURNING r.thread_id
     )
     UPDATE reply_threads t SET unread = greatest(t.unread - read.n, 0), version = version + 1
     FROM (SELECT thread_id, count(*)::int AS n FROM read GROUP BY thread_id) AS read WHERE t.id = read.thread_id`,
    [place.mailboxId, place.folder, place.uidValidity, uids],
  );
}
