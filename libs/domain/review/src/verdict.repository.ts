import type { BounceReason, InboundKind, InboundVerdict } from '#contracts';
import type { Sql, Transaction } from '#platform/database';
import { VISIBLE_MAIL } from '#domain/feedback';

/** A stored verdict. */
export interface VerdictRow {
  kind: InboundKind;
  reason: BounceReason | null;
  campaignId: string | null;
  seq: number | null;
  actsAt: Date;
  actedAt: Date | null;
}

/** A mail as the review needs it. */
export interface ReviewMail {
  id: string;
  status: string;
  summary: string;
  from: string;
  subject: string;
  campaignId: string | null;
  seq: number | null;
  verdict: InboundVerdict | null;
}

export function findReviewMail(
  sql: Sql,
  workspaceId: string,
  id: string,
  lock = false,
): Promise<ReviewMail | undefined> {
  return sql.first(
    `SELECT m.id, m.status, m.summary, m.from_address AS "from", m.subject, m.campaign_id AS "campaignId", m.seq, m.verdict
     FROM inbound_messages m WHERE ${VISIBLE_MAIL} AND m.id = $2${lock ? ' FOR UPDATE' : ''}`,
    [workspaceId, id],
  );
}

/** Mails without a verdict that wait for a person, counted up to `most`. Index: inbound_messages_review. */
export async function countWaiting(sql: Sql, workspaceId: string, most: number): Promise<number> {
  const row = await sql.first<{ n: number }>(
    `SELECT count(*)::int AS n FROM (
       SELECT 1 FROM inbound_messages m WHERE ${VISIBLE_MAIL} AND m.status IN ('review', 'quarantined')
         AND NOT EXISTS (SELECT 1 FROM inbound_verdicts v WHERE v.inbound_message_id = m.id) LIMIT $2) AS waiting`,
    [workspaceId, most],
  );
  return row?.n ?? 0;
}

export function findVerdict(sql: Sql, workspaceId: string, id: string): Promise<VerdictRow | undefined> {
  return sql.first(
    `SELECT kind, reason, campaign_id AS "campaignId", seq, acts_at AS "actsAt", acted_at AS "actedAt"
     FROM inbound_verdicts WHERE inbound_message_id = $2 AND workspace_id = $1`,
    [workspaceId, id],
  );
}

export interface NewVerdict {
  workspaceId: string;
  id: string;
  kind: InboundKind;
  reason: BounceReason | null;
  recipient: { campaignId: string; seq: number } | null;
  actor: string;
  undoSeconds: number;
}

/** @returns false when the mail has one already */
export async function insertVerdict(sql: Sql, verdict: NewVerdict): Promise<boolean> {
  const { workspaceId, id, kind, reason, recipient, actor, undoSeconds } = verdict;
  const inserted = await sql.run(
    `INSERT INTO inbound_verdicts (workspace_id, inbound_message_id, kind, reason, campaign_id, seq, actor, acts_at)
     VALUES ($1, $2, $3, $4, $5, $6, $7, now() + make_interval(secs => $8)) ON CONFLICT DO NOTHING`,
    [workspaceId, id, kind, reason, recipient?.campaignId ?? null, recipient?.seq ?? null, actor, undoSeconds],
  );
  return inserted === 1;
}

/** Takes back what has not acted. @returns false when it has, or there is none */
export async function deleteVerdict(sql: Sql, workspaceId: string, id: string): Promise<boolean> {
  const deleted = await sql.run(
    'DELETE FROM inbound_verdicts WHERE inbound_message_id = $2 AND workspace_id = $1 AND acted_at IS NULL',
    [workspaceId, id],
  );
  return deleted === 1;
}

/** A verdict whose time has come, with its mail. */
export interface DueVerdict {
  workspaceId: string;
  inboundMessageId: string;
  kind: InboundKind;
  reason: BounceReason | null;
  campaignId: string | null;
  seq: number | null;
  receivedAt: Date;
  subject: string;
  /** What the engine found; null for a mail that could not be read. */
  found: InboundVerdict | null;
}

/** Marks due verdicts as acted, in the transaction that acts. @param id only this one, due or not */
export function takeDueVerdicts(tx: Transaction, limit: number, id: string | null = null): Promise<DueVerdict[]> {
  return tx.rows(
    `UPDATE inbound_verdicts v SET acted_at = now() FROM inbound_messages m
     WHERE m.id = v.inbound_message_id AND v.inbound_message_id IN (
       SELECT inbound_message_id FROM inbound_verdicts
       WHERE acted_at IS NULL AND acts_at <= now() AND ($2::bigint IS NULL OR inbound_message_id = $2)
       ORDER BY acts_at LIMIT $1 FOR UPDATE SKIP LOCKED)
     RETURNING v.workspace_id AS "workspaceId", v.inbound_message_id AS "inboundMessageId", v.kind, v.reason,
       v.campaign_id AS "campaignId", v.seq, m.received_at AS "receivedAt", m.subject,
       m.verdict AS found`,
    [limit, id],
  );
}
