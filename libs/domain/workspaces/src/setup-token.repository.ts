import type { Sql } from '#platform/database';

/** Replaces the one set-up token while it is unused. */
export async function putSetupToken(sql: Sql, tokenHash: Buffer): Promise<void> {
  await sql.run(
    `INSERT INTO setup_tokens (token_hash) VALUES ($1)
     ON CONFLICT (singleton) DO UPDATE SET token_hash = EXCLUDED.token_hash, created_at = now()
      WHERE setup_tokens.used_at IS NULL`,
    [tokenHash],
  );
}

export async function isSetupToken(sql: Sql, tokenHash: Buffer): Promise<boolean> {
  return (
    (await sql.first('SELECT 1 FROM setup_tokens WHERE token_hash = $1 AND used_at IS NULL', [tokenHash])) !== undefined
  );
}

/** The mutex of the set-up: of all transactions that try at once exactly one gets true. */
export async function useSetupToken(sql: Sql, tokenHash: Buffer): Promise<boolean> {
  const changed = await sql.run('UPDATE setup_tokens SET used_at = now() WHERE token_hash = $1 AND used_at IS NULL', [
    tokenHash,
  ]);
  return changed === 1;
}
