import type { BounceReason, DeliveryAttempt } from '#contracts';
import type { Sql } from '#platform/database';

/** Whom a report about a triggered message is about. */
export interface MessageSubject {
  workspaceId: string;
  canonical: string;
  acceptedAt: Date | null;
}

const SUBJECT = `workspace_id AS "workspaceId", canonical, accepted_at AS "acceptedAt"`;

/** The messages that tokens name, as far as they are known, by id. */
export async function findMessageSubjects(sql: Sql, ids: readonly string[]): Promise<Map<string, MessageSubject>> {
  if (ids.length === 0) return new Map();
  const rows = await sql.rows<MessageSubject & { id: string }>(
    `SELECT id, ${SUBJECT} FROM messages WHERE id = ANY ($1::bigint[])`,
    [ids],
  );
  return new Map(rows.map((row) => [row.id, row]));
}

/**
 * Notes a bounce, once: the first report counts, and only a hard one replaces a soft one. A refusal in the session has
 * its reason noted but no `bounced_at`. A report about an uncertain message proves that it was taken, and settles it.
 * @returns undefined when it was known already
 */
export function markMessageBounced(
  sql: Sql,
  id: string,
  bounce: { kind: 'hard' | 'soft'; reason: BounceReason; detail: string; at: Date },
): Promise<MessageSubject | undefined> {
  return sql.first(
    `UPDATE messages SET bounce_kind = $2, bounce_reason = $3, bounce_detail = $4,
       bounced_at = CASE WHEN status = 'rejected' THEN NULL ELSE coalesce(bounced_at, $5) END,
       status = CASE WHEN status = 'uncertain' THEN 'accepted' ELSE status END,
       accepted_at = CASE WHEN status = 'uncertain' THEN $5 ELSE accepted_at END
     WHERE id = $1 AND status IN ('pending', 'accepted', 'uncertain', 'rejected')
       AND (bounce_kind IS NULL OR (bounce_kind = 'soft' AND $2 = 'hard'))
     RETURNING ${SUBJECT}`,
    [id, bounce.kind, bounce.reason, bounce.detail.slice(0, 1000), bounce.at],
  );
}

/** @returns undefined when it was known already */
export function markMessageComplained(sql: Sql, id: string, at: Date): Promise<MessageSubject | undefined> {
  return sql.first(
    `UPDATE messages SET complained_at = $2 WHERE id = $1 AND complained_at IS NULL RETURNING ${SUBJECT}`,
    [id, at],
  );
}

/** A refusal in the session that waits to be applied. */
export interface MessageRefusal {
  id: string;
  provider: string;
  attempt: DeliveryAttempt;
}

/** The oldest messages with a refusal that nobody has applied yet. Index: messages_refusal. */
export async function findRefusedMessages(sql: Sql, limit: number): Promise<string[]> {
  const rows = await sql.rows<{ id: string }>('SELECT id FROM messages WHERE refusal_pending ORDER BY id LIMIT $1', [
    limit,
  ]);
  return rows.map(({ id }) => id);
}

/** Takes refusals, but for those another process has in hand, so that they are applied in the same transaction. */
export async function takeMessageRefusals(sql: Sql, ids: readonly string[]): Promise<MessageRefusal[]> {
  const taken = await sql.rows<MessageRefusal>(
    `UPDATE messages SET refusal_pending = false
     WHERE id IN (SELECT id FROM messages WHERE id = ANY ($1::bigint[]) AND refusal_pending ORDER BY id
                  FOR UPDATE SKIP LOCKED)
     RETURNING id, provider, attempts->-1 AS attempt`,
    [ids],
  );
  return taken.sort((a, b) => (BigInt(a.id) < BigInt(b.id) ? -1 : 1));
}
