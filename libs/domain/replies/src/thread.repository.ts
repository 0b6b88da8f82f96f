import type { ReplyKind } from '#contracts';
import type { Sql } from '#platform/database';

export interface ThreadRow {
  id: string;
  address: string;
  name: string;
  contactId: string | null;
  campaignId: string | null;
  seq: number | null;
  campaignName: string | null;
  messageId: string | null;
  subject: string;
  preview: string;
  kind: ReplyKind;
  state: 'new' | 'open' | 'done';
  unread: number;
  assigneeId: string | null;
  assigneeName: string | null;
  note: string;
  version: number;
  lastAt: Date;
}

const COLUMNS = `t.id, t.address, t.name, t.contact_id AS "contactId", t.campaign_id AS "campaignId", t.seq,
  k.name AS "campaignName", t.message_id AS "messageId", t.subject, t.preview, t.kind, t.state, t.unread,
  t.assignee_id AS "assigneeId", u.name AS "assigneeName", t.note, t.version, t.last_at AS "lastAt"`;
const TABLES = `reply_threads t LEFT JOIN campaigns k ON k.id = t.campaign_id AND k.workspace_id = t.workspace_id
  LEFT JOIN users u ON u.id = t.assignee_id`;

export interface ThreadFilter {
  q: string | null;
  state: string | null;
  kind: string | null;
  unread: boolean;
  /** A user's id, `none`, or null for everybody's. */
  assignee: string | null;
  campaignId: string | null;
}

const FILTER = `t.workspace_id = $1 AND ($2::text IS NULL OR strpos(t.words, $2) > 0 OR strpos(lower(t.note), $2) > 0)
  AND ($3::text IS NULL OR t.state = $3) AND ($4::text IS NULL OR t.kind = $4) AND (NOT $5::boolean OR t.unread > 0)
  AND ($6::text IS NULL OR CASE WHEN $6 = 'none' THEN t.assignee_id IS NULL ELSE t.assignee_id::text = $6 END)
  AND ($7::bigint IS NULL OR t.campaign_id = $7)`;
const values = (workspaceId: string, { q, state, kind, unread, assignee, campaignId }: ThreadFilter) => [
  ...[workspaceId, q, state, kind, unread, assignee, campaignId],
];

/** A page, the latest mail first. Index: reply_threads_page. */
export function findThreads(
  sql: Sql,
  workspaceId: string,
  filter: ThreadFilter,
  page: { before: { lastAt: string; id: string } | null; limit: number },
): Promise<ThreadRow[]> {
  return sql.rows(
    `SELECT ${COLUMNS} FROM ${TABLES} WHERE ${FILTER}
       AND ($8::timestamptz IS NULL OR (date_trunc('milliseconds', t.last_at), t.id) < ($8, $9::bigint))
     ORDER BY date_trunc('milliseconds', t.last_at) DESC, t.id DESC LIMIT $10`,
    [...values(workspaceId, filter), page.before?.lastAt ?? null, page.before?.id ?? null, page.limit + 1],
  );
}

export async function countThreads(sql: Sql, workspaceId: string, filter: ThreadFilter): Promise<number> {
  const row = await sql.first<{ n: number }>(
    `SELECT count(*)::int AS n FROM reply_threads t WHERE ${FILTER}`,
    values(workspaceId, filter),
  );
  return row?.n ?? 0;
}

/** Threads with unread replies, counted up to `most`. Index: reply_threads_unread. */
export async function countUnread(sql: Sql, workspaceId: string, most: number): Promise<number> {
  const row = await sql.first<{ n: number }>(
    `SELECT count(*)::int AS n FROM (SELECT 1 FROM reply_threads WHERE workspace_id = $1 AND unread > 0 LIMIT $2) AS unread`,
    [workspaceId, most],
  );
  return row?.n ?? 0;
}

export async function findThread(
  sql: Sql,
  workspaceId: string,
  id: string,
  lock = false,
): Promise<ThreadRow | undefined> {
  if (lock)
    await sql.first('SELECT 1 FROM reply_threads WHERE workspace_id = $1 AND id = $2 FOR UPDATE', [workspaceId, id]);
  return sql.first(`SELECT ${COLUMNS} FROM ${TABLES} WHERE t.workspace_id = $1 AND t.id = $2`, [workspaceId, id]);
}

export async function updateThread(
  sql: Sql,
  id: string,
  fields: Pick<ThreadRow, 'state' | 'assigneeId' | 'note'>,
): Promise<void> {
  await sql.run(
    'UPDATE reply_threads SET state = $2, assignee_id = $3, note = $4, version = version + 1 WHERE id = $1',
    [id, fields.state, fields.assigneeId, fields.note],
  );
}

/** Everything unread of a thread is read. @returns the mails that were not */
export async function markThreadRead(sql: Sql, id: string): Promise<string[]> {
  const rows = await sql.rows<{ id: string }>(
    `UPDATE reply_mails SET read_at = now() WHERE thread_id = $1 AND read_at IS NULL RETURNING inbound_message_id AS id`,
    [id],
  );
  // Read is no longer new: somebody has seen it.
  await sql.run(
    `UPDATE reply_threads SET unread = 0, state = CASE WHEN state = 'new' THEN 'open' ELSE state END,
       version = version + 1 WHERE id = $1 AND (unread > 0 OR state = 'new')`,
    [id],
  );
  return rows.map((row) => row.id);
}

export interface MailRow {
  id: string;
  inboundMessageId: string;
  kind: ReplyKind;
  matched: 'token' | 'sender' | 'person';
  subject: string;
  text: string;
  awayUntil: string | null;
  at: Date;
  readAt: Date | null;
  mailboxNote: string | null;
}
const MOST = 100;

/** The last mails of a thread, oldest first. */
export async function findMails(sql: Sql, threadId: string): Promise<MailRow[]> {
  const rows = await sql.rows<MailRow>(
    `SELECT r.id, r.inbound_message_id AS "inboundMessageId", r.kind, r.matched, i.subject, r.text,
       left(i.verdict->>'awayUntil', 10) AS "awayUntil",
       r.received_at AS at, r.read_at AS "readAt",
       (SELECT max(f.given_up) FROM mailbox_flags f WHERE f.inbound_message_id = i.id) AS "mailboxNote"
     FROM reply_mails r JOIN inbound_messages i ON i.id = r.inbound_message_id
     WHERE r.thread_id = $1 ORDER BY r.id DESC LIMIT ${MOST}`,
    [threadId],
  );
  return rows.reverse();
}

/** Members of the workspace, whom a thread can be given to. */
export function findPeople(sql: Sql, workspaceId: string): Promise<{ id: string; name: string }[]> {
  return sql.rows(
    `SELECT u.id, u.name FROM workspace_members m JOIN users u ON u.id = m.user_id
     WHERE m.workspace_id = $1 AND u.disabled_at IS NULL ORDER BY u.id LIMIT 200`,
    [workspaceId],
  );
}
