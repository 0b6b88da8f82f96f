import type { Sql } from '#platform/database';

export interface IdempotencyRow {
  request_hash: Buffer;
  /** Null while the first request still runs. */
  status: number | null;
  answer: { sealed: string } | null;
}

/** Takes the key for 24 hours: true for the first request, false when it is taken. The primary key is the mutex. */
export async function claimIdempotencyKey(
  sql: Sql,
  workspaceId: string,
  key: string,
  requestHash: Buffer,
): Promise<boolean> {
  const row = await sql.first(
    `INSERT INTO idempotency_keys AS k (workspace_id, key, request_hash) VALUES ($1, $2, $3)
     ON CONFLICT (workspace_id, key) DO UPDATE
        SET request_hash = EXCLUDED.request_hash, status = NULL, answer = NULL, created_at = now()
      WHERE k.created_at < now() - interval '24 hours'
     RETURNING 1`,
    [workspaceId, key, requestHash],
  );
  return row !== undefined;
}

export function findIdempotencyKey(sql: Sql, workspaceId: string, key: string): Promise<IdempotencyRow | undefined> {
  return sql.first<IdempotencyRow>(
    'SELECT request_hash, status, answer FROM idempotency_keys WHERE workspace_id = $1 AND key = $2',
    [workspaceId, key],
  );
}

export async function storeAnswer(
  sql: Sql,
  workspaceId: string,
  key: string,
  status: number,
  sealed: string,
): Promise<void> {
  await sql.run('UPDATE idempotency_keys SET status = $3, answer = $4 WHERE workspace_id = $1 AND key = $2', [
    workspaceId,
    key,
    status,
    JSON.stringify({ sealed }),
  ]);
}

export async function releaseIdempotencyKey(sql: Sql, workspaceId: string, key: string): Promise<void> {
  await sql.run('DELETE FROM idempotency_keys WHERE workspace_id = $1 AND key = $2', [workspaceId, key]);
}

export async function deleteOldIdempotencyKeys(sql: Sql): Promise<void> {
  await sql.run(`DELETE FROM idempotency_keys WHERE created_at < now() - interval '24 hours'`);
}
