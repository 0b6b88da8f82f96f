import type { Role } from '#contracts';
import type { Sql } from '#platform/database';

export interface SessionRow {
  user_id: string;
  email: string;
  /** Null when the user is no member of the workspace that was asked for. */
  workspace_id: string | null;
  role: Role | null;
  /** The row should be touched: seen more than a minute ago, or last used for another workspace. */
  stale: boolean;
}

export async function insertSession(
  sql: Sql,
  session: { tokenHash: Buffer; userId: string; workspaceId: string | null; days: number },
): Promise<void> {
  await sql.run(
    `INSERT INTO sessions (token_hash, user_id, last_workspace_id, expires_at)
     VALUES ($1, $2, $3, now() + make_interval(days => $4))`,
    [session.tokenHash, session.userId, session.workspaceId, session.days],
  );
}

/**
 * The session behind a cookie with the membership it acts under: of `workspaceId`, or of the workspace used last. Runs
 * for every request of the UI: three lookups by primary key.
 */
export function findSession(sql: Sql, tokenHash: Buffer, workspaceId: string | null): Promise<SessionRow | undefined> {
  return sql.first<SessionRow>(
    {
      name: 'find-session',
      text: `SELECT s.user_id, u.email, m.workspace_id, m.role,
                    (s.seen_at < now() - interval '1 minute' OR s.last_workspace_id IS DISTINCT FROM m.workspace_id) AS stale
               FROM sessions s
               JOIN users u ON u.id = s.user_id AND u.disabled_at IS NULL
               LEFT JOIN LATERAL (
                 SELECT w.workspace_id, w.role FROM workspace_members w
                  WHERE w.user_id = s.user_id AND ($2::bigint IS NULL OR w.workspace_id = $2)
                  ORDER BY (w.workspace_id = s.last_workspace_id) DESC NULLS LAST, w.workspace_id
                  LIMIT 1) m ON true
              WHERE s.token_hash = $1 AND s.expires_at > now()`,
    },
    [tokenHash, workspaceId],
  );
}

export async function touchSession(sql: Sql, tokenHash: Buffer, workspaceId: string | null): Promise<void> {
  await sql.run('UPDATE sessions SET seen_at = now(), last_workspace_id = $2 WHERE token_hash = $1', [
    tokenHash,
    workspaceId,
  ]);
}

/** Those of the given sessions that still live, as hex of their hashes. */
export async function liveSessions(sql: Sql, tokenHashes: Buffer[]): Promise<Set<string>> {
  const rows = await sql.rows<{ hash: string }>(
    `SELECT encode(s.token_hash, 'hex') AS hash FROM sessions s
       JOIN users u ON u.id = s.user_id AND u.disabled_at IS NULL
      WHERE s.token_hash = ANY($1) AND s.expires_at > now()`,
    [tokenHashes],
  );
  return new Set(rows.map(({ hash }) => hash));
}

export async function deleteSession(sql: Sql, tokenHash: Buffer): Promise<void> {
  await sql.run('DELETE FROM sessions WHERE token_hash = $1', [tokenHash]);
}

export async function deleteOtherSessions(sql: Sql, userId: string, keep: Buffer): Promise<void> {
  await sql.run('DELETE FROM sessions WHERE user_id = $1 AND token_hash <> $2', [userId, keep]);
}

export async function deleteSessionsOf(sql: Sql, userId: string): Promise<void> {
  await sql.run('DELETE FROM sessions WHERE user_id = $1', [userId]);
}

export async function deleteExpiredSessions(sql: Sql): Promise<void> {
  await sql.run('DELETE FROM sessions WHERE expires_at < now()');
}
