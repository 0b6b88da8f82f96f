import type { RecipientStatus } from '#contracts';
import type { Sql } from '#platform/database';

export interface AnswerRow {
  id: string;
  at: Date;
  userId: string | null;
  userName: string | null;
  text: string;
  messageId: string | null;
  /** Of the message it left as; null where its line in the log is removed by now. */
  status: RecipientStatus | null;
  skipReason: string | null;
  detail: string;
  lastWords: string | null;
}

const COLUMNS = `a.id, a.created_at AS at, a.user_id AS "userId", u.name AS "userName", a.text,
  a.message_id AS "messageId", m.status, m.skip_reason AS "skipReason", coalesce(m.detail, '') AS detail,
  m.attempts->-1->>'text' AS "lastWords"`;
const TABLES = 'reply_answers a LEFT JOIN messages m ON m.id = a.message_id LEFT JOIN users u ON u.id = a.user_id';
const MOST = 100;

/** The last answers of a thread, oldest first. */
export async function findAnswers(sql: Sql, threadId: string): Promise<AnswerRow[]> {
  const rows = await sql.rows<AnswerRow>(
    `SELECT ${COLUMNS} FROM ${TABLES} WHERE a.thread_id = $1 ORDER BY a.id DESC LIMIT ${MOST}`,
    [threadId],
  );
  return rows.reverse();
}

export function findAnswer(sql: Sql, threadId: string, id: string): Promise<AnswerRow | undefined> {
  return sql.first(`SELECT ${COLUMNS} FROM ${TABLES} WHERE a.thread_id = $1 AND a.id = $2`, [threadId, id]);
}

export async function findLastAnswerId(sql: Sql, threadId: string): Promise<string | null> {
  const row = await sql.first<{ id: string | null }>('SELECT max(id) AS id FROM reply_answers WHERE thread_id = $1', [
    threadId,
  ]);
  return row?.id ?? null;
}

export async function insertAnswer(
  sql: Sql,
  answer: { threadId: string; replyMailId: string; userId: string | null; messageId: string; text: string },
): Promise<void> {
  await sql.run(
    `INSERT INTO reply_answers (thread_id, reply_mail_id, user_id, message_id, text) VALUES ($1, $2, $3, $4, $5)`,
    [answer.threadId, answer.replyMailId, answer.userId, answer.messageId, answer.text],
  );
}

/** The same answer leaves as another message. */
export async function resendAnswerAs(sql: Sql, id: string, messageId: string): Promise<void> {
  await sql.run('UPDATE reply_answers SET message_id = $2 WHERE id = $1', [id, messageId]);
}

/** What an answer is made from: the last mail of the thread, and how our own message went out. */
export interface AnswerSource {
  replyMailId: string;
  raw: Buffer;
  subject: string;
  fromAddress: string;
  mailboxUser: string | null;
  senderName: string;
  senderAddress: string;
  replyTo: string | null;
  smtpAccountId: string | null;
}

export function findAnswerSource(sql: Sql, threadId: string): Promise<AnswerSource | undefined> {
  return sql.first(
    `SELECT r.id AS "replyMailId", substring(i.raw FOR 262144) AS raw, i.subject, i.from_address AS "fromAddress",
       b.auth_user AS "mailboxUser",
       coalesce(k.from_name, m.from_name, '') AS "senderName", coalesce(k.from_address, m.from_address, '') AS "senderAddress",
       coalesce(k.reply_to, m.reply_to) AS "replyTo",
       coalesce(c.attempts->-1, m.attempts->-1)->>'smtpAccountId' AS "smtpAccountId"
     FROM reply_threads t JOIN reply_mails r ON r.thread_id = t.id JOIN inbound_messages i ON i.id = r.inbound_message_id
       LEFT JOIN mailboxes b ON b.id = i.mailbox_id
       LEFT JOIN campaigns k ON k.id = t.campaign_id AND k.workspace_id = t.workspace_id
       LEFT JOIN campaign_recipients c ON c.campaign_id = t.campaign_id AND c.seq = t.seq
       LEFT JOIN messages m ON m.id = t.message_id AND m.workspace_id = t.workspace_id
     WHERE t.id = $1 ORDER BY (r.kind = 'reply') DESC, r.id DESC LIMIT 1`,
    [threadId],
  );
}
