import type { KeepProblem, MailHandling, MailboxProtocol, Security } from '#contracts';
import type { Sql } from '#platform/database';

/** Bound of mailboxes a workspace may have. */
export const MAILBOXES_MAX = 50;

export type MailboxState = 'connecting' | 'idle' | 'polling' | 'error' | 'disabled';

/** A row of mailboxes, the secret sealed. */
export interface MailboxRow {
  id: string;
  workspaceId: string;
  version: number;
  name: string;
  protocol: MailboxProtocol;
  host: string;
  port: number;
  security: Security;
  authMethod: 'password' | 'xoauth2';
  authUser: string;
  authSecret: Buffer | null;
  /** OAuth: the token endpoint; null without OAuth. */
  oauthTokenUrl: string | null;
  oauthClientId: string | null;
  oauthScope: string | null;
  /** Sealed {@link OAuthSecret}. */
  oauthSecret: Buffer | null;
  folders: string[];
  /** What is done with judged mail, by kind. */
  handling: MailHandling[];
  /** POP3: days that stored mail stays on the server; null for ever. */
  deleteAfterDays: number | null;
  enabled: boolean;
  state: MailboxState;
  lastError: string | null;
  /** Why judged mail was left as it is. */
  keepProblem: KeepProblem | null;
  lastReadAt: Date | null;
  processed: number;
  /** Mails on the server that are still to be read. */
  behind: number;
  /** Attempts that failed since the last that did not. */
  failures: number;
  createdAt: Date;
}

/** What a person decides about a mailbox. */
export type MailboxFields = Pick<
  MailboxRow,
  | 'name'
  | 'protocol'
  | 'host'
  | 'port'
  | 'security'
  | 'authMethod'
  | 'authUser'
  | 'oauthTokenUrl'
  | 'oauthClientId'
  | 'oauthScope'
  | 'folders'
  | 'handling'
  | 'deleteAfterDays'
  | 'enabled'
>;

const COLUMNS = `id, workspace_id AS "workspaceId", version, name, protocol, host, port, security,
  auth_method AS "authMethod", auth_user AS "authUser", auth_secret AS "authSecret",
  oauth_token_url AS "oauthTokenUrl", oauth_client_id AS "oauthClientId", oauth_scope AS "oauthScope",
  oauth_secret AS "oauthSecret", folders, handling, keep_problem AS "keepProblem",
  delete_after_days AS "deleteAfterDays", enabled, state, last_error AS "lastError", last_read_at AS "lastReadAt",
  processed, behind, failures, created_at AS "createdAt"`;

const values = (fields: MailboxFields) => [
  fields.name,
  fields.protocol,
  fields.host,
  fields.port,
  fields.security,
  fields.authMethod,
  fields.authUser,
  fields.folders,
  JSON.stringify(fields.handling),
  fields.enabled,
  fields.deleteAfterDays,
  fields.oauthTokenUrl,
  fields.oauthClientId,
  fields.oauthScope,
];

/** Mailboxes of a workspace, oldest first, after the given id. */
export function findMailboxes(
  sql: Sql,
  workspaceId: string,
  page: { after: string | null; limit: number; q: string | null },
): Promise<MailboxRow[]> {
  return sql.rows<MailboxRow>(
    `SELECT ${COLUMNS} FROM mailboxes
      WHERE workspace_id = $1 AND ($2::bigint IS NULL OR id > $2)
        AND ($4::text IS NULL OR strpos(lower(name), lower($4)) > 0)
      ORDER BY id LIMIT $3`,
    [workspaceId, page.after, page.limit, page.q],
  );
}

export async function countMailboxes(sql: Sql, workspaceId: string, q: string | null): Promise<number> {
  const row = await sql.first<{ n: number }>(
    `SELECT count(*)::int AS n FROM mailboxes
      WHERE workspace_id = $1 AND ($2::text IS NULL OR strpos(lower(name), lower($2)) > 0)`,
    [workspaceId, q],
  );
  return row?.n ?? 0;
}

/** @param lock holds the row until the transaction ends, for a write that depends on what it read */
export function findMailbox(sql: Sql, workspaceId: string, id: string, lock = false): Promise<MailboxRow | undefined> {
  return sql.first<MailboxRow>(
    `SELECT ${COLUMNS} FROM mailboxes WHERE workspace_id = $1 AND id = $2${lock ? ' FOR UPDATE' : ''}`,
    [workspaceId, id],
  );
}

export async function insertMailbox(sql: Sql, workspaceId: string, fields: MailboxFields): Promise<MailboxRow> {
  const row = await sql.first<MailboxRow>(
    `INSERT INTO mailboxes (workspace_id, name, protocol, host, port, security, auth_method, auth_user, folders, handling,
       enabled, delete_after_days, oauth_token_url, oauth_client_id, oauth_scope, state, handled_upto)
     VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13, $14, $15, CASE WHEN $11 THEN 'connecting' ELSE 'disabled' END,
       (SELECT coalesce(max(id), 0) FROM inbound_messages))
     RETURNING ${COLUMNS}`,
    [workspaceId, ...values(fields)],
  );
  return row!;
}

/** Writes a new version. Whoever reads the mailbox loses its lease by the fence and starts anew with the new settings. */
export async function updateMailbox(
  sql: Sql,
  workspaceId: string,
  id: string,
  fields: MailboxFields,
): Promise<MailboxRow> {
  const row = await sql.first<MailboxRow>(
    `UPDATE mailboxes SET version = version + 1, name = $3, protocol = $4, host = $5, port = $6, security = $7,
            auth_method = $8, auth_user = $9, folders = $10, handling = $11, enabled = $12,
            delete_after_days = $13, oauth_token_url = $14, oauth_client_id = $15, oauth_scope = $16,
            state = CASE WHEN $12 THEN 'connecting' ELSE 'disabled' END, last_error = NULL, failures = 0,
            keep_problem = NULL, handled_upto = CASE WHEN handling = '[]' THEN (SELECT coalesce(max(id), 0) FROM inbound_messages) ELSE handled_upto END,
            lease_owner = NULL, lease_until = NULL, fence = fence + 1
      WHERE workspace_id = $1 AND id = $2 RETURNING ${COLUMNS}`,
    [workspaceId, id, ...values(fields)],
  );
  return row!;
}

/** Another host or user is another mailbox: what was read of the old one says nothing of the new one. */
export async function forgetCursors(sql: Sql, id: string): Promise<void> {
  await sql.run('DELETE FROM mailbox_cursors WHERE mailbox_id = $1', [id]);
  await sql.run('DELETE FROM mailbox_uidls WHERE mailbox_id = $1', [id]);
  await sql.run(
    'UPDATE mailboxes SET handled_upto = (SELECT coalesce(max(id), 0) FROM inbound_messages) WHERE id = $1',
    [id],
  );
}

/** Stores the sealed password; it is bound to the row's id and therefore comes after it. */
export async function storeMailboxSecret(sql: Sql, id: string, secret: Buffer | null): Promise<void> {
  await sql.run('UPDATE mailboxes SET auth_secret = $2 WHERE id = $1', [id, secret]);
}

/** Stores what an OAuth login needs, sealed; bound to the row's id like the password. */
export async function storeOAuthSecret(sql: Sql, id: string, secret: Buffer | null): Promise<void> {
  await sql.run('UPDATE mailboxes SET oauth_secret = $2 WHERE id = $1', [id, secret]);
}

/** The same by a reader that has fetched a token; nothing when its claim is lost. */
export async function renewOAuthSecret(sql: Sql, claim: { id: string; fence: string }, secret: Buffer): Promise<void> {
  await sql.run('UPDATE mailboxes SET oauth_secret = $3 WHERE id = $1 AND fence = $2', [claim.id, claim.fence, secret]);
}

export async function deleteMailbox(sql: Sql, workspaceId: string, id: string): Promise<void> {
  await sql.run('DELETE FROM mailboxes WHERE workspace_id = $1 AND id = $2', [workspaceId, id]);
}

/** The row and its fence, when it was free and is ours now. */
export type ClaimedRow = MailboxRow & { fence: string };

/**
 * Takes enabled mailboxes that nobody holds, oldest lease first. A holder without any connection to Postgres is dead: its
 * mailboxes are free at once, before their lease ends. Should it live after all, the fence keeps it from writing.
 * @param owner the application name of the reader's connections
 */
export function claimMailboxRows(sql: Sql, owner: string, leaseSeconds: number, limit: number): Promise<ClaimedRow[]> {
  return sql.rows<ClaimedRow>(
    `UPDATE mailboxes SET lease_owner = $1, lease_until = now() + make_interval(secs => $2), fence = fence + 1
      WHERE id IN (SELECT id FROM mailboxes
                    WHERE enabled AND (lease_until IS NULL OR lease_until < now() OR (lease_owner IS NOT NULL AND NOT EXISTS
                      (SELECT 1 FROM pg_stat_activity WHERE application_name = lease_owner)))
                    ORDER BY lease_until NULLS FIRST, id LIMIT $3 FOR UPDATE SKIP LOCKED)
      RETURNING ${COLUMNS}, fence`,
    [owner, leaseSeconds, limit],
  );
}

/** The fence of a mailbox as it is. */
export async function findFence(sql: Sql, id: string): Promise<string | undefined> {
  return (await sql.first<{ fence: string }>('SELECT fence FROM mailboxes WHERE id = $1', [id]))?.fence;
}

/** Keeps a claim; false when it was lost, for instance because a person changed the mailbox. */
export async function renewMailboxClaim(
  sql: Sql,
  claim: { id: string; fence: string },
  leaseSeconds: number,
): Promise<boolean> {
  const changed = await sql.run(
    `UPDATE mailboxes SET lease_until = now() + make_interval(secs => $3) WHERE id = $1 AND fence = $2 AND enabled`,
    [claim.id, claim.fence, leaseSeconds],
  );
  return changed === 1;
}

/**
 * Gives a claim back; the next one may take it after so many seconds.
 * @param error why it ended, shown to people; null when it ended well
 * @returns whether this is the first failure after a time that went well, of which people are to be told
 */
export async function releaseMailboxClaim(
  sql: Sql,
  claim: { id: string; fence: string },
  restSeconds: number,
  error: string | null,
): Promise<boolean> {
  const row = await sql.first<{ failures: number }>(
    `UPDATE mailboxes SET lease_owner = NULL, lease_until = now() + make_interval(secs => $3), last_error = $4,
            failures = CASE WHEN $4::text IS NULL THEN 0 ELSE failures + 1 END,
            state = CASE WHEN NOT enabled THEN 'disabled' WHEN $4::text IS NOT NULL THEN 'error'
                         WHEN state = 'polling' THEN 'polling' ELSE 'connecting' END
      WHERE id = $1 AND fence = $2 RETURNING failures`,
    [claim.id, claim.fence, restSeconds, error?.slice(0, 500) ?? null],
  );
  return row?.failures === 1;
}

/** Shows what the reader does; one that reads has no error. A mailbox that failed says so until it is read again. */
export async function showMailboxState(
  sql: Sql,
  claim: { id: string; fence: string },
  state: 'connecting' | 'idle' | 'polling',
): Promise<void> {
  await sql.run(
    `UPDATE mailboxes SET
            state = CASE WHEN $3 = 'connecting' AND last_error IS NOT NULL THEN state ELSE $3 END,
            last_error = CASE WHEN $3 = 'connecting' THEN last_error END,
            failures = CASE WHEN $3 = 'connecting' THEN failures ELSE 0 END,
            behind = CASE WHEN $3 = 'connecting' THEN behind ELSE 0 END,
            last_read_at = CASE WHEN $3 = 'connecting' THEN last_read_at ELSE now() END
      WHERE id = $1 AND fence = $2`,
    [claim.id, claim.fence, state],
  );
}
