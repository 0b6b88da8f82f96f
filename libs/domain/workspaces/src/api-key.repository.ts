import type { ApiScope } from '#contracts';
import type { Sql } from '#platform/database';

export interface ApiKeyRow {
  id: string;
  workspace_id: string;
  name: string;
  scopes: ApiScope[];
  prefix: string;
  created_at: Date;
  last_used_at: Date | null;
  expires_at: Date | null;
}

const COLUMNS = 'id, workspace_id, name, scopes, prefix, created_at, last_used_at, expires_at';

export async function insertApiKey(
  sql: Sql,
  key: {
    workspaceId: string;
    name: string;
    hash: Buffer;
    prefix: string;
    scopes: ApiScope[];
    createdBy: string | null;
    expiresAt: string | null;
  },
): Promise<ApiKeyRow> {
  const row = await sql.first<ApiKeyRow>(
    `INSERT INTO api_keys (workspace_id, name, key_hash, prefix, scopes, created_by, expires_at)
     VALUES ($1, $2, $3, $4, $5, $6, $7) RETURNING ${COLUMNS}`,
    [key.workspaceId, key.name, key.hash, key.prefix, key.scopes, key.createdBy, key.expiresAt],
  );
  return row!;
}

/** Keys that were not revoked, newest first, before the given id. */
export function listApiKeys(
  sql: Sql,
  workspaceId: string,
  options: { before: string | null; limit: number; q: string | null },
): Promise<ApiKeyRow[]> {
  return sql.rows<ApiKeyRow>(
    `SELECT ${COLUMNS} FROM api_keys
      WHERE workspace_id = $1 AND revoked_at IS NULL AND ($2::bigint IS NULL OR id < $2)
        AND ($4::text IS NULL OR strpos(lower(name), lower($4)) > 0)
      ORDER BY id DESC LIMIT $3`,
    [workspaceId, options.before, options.limit, options.q],
  );
}

export async function countApiKeys(sql: Sql, workspaceId: string, q: string | null): Promise<number> {
  const row = await sql.first<{ n: number }>(
    `SELECT count(*)::int AS n FROM api_keys WHERE workspace_id = $1 AND revoked_at IS NULL
        AND ($2::text IS NULL OR strpos(lower(name), lower($2)) > 0)`,
    [workspaceId, q],
  );
  return row!.n;
}

/** The key behind a bearer token, while it is neither revoked nor expired. Index: the unique key_hash. */
export function findApiKeyByHash(sql: Sql, hash: Buffer): Promise<(ApiKeyRow & { stale: boolean }) | undefined> {
  return sql.first<ApiKeyRow & { stale: boolean }>(
    {
      name: 'find-api-key',
      text: `SELECT ${COLUMNS}, (last_used_at IS NULL OR last_used_at < now() - interval '1 minute') AS stale
               FROM api_keys
              WHERE key_hash = $1 AND revoked_at IS NULL AND (expires_at IS NULL OR expires_at > now())`,
    },
    [hash],
  );
}

export async function touchApiKey(sql: Sql, id: string): Promise<void> {
  await sql.run('UPDATE api_keys SET last_used_at = now() WHERE id = $1', [id]);
}

/** The revoked key, or undefined when there is none (any more) in this workspace. */
export function revokeApiKey(sql: Sql, workspaceId: string, id: string): Promise<ApiKeyRow | undefined> {
  return sql.first<ApiKeyRow>(
    `UPDATE api_keys SET revoked_at = now() WHERE id = $2 AND workspace_id = $1 AND revoked_at IS NULL
     RETURNING ${COLUMNS}`,
    [workspaceId, id],
  );
}
