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
 * The threads of messages of ours: an answer belongs to the thread it was written in, anything else to its campaign and
 * recipient, or to the triggered message.
 * @returns in the order of `abouts`
 */
export async function findProven(
  sql: Sql,
  abouts: ReadonlyArray<Proven & { workspaceId: string }>,
): Promise<(ReplySubject | null)[]> {
  const recipients = await ofRecipients(sql, abouts);
  const found: (ReplySubject | null)[] = [];
  for (const [index, { recipient, messageId, workspaceId }] of abouts.entries()) {
    if (recipient || messageId === undefined) found.push(recipients.get(index) ?? null);
    else
      found.push(
        (await ofAnswer(sql, workspaceId, messageId)) ?? (await ofMessage(sql, workspaceId, messageId)) ?? null,
      );
  }
  return found;
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
  if (recipient) return (await ofRecipients(sql, [{ recipient, workspaceId }])).get(0) ?? null;
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

/** By their places in the list. */
async function ofRecipients(
  sql: Sql,
  abouts: ReadonlyArray<Pick<Proven, 'recipient'> & { workspaceId: string }>,
): Promise<Map<number, ReplySubject>> {
  if (abouts.every(({ recipient }) => recipient === null)) return new Map();
  const rows = await sql.rows<ReplySubject & { place: string }>(
    {
      name: 'reply_subjects',
      text: `SELECT v.place, 'campaign:' || r.campaign_id || ':' || r.seq AS key, c.id AS "contactId",
       r.campaign_id AS "campaignId", r.seq, NULL AS "messageId", r.canonical AS address, coalesce(c.name, '') AS name
     FROM unnest($1::bigint[], $2::bigint[], $3::int[]) WITH ORDINALITY AS v (workspace_id, campaign_id, seq, place)
     JOIN campaign_recipients r ON r.campaign_id = v.campaign_id AND r.seq = v.seq AND r.workspace_id = v.workspace_id
     LEFT JOIN contacts c ON c.id = r.contact_id AND c.workspace_id = r.workspace_id`,
    },
    [
      abouts.map(({ workspaceId }) => workspaceId),
      abouts.map(({ recipient }) => recipient?.campaignId ?? null),
      abouts.map(({ recipient }) => recipient?.seq ?? null),
    ],
  );
  return new Map(rows.map(({ place, ...subject }) => [Number(place) - 1, subject]));
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
