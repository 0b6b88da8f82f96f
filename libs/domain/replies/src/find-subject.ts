import type { RecipientRef } from '#contracts';
import { parseAddress } from '#engine/address';
import type { Sql } from '#platform/database';

/** A sender alone shows where a mail belongs for so long after we wrote. */
const SENDER_DAYS = 14;

/** What a mail answers. */
export interface ReplySubject {
  key: string;
  contactId: string | null;
  campaignId: string | null;
  seq: number | null;
  messageId: string | null;
  address: string;
  name: string;
}

/** A message of ours that a token proves, or that a person has named. */
export interface Proven {
  recipient: RecipientRef | null;
  messageId?: string | undefined;
}

/**
 * The thread of a message of ours: an answer belongs to the thread it was written in, anything else to its campaign and
 * recipient, or to the triggered message.
 */
export async function findProven(sql: Sql, workspaceId: string, about: Proven): Promise<ReplySubject | null> {
  const { recipient, messageId } = about;
  if (recipient) return (await ofRecipient(sql, workspaceId, recipient)) ?? null;
  if (messageId === undefined) return null;
  return (await ofAnswer(sql, workspaceId, messageId)) ?? (await ofMessage(sql, workspaceId, messageId)) ?? null;
}

/** By who wrote it: a thread or a message of the last 14 days. It shows a mail and never makes it act. */
export async function findBySender(sql: Sql, workspaceId: string, from: string): Promise<ReplySubject | null> {
  const parsed = parseAddress(from);
  if (!parsed.ok) return null;
  const { canonical } = parsed.value;
  const thread = await sql.first<ReplySubject>(
    `SELECT ${THREAD} FROM reply_threads t
     WHERE workspace_id = $1 AND address = $2 AND last_at > now() - make_interval(days => ${SENDER_DAYS})
     ORDER BY last_at DESC LIMIT 1`,
    [workspaceId, canonical],
  );
  if (thread) return thread;
  const recipient = await sql.first<RecipientRef>(
    `SELECT r.campaign_id AS "campaignId", r.seq FROM contacts c JOIN campaign_recipients r ON r.contact_id = c.id
     WHERE c.workspace_id = $1 AND c.canonical = $2 AND r.workspace_id = $1 AND r.canonical = $2
       AND r.accepted_at > now() - make_interval(days => ${SENDER_DAYS})
     ORDER BY r.accepted_at DESC LIMIT 1`,
    [workspaceId, canonical],
  );
  if (recipient) return (await ofRecipient(sql, workspaceId, recipient)) ?? null;
  const message = await sql.first<{ id: string }>(
    `SELECT id FROM messages WHERE workspace_id = $1 AND canonical = $2
       AND accepted_at > now() - make_interval(days => ${SENDER_DAYS}) ORDER BY id DESC LIMIT 1`,
    [workspaceId, canonical],
  );
  return message ? ((await ofMessage(sql, workspaceId, message.id)) ?? null) : null;
}

/** Nothing of ours: a thread of its own with who wrote it. */
export async function strangerOf(sql: Sql, workspaceId: string, from: string): Promise<ReplySubject | null> {
  const parsed = parseAddress(from);
  if (!parsed.ok) return null;
  const { canonical } = parsed.value;
  const contact = await sql.first<{ id: string; name: string }>(
    'SELECT id, name FROM contacts WHERE workspace_id = $1 AND canonical = $2',
    [workspaceId, canonical],
  );
  return {
    ...{ key: `address:${canonical}`, campaignId: null, seq: null, messageId: null, address: canonical },
    contactId: contact?.id ?? null,
    name: contact?.name ?? '',
  };
}

const THREAD = `t.key, t.contact_id AS "contactId", t.campaign_id AS "campaignId", t.seq, t.message_id AS "messageId",
  t.address, t.name`;

function ofRecipient(sql: Sql, workspaceId: string, { campaignId, seq }: RecipientRef) {
  return sql.first<ReplySubject>(
    `SELECT 'campaign:' || r.campaign_id || ':' || r.seq AS key, c.id AS "contactId", r.campaign_id AS "campaignId", r.seq,
       NULL AS "messageId", r.canonical AS address, coalesce(c.name, '') AS name
     FROM campaign_recipients r LEFT JOIN contacts c ON c.id = r.contact_id AND c.workspace_id = r.workspace_id
     WHERE r.workspace_id = $1 AND r.campaign_id = $2 AND r.seq = $3`,
    [workspaceId, campaignId, seq],
  );
}

function ofAnswer(sql: Sql, workspaceId: string, messageId: string) {
  return sql.first<ReplySubject>(
    `SELECT ${THREAD} FROM reply_answers a JOIN reply_threads t ON t.id = a.thread_id
     WHERE a.message_id = $2 AND t.workspace_id = $1`,
    [workspaceId, messageId],
  );
}

function ofMessage(sql: Sql, workspaceId: string, messageId: string) {
  return sql.first<ReplySubject>(
    `SELECT 'message:' || m.id AS key, c.id AS "contactId", NULL AS "campaignId", NULL AS seq, m.id AS "messageId",
       m.canonical AS address, coalesce(nullif(m.to_name, ''), c.name, '') AS name
     FROM messages m LEFT JOIN contacts c ON c.workspace_id = m.workspace_id AND c.canonical = m.canonical
     WHERE m.workspace_id = $1 AND m.id = $2`,
    [workspaceId, messageId],
  );
}
