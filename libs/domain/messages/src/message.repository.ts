import type { MessageQuery, MessageSkipReason, RecipientStatus, SuppressionReason } from '#contracts';
import type { DeliveryAttempt } from '#contracts';
import type { Sql } from '#platform/database';

/** A new message as it is stored. */
export interface NewMessage {
  workspaceId: string;
  to: { address: string; name: string; canonical: string; international: boolean };
  provider: string;
  reserved: boolean;
  from: { address: string; name: string };
  replyTo: string | null;
  templateId: string | null;
  contentId: string;
  subject: string;
  data: Record<string, unknown>;
  tags: string[];
  idempotency: { key: string; hash: Buffer } | null;
  /** Where a person has written it: its own words and its place in a thread. */
  answer?: AnswerParts;
}

/** What a person's answer has instead of a template. */
export interface AnswerParts {
  text: string;
  /** With angle brackets, as those of `references`. */
  inReplyTo: string | null;
  references: string[];
  /** The account it is to leave by; [] for any. */
  smtpAccounts: string[];
}

/** A row of `messages` as people see it. */
export interface MessageRow {
  id: string;
  to: string;
  toName: string;
  from: string;
  fromName: string;
  replyTo: string | null;
  templateId: string | null;
  subject: string;
  status: RecipientStatus;
  skipReason: MessageSkipReason | null;
  detail: string;
  tags: string[];
  attempts: DeliveryAttempt[];
  readyAt: Date;
  deadlineAt: Date;
  createdAt: Date;
  acceptedAt: Date | null;
  finishedAt: Date | null;
  bouncedAt: Date | null;
  bounceKind: 'hard' | 'soft' | null;
  bounceReason: string | null;
  bounceDetail: string | null;
  complainedAt: Date | null;
}

/** How long a message is tried. */
const DEADLINE_HOURS = 24;

/**
 * Suppressions that hold for triggered mail. An unsubscription is from marketing mail; who asks for a new password
 * gets it all the same.
 */
export const STOPPING_REASONS: readonly SuppressionReason[] = ['hard_bounce', 'soft_bounce', 'complaint', 'manual'];

const COLUMNS = `m.id, m.to_address AS "to", m.to_name AS "toName", m.from_address AS "from", m.from_name AS "fromName",
  m.reply_to AS "replyTo", m.template_id AS "templateId", m.subject, m.status, m.skip_reason AS "skipReason", m.detail,
  m.tags, m.attempts, m.ready_at AS "readyAt", m.deadline_at AS "deadlineAt", m.created_at AS "createdAt",
  m.accepted_at AS "acceptedAt", m.finished_at AS "finishedAt", m.bounced_at AS "bouncedAt",
  m.bounce_kind AS "bounceKind", m.bounce_reason AS "bounceReason", m.bounce_detail AS "bounceDetail",
  m.complained_at AS "complainedAt"`;

/** Stores a message; one to a suppressed address is kept as skipped, so that the log can say so. */
export async function insertMessage(sql: Sql, message: NewMessage): Promise<MessageRow> {
  const { to, from } = message;
  const row = await sql.first<MessageRow>(
    {
      name: 'insert_message',
      text: `
        INSERT INTO messages AS m (workspace_id, to_address, to_name, canonical, international, provider, reserved,
          from_address, from_name, reply_to, template_id, content_id, subject, data, tags, idempotency_key,
          request_hash, answer, deadline_at, status, skip_reason, finished_at)
        SELECT $1::bigint, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13, $14, $15, $17, $18::bytea, $19::jsonb,
          now() + make_interval(hours => ${DEADLINE_HOURS}),
          CASE WHEN s.id IS NULL THEN 'pending' ELSE 'skipped' END, CASE WHEN s.id IS NOT NULL THEN 'suppressed' END,
          CASE WHEN s.id IS NOT NULL THEN now() END
        FROM (SELECT 1) AS one
        LEFT JOIN LATERAL (SELECT id FROM suppressions WHERE workspace_id = $1
          AND canonical IN ($4, substring($4 from '@[^@]*$')) AND reason = ANY ($16::text[]) LIMIT 1) s ON true
        RETURNING ${COLUMNS}`,
    },
    [
      ...[message.workspaceId, to.address, to.name, to.canonical, to.international, message.provider, message.reserved],
      ...[from.address, from.name, message.replyTo, message.templateId, message.contentId, message.subject],
      ...[JSON.stringify(message.data), message.tags, STOPPING_REASONS],
      ...[message.idempotency?.key ?? null, message.idempotency?.hash ?? null],
      message.answer ? JSON.stringify(message.answer) : null,
    ],
  );
  return row!;
}

/** Index: messages_idempotency. */
export function findMessageByKey(
  sql: Sql,
  workspaceId: string,
  key: string,
): Promise<(MessageRow & { requestHash: Buffer; expired: boolean }) | undefined> {
  return sql.first(
    {
      name: 'find_message_by_key',
      text: `SELECT ${COLUMNS}, m.request_hash AS "requestHash", m.created_at < now() - interval '24 hours' AS expired
             FROM messages m WHERE m.workspace_id = $1 AND m.idempotency_key = $2`,
    },
    [workspaceId, key],
  );
}

export function findMessage(sql: Sql, workspaceId: string, id: string): Promise<MessageRow | undefined> {
  return sql.first(`SELECT ${COLUMNS} FROM messages m WHERE m.workspace_id = $1 AND m.id = $2`, [workspaceId, id]);
}

/** What narrows a page of the log. */
export type MessageFilter = Pick<MessageQuery, 'status' | 'tag'> & { toStartsWith: string | null };

/** A page, newest first; indexes messages_page, messages_status, messages_to, messages_tags by what is asked. */
export function findMessages(
  sql: Sql,
  workspaceId: string,
  { status, tag, toStartsWith }: MessageFilter,
  page: { before: string | null; limit: number },
): Promise<MessageRow[]> {
  const values: unknown[] = [workspaceId, page.limit + 1];
  const conditions = ['m.workspace_id = $1'];
  const also = (condition: string, value: unknown) => conditions.push(condition.replace('?', `$${values.push(value)}`));
  // Only what is asked for stands in the statement, so that each question finds its index.
  if (page.before) also('m.id < ?', page.before);
  if (status) also('m.status = ?', status);
  if (toStartsWith) also('m.canonical LIKE ?', toStartsWith);
  if (tag) also('m.tags @> ARRAY[?::text]', tag);
  return sql.rows(
    `SELECT ${COLUMNS} FROM messages m WHERE ${conditions.join(' AND ')} ORDER BY m.id DESC LIMIT $2`,
    values,
  );
}

/** What a person decides about a message whose reply was lost. */
export type UncertainDecision = 'resend' | 'settle-accepted' | 'settle-skipped';

const DECIDED: Record<UncertainDecision, string> = {
  // The same Message-ID: who did get the first one can recognise the second.
  resend: `status = 'pending', ready_at = now(), finished_at = NULL,
    deadline_at = greatest(deadline_at, now() + interval '1 hour')`,
  'settle-accepted': `status = 'accepted', accepted_at = now()`,
  'settle-skipped': `status = 'skipped', skip_reason = 'settled'`,
};

/** @returns undefined where no message of that id is uncertain */
export function decideUncertain(
  sql: Sql,
  workspaceId: string,
  id: string,
  decision: UncertainDecision,
): Promise<MessageRow | undefined> {
  return sql.first(
    `UPDATE messages m SET ${DECIDED[decision]} WHERE m.workspace_id = $1 AND m.id = $2 AND m.status = 'uncertain'
     RETURNING ${COLUMNS}`,
    [workspaceId, id],
  );
}
