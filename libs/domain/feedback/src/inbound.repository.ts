import { createHash } from 'node:crypto';
import type { InboundKind, InboundVerdict, RecipientRef, TrustLevel } from '#contracts';
import type { Sql, Transaction } from '#platform/database';
import { THEIR_ROWS, columnsOf, recipientKey } from './held-facts.js';

/** Where a mail came from. */
export type InboundSource =
  | { type: 'smtp'; recipients: string[]; sender: string | null; remote: string }
  | ({ type: 'mailbox'; mailboxId: string; workspaceId: string } & Omit<SourceMail, 'raw'>);

/** One mail read from a mailbox, with its place there. */
export interface SourceMail {
  raw: Buffer;
  folder: string;
  /** Null for POP3, which has no numbers that last. */
  uidValidity: string | null;
  uid: string | null;
}

/** States of a stored mail: stored → applied | logged | review | quarantined. */
export type InboundStatus = 'stored' | 'applied' | 'review' | 'quarantined' | 'logged';

/**
 * Stores a raw mail before anything is done at its source.
 * @returns its id; null when it is known already, see {@link storeCollected}
 */
export async function storeInbound(sql: Sql, raw: Buffer, source: InboundSource): Promise<string | null> {
  if (source.type === 'mailbox') return (await storeCollected(sql, source, [{ ...source, raw }]))[0] ?? null;
  const row = await sql.first<{ id: string }>(
    `INSERT INTO inbound_messages (envelope, raw, content_hash) VALUES ($1, $2, $3) RETURNING id`,
    [JSON.stringify({ recipients: source.recipients, sender: source.sender, remote: source.remote }), raw, hashOf(raw)],
  );
  return row?.id ?? null;
}

/**
 * Stores mails of one mailbox by one statement. The same mail is stored once in a workspace, whatever number the server
 * gives it by now (a changed UIDVALIDITY, another folder), and also where two mailboxes read one account, or a mailbox
 * was removed and added again: then what it had stored is its own again.
 * @returns ids of those that were not known, in order
 */
export async function storeCollected(
  sql: Sql,
  { workspaceId, mailboxId }: { workspaceId: string; mailboxId: string },
  mails: readonly SourceMail[],
): Promise<string[]> {
  const fresh = new Map<string, SourceMail>();
  for (const mail of mails) {
    const hash = hashOf(mail.raw).toString('hex');
    if (!fresh.has(hash)) fresh.set(hash, mail);
  }
  const all = [...fresh.values()];
  let past = 0;
  // Two readers of one account see a mail at the same moment.
  await sql.run(`SELECT pg_advisory_xact_lock(hashtextextended('collected mail', $1))`, [workspaceId]);
  const rows = await sql.rows<{ id: string }>(
    // The mails go as one parameter in binary: an array of bytea would go as text of twice its size. Known ones are
    // looked for one by one, by their index (inbound_messages_hash), however many are stored.
    `WITH given AS MATERIALIZED (
       SELECT g.*, (SELECT k.id FROM inbound_messages k
                    WHERE k.workspace_id = $1 AND k.folder IS NOT NULL AND k.content_hash = decode(hash, 'hex')
                    LIMIT 1) AS known
       FROM unnest($4::int[], $5::int[], $6::text[], $7::bigint[], $8::bigint[], $9::text[])
         WITH ORDINALITY AS g(start, length, folder, uid_validity, uid, hash, n)
     ), taken_over AS (
       UPDATE inbound_messages m
       SET mailbox_id = $2, folder = given.folder, uid_validity = given.uid_validity, uid = given.uid
       FROM given WHERE m.id = given.known AND m.mailbox_id IS NULL
     )
     INSERT INTO inbound_messages (workspace_id, mailbox_id, folder, uid_validity, uid, envelope, raw, content_hash)
     SELECT $1, $2, folder, uid_validity, uid, '{"recipients": [], "sender": null}',
            substring($3::bytea FROM start + 1 FOR length), decode(hash, 'hex')
     FROM given WHERE known IS NULL
     ORDER BY n
     RETURNING id`,
    [
      ...[workspaceId, mailboxId, joined(all)],
      ...[all.map(({ raw }) => (past += raw.length) - raw.length), all.map(({ raw }) => raw.length)],
      ...[all.map(({ folder }) => folder), all.map(({ uidValidity }) => uidValidity), all.map(({ uid }) => uid)],
      [...fresh.keys()],
    ],
  );
  return rows.map(({ id }) => id);
}

/** One large mail is not copied. */
function joined(mails: readonly SourceMail[]): Buffer {
  const [only, ...others] = mails;
  return only && others.length === 0 ? only.raw : Buffer.concat(mails.map(({ raw }) => raw));
}

/** Notes where mails lie that were moved at their source. */
export async function noteMoved(
  sql: Sql,
  place: { folder: string; uidValidity: string },
  moved: readonly { id: string; uid: number }[],
): Promise<void> {
  await sql.run(
    `UPDATE inbound_messages i SET folder = $1, uid_validity = $2, uid = m.uid
     FROM unnest($3::bigint[], $4::bigint[]) AS m(id, uid) WHERE i.id = m.id`,
    [place.folder, place.uidValidity, moved.map(({ id }) => id), moved.map(({ uid }) => uid)],
  );
}

function hashOf(raw: Buffer): Buffer {
  return createHash('sha256').update(raw).digest();
}

/** Holds mails that are still to be applied, and that nobody else applies, until the transaction ends. */
export async function lockStored(tx: Transaction, ids: readonly string[]): Promise<Set<string>> {
  const rows = await tx.rows<{ id: string }>(
    {
      name: 'inbound_lock',
      text: `SELECT id FROM inbound_messages WHERE id = ANY ($1::bigint[]) AND status = 'stored'
       ORDER BY id FOR UPDATE SKIP LOCKED`,
    },
    [ids],
  );
  return new Set(rows.map(({ id }) => id));
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
  id: string;
  status: Exclude<InboundStatus, 'stored'>;
  kind: InboundKind | null;
  trust: TrustLevel | null;
  verdict: InboundVerdict | null;
  /** The verdict as JSON that Postgres takes. */
  verdictText: string | null;
  summary: string;
  workspaceId: string | null;
  recipient: { campaignId: string; seq: number } | null;
}

/** Stands between texts of JSON, which have no control characters. */
const BETWEEN = '\x1f';

/** Notes what became of mails. */
export async function finishInbound(sql: Sql, results: readonly InboundResult[]): Promise<void> {
  if (results.length === 0) return;
  const of = <T>(pick: (result: InboundResult) => T) => results.map(pick);
  await sql.run(
    // Not prepared: a plan for any number of mails looks each up among all the others (38 ms for two hundred, not 11). The
    // CASE tells the planner nothing about how many are stored: one that believes that none is does the same (200 ms).
    `UPDATE inbound_messages m SET status = r.status, kind = r.kind, trust = r.trust, verdict = r.verdict::jsonb,
       summary = r.summary, workspace_id = coalesce(m.workspace_id, r.workspace_id), campaign_id = r.campaign_id,
       seq = r.seq, from_address = r.from_address, subject = r.subject, processed_at = now()
     FROM unnest($1::bigint[], $2::text[], $3::text[], $4::text[], string_to_array($5, E'\\x1f', ''), $6::text[],
       $7::bigint[], $8::bigint[], $9::int[], $10::text[], $11::text[])
       AS r (id, status, kind, trust, verdict, summary, workspace_id, campaign_id, seq, from_address, subject)
     WHERE m.id = r.id AND m.id = ANY ($1::bigint[]) AND CASE m.status WHEN 'stored' THEN true ELSE false END`,
    [
      of(({ id }) => id),
      of(({ status }) => status),
      of(({ kind }) => kind),
      of(({ trust }) => trust),
      of(({ verdictText }) => verdictText ?? '').join(BETWEEN), // an array would have each of its quotes escaped
      of(({ summary }) => summary),
      of(({ workspaceId }) => workspaceId),
      of(({ recipient }) => recipient?.campaignId ?? null),
      of(({ recipient }) => recipient?.seq ?? null),
      of(({ verdict }) => verdict?.from ?? ''),
      of(({ verdict }) => (verdict?.subject ?? '').slice(0, 500)),
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

/** By {@link recipientKey}; whom the ledger does not know is missing. */
export async function findTokenSubjects(
  sql: Sql,
  recipients: readonly RecipientRef[],
): Promise<Map<string, TokenSubject>> {
  if (recipients.length === 0) return new Map();
  const rows = await sql.rows<TokenSubject & RecipientRef>(
    {
      name: 'token_subjects',
      text: `SELECT r.campaign_id AS "campaignId", r.seq, r.workspace_id AS "workspaceId", r.email,
       r.accepted_at AS "acceptedAt"
     FROM unnest($1::bigint[], $2::int[]) AS v (campaign_id, seq)
     JOIN campaign_recipients r ON ${THEIR_ROWS}`,
    },
    columnsOf(recipients),
  );
  return new Map(rows.map((row) => [recipientKey(row), row]));
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
