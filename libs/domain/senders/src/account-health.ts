import type { Sql } from '#platform/database';

/** An account that could not be reached rests for a while; the reason is shown to people. */
export async function markAccountFailing(sql: Sql, id: string, reason: string, retrySeconds: number): Promise<void> {
  await sql.run(
    `UPDATE smtp_accounts SET health = 'failing', last_error = $2, last_error_at = now(),
       retry_at = now() + make_interval(secs => $3)
     WHERE id = $1`,
    [id, reason.slice(0, 500), retrySeconds],
  );
}

export async function markAccountOk(sql: Sql, id: string): Promise<void> {
  await sql.run(`UPDATE smtp_accounts SET health = 'ok', retry_at = NULL WHERE id = $1 AND health <> 'ok'`, [id]);
}
