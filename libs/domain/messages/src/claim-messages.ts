import type { CompiledContent } from '#engine/render';
import type { Database, Sql } from '#platform/database';
import { LEASE_SECONDS } from '#domain/delivery';
import type { Leased } from '#domain/delivery';
import { STOPPING_REASONS } from './message.repository.js';
import type { AnswerParts } from './message.repository.js';

/** A message as a sender takes it. */
export interface ClaimedMessage {
  id: string;
  workspaceId: string;
  workspace: { name: string; postalAddress: string };
  to: string;
  toName: string;
  international: boolean;
  provider: string;
  reserved: boolean;
  from: string;
  fromName: string;
  replyTo: string | null;
  contentId: string;
  subject: string;
  data: Record<string, unknown>;
  tags: string[];
  /** A person's own words; null for a message made from a template. */
  answer: AnswerParts | null;
  hasFiles: boolean;
  /** Attempts before this one. */
  attempts: number;
  /** Its address was suppressed since it was taken in. */
  suppressed: boolean;
}

/** A hold on up to twenty messages. Its id is its fence: it is given out once, and ends with the hold. */
export interface MessageClaim extends Leased {
  messages: ClaimedMessage[];
}

/**
 * Takes the messages that have waited longest.
 *
 * Index: messages_ready, which holds only what waits; SKIP LOCKED lets any number of senders claim at once.
 * @param owner id of this sender's journal
 * @param resting workspaces to leave alone: their accounts have no room now
 */
export async function claimMessages(
  sql: Sql,
  owner: string,
  limit: number,
  resting: readonly string[],
): Promise<MessageClaim | undefined> {
  const rows = await sql.rows<ClaimedMessage & { claimId: string }>(
    {
      name: 'claim_messages',
      text: `
        WITH due AS (
          SELECT id FROM messages
          WHERE status = 'pending' AND claim_id IS NULL AND ready_at <= now() AND NOT workspace_id = ANY ($3::bigint[])
          ORDER BY ready_at, id FOR UPDATE SKIP LOCKED LIMIT $2
        ), claim AS (
          INSERT INTO message_claims (lease_owner, lease_until)
          SELECT $1, now() + make_interval(secs => ${LEASE_SECONDS}) WHERE EXISTS (SELECT 1 FROM due)
          RETURNING id
        )
        UPDATE messages m SET claim_id = claim.id
        FROM due, claim, workspaces w
        WHERE m.id = due.id AND w.id = m.workspace_id
        RETURNING claim.id AS "claimId", m.id, m.workspace_id AS "workspaceId",
          jsonb_build_object('name', w.name, 'postalAddress', w.postal_address) AS workspace,
          m.to_address AS "to", m.to_name AS "toName", m.international, m.provider, m.reserved, m.from_address AS "from",
          m.from_name AS "fromName", m.reply_to AS "replyTo", m.content_id AS "contentId", m.subject, m.data, m.tags, m.answer,
          jsonb_array_length(m.attempts) AS attempts,
          EXISTS (SELECT 1 FROM message_attachments a WHERE a.message_id = m.id) AS "hasFiles",
          EXISTS (SELECT 1 FROM suppressions s WHERE s.workspace_id = m.workspace_id
                    AND s.canonical IN (m.canonical, substring(m.canonical from '@[^@]*$')) AND s.reason = ANY ($4::text[])) AS suppressed`,
    },
    [owner, limit, resting, STOPPING_REASONS],
  );
  const [first] = rows;
  return first && { id: first.claimId, fence: '0', messages: rows };
}

/** Renews leases. @returns ids of the claims that are still ours */
export async function renewClaims(sql: Sql, owner: string, claims: readonly Leased[]): Promise<Set<string>> {
  const rows = await sql.rows<{ id: string }>(
    {
      name: 'renew_message_claims',
      text: `UPDATE message_claims SET lease_until = now() + make_interval(secs => ${LEASE_SECONDS})
             WHERE id = ANY ($2::bigint[]) AND lease_owner = $1 RETURNING id`,
    },
    [owner, claims.map((claim) => claim.id)],
  );
  return new Set(rows.map((row) => row.id));
}

/** Ends a claim; what of it is not settled is free again. */
export async function releaseClaim(sql: Sql, claimId: string): Promise<void> {
  await sql.run(
    {
      name: 'release_message_claim',
      text: `WITH gone AS (DELETE FROM message_claims WHERE id = $1 RETURNING id)
             UPDATE messages SET claim_id = NULL FROM gone WHERE claim_id = gone.id`,
    },
    [claimId],
  );
}

/** True while the message may still be sent: asked again where the answer of the claim has grown old. */
export async function maySend(sql: Sql, claimId: string, messageId: string): Promise<boolean> {
  const row = await sql.first(
    {
      name: 'message_may_be_sent',
      text: `SELECT 1 FROM messages m WHERE m.id = $2 AND m.claim_id = $1 AND m.status = 'pending'
               AND NOT EXISTS (SELECT 1 FROM suppressions s WHERE s.workspace_id = m.workspace_id
                 AND s.canonical IN (m.canonical, substring(m.canonical from '@[^@]*$')) AND s.reason = ANY ($3::text[]))`,
    },
    [claimId, messageId, STOPPING_REASONS],
  );
  return row !== undefined;
}

const CONTENTS_MAX = 64;

/** Stored contents by id; they never change. */
export class StoredContents {
  private readonly loaded = new Map<string, CompiledContent>();

  constructor(private readonly db: Database) {}

  async of(id: string): Promise<CompiledContent> {
    const known = this.loaded.get(id);
    if (known) return known;
    const row = await this.db.first<{ compiled: CompiledContent }>(
      'SELECT compiled FROM message_contents WHERE id = $1',
      [id],
    );
    if (!row) throw new Error(`there is no message content ${id}`);
    if (this.loaded.size >= CONTENTS_MAX) this.loaded.delete(this.loaded.keys().next().value ?? '');
    this.loaded.set(id, row.compiled);
    return row.compiled;
  }
}
