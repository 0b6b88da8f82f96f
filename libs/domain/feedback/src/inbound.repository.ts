import { createHash } from 'node:crypto';
import type { InboundKind, InboundVerdict, TrustLevel } from '#contracts';
import type { Sql, Transaction } from '#platform/database';

/** Where a mail came from. */
export type InboundSource =
  | { type: 'smtp'; recipients: string[]; sender: string | null; remote: string }
  | {
      type: 'mailbox';
      mailboxId: string;
      workspaceId: string;
      folder: string;
      /** Null for POP3, which has no numbers that last. */
      uidValidity: string | null;
      uid: string | null;
    };

/** States of a stored mail: stored → applied | logged | review | quarantined. */
export type InboundStatus = 'stored' | 'applied' | 'review' | 'quarantined' | 'logged';

/**
 * Stores a raw mail before anything is done at its source. The same mail of the same mailbox is stored once, whatever
 * number the server gives it by now (a changed UIDVALIDITY, another folder).
 * @returns its id; null when it is known already
 */
export async function storeInbound(sql: Sql, raw: Buffer, source: InboundSource): Promise<string | null> {
  const hash = createHash('sha256').update(raw).digest();
  if (source.type === 'smtp') {
    const row = await sql.first<{ id: string }>(
      `INSERT INTO inbound_messages (envelope, raw, content_hash) VALUES ($1, $2, $3) RETURNING id`,
      [JSON.stringify({ recipients: source.recipients, sender: source.sender, remote: source.remote }), raw, hash],
    );
    return row?.id ?? null;
  }
  const row = await sql.first<{ id: string }>(
    `INSERT INTO inbound_messages (workspace_id, mailbox_id, folder, uid_validity, uid, envelope, raw, content_hash)
     SELECT $1, $2, $3, $4, $5, '{"recipients": [], "sender": null}', $6, $7
     WHERE NOT EXISTS (SELECT 1 FROM inbound_messages WHERE mailbox_id = $2 AND content_hash = $7)
     RETURNING id`,
    [source.workspaceId, source.mailboxId, source.folder, source.uidValidity, source.uid, raw, hash],
  );
  return row?.id ?? null;
}

/** A stored mail as the processing needs it. */
export interface StoredMail {
  id: string;
  workspaceId: string | null;
  status: InboundStatus;
  attempts: number;
  envelope: { recipients: string[]; sender: string | null };
  raw: Buffer;
  receivedAt: Date;
}

/** Counts the attempt, so that a mail that kills its reader is quarantined instead of tried for ever. */
export function takeStored(sql: Sql, id: string): Promise<StoredMail | undefined> {
  return sql.first(
    // Only an attempt counted: a Postgres that dies may forget it, and the mail is taken again.
    {
      name: 'inbound_take',
      text: `UPDATE inbound_messages SET attempts = attempts + 1
     FROM (SELECT set_config('synchronous_commit', 'off', true)) AS lazily
     WHERE id = $1 AND status = 'stored'
     RETURNING id, workspace_id AS "workspaceId", status, attempts, envelope, raw, received_at AS "receivedAt"`,
    },
    [id],
  );
}

/** Holds a mail that is still to be applied until the transaction ends; false when it no longer is. */
export async function lockStored(tx: Transaction, id: string): Promise<boolean> {
  const row = await tx.first(
    { name: 'inbound_lock', text: `SELECT 1 FROM inbound_messages WHERE id = $1 AND status = 'stored' FOR UPDATE` },
    [id],
  );
  return row !== undefined;
}

/** Stored mails nobody has processed: a hint was lost, or the process died over them. */
export async function findStored(sql: Sql, limit: number): Promise<string[]> {
  const rows = await sql.rows<{ id: string }>(
    `SELECT id FROM inbound_messages WHERE status = 'stored' AND received_at < now() - interval '5 seconds'
     ORDER BY id LIMIT $1`,
    [limit],
  );
  return rows.map((row) => row.id);
}

/** What the processing found out. */
export interface InboundResult {
  status: Exclude<InboundStatus, 'stored'>;
  kind: InboundKind | null;
  trust: TrustLevel | null;
  verdict: InboundVerdict | null;
  summary: string;
  workspaceId: string | null;
  recipient: { campaignId: string; seq: number } | null;
}

export async function finishInbound(sql: Sql, id: string, result: InboundResult): Promise<void> {
  await sql.run(
    {
      name: 'inbound_finish',
      text: `UPDATE inbound_messages SET status = $2, kind = $3, trust = $4, verdict = $5, summary = $6,
       workspace_id = coalesce(workspace_id, $7), campaign_id = $8, seq = $9, from_address = $10, subject = $11,
       processed_at = now()
     WHERE id = $1 AND status = 'stored'`,
    },
    [
      id,
      result.status,
      result.kind,
      result.trust,
      result.verdict === null ? null : JSON.stringify(result.verdict),
      result.summary,
      result.workspaceId,
      result.recipient?.campaignId ?? null,
      result.recipient?.seq ?? null,
      result.verdict?.from ?? '',
      (result.verdict?.subject ?? '').slice(0, 500),
    ],
  );
}

/** Notes what a person's verdict made of a mail of the review queue. */
export async function settleReviewed(
  tx: Transaction,
  id: string,
  result: Pick<InboundResult, 'status' | 'kind' | 'summary' | 'recipient'> & { workspaceId: string },
): Promise<void> {
  await tx.run(
    `UPDATE inbound_messages SET status = $2, kind = $3, summary = $4, workspace_id = coalesce(workspace_id, $5),
       campaign_id = coalesce($6, campaign_id), seq = coalesce($7, seq)
     WHERE id = $1`,
    [
      ...[id, result.status, result.kind, result.summary, result.workspaceId],
      ...[result.recipient?.campaignId ?? null, result.recipient?.seq ?? null],
    ],
  );
}

/** Who a token names, as far as the ledger knows it. */
export interface TokenSubject {
  workspaceId: string;
  email: string;
  acceptedAt: Date | null;
}

export function findTokenSubject(sql: Sql, campaignId: string, seq: number): Promise<TokenSubject | undefined> {
  return sql.first(
    {
      name: 'token_subject',
      text: `SELECT workspace_id AS "workspaceId", email, accepted_at AS "acceptedAt"
     FROM campaign_recipients WHERE campaign_id = $1 AND seq = $2`,
    },
    [campaignId, seq],
  );
}

/** Days for which a feedback loop's word without a token of ours is taken. */
const RECENT_DAYS = 14;
/** Shorter names stand in any answer. */
const NAME_MIN = 12;

/**
 * The one message that an address got in the last fourteen days and that its server took under one of these names: a
 * relay that writes its own Message-ID (Amazon SES and others) says it in its answer, `250 Ok 0100018b…`.
 * @param about `workspaceId` null: of any workspace; `names` as they stand in the returned original's Message-ID
 * @returns null where there is none, or more than one
 */
export async function findRecentlyAccepted(
  sql: Sql,
  about: { workspaceId: string | null; canonical: string; names: readonly string[] },
): Promise<{ campaignId: string; seq: number } | null> {
  const names = about.names.map((name) => name.split('@')[0] ?? '').filter((name) => name.length >= NAME_MIN);
  if (names.length === 0) return null;
  const found = await sql.rows<{ campaignId: string; seq: number }>(
    `SELECT r.campaign_id AS "campaignId", r.seq
     FROM workspaces w JOIN contacts c ON c.workspace_id = w.id AND c.canonical = $2
       JOIN campaign_recipients r ON r.contact_id = c.id AND r.canonical = c.canonical
     WHERE ($1::bigint IS NULL OR w.id = $1) AND r.accepted_at > now() - make_interval(days => $4)
       AND EXISTS (SELECT 1 FROM unnest($3::text[]) name WHERE strpos(r.attempts->-1->>'text', name) > 0)
     LIMIT 2`,
    [about.workspaceId, about.canonical, names, RECENT_DAYS],
  );
  const [one, other] = found;
  return one && !other ? one : null;
}
