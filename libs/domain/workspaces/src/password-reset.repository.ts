import type { Sql } from '#platform/database';

/** A wish for a new password that is to be looked at. */
export interface DueReset {
  id: string;
  email: string;
  attempts: number;
}

export async function insertResetWish(sql: Sql, email: string): Promise<void> {
  await sql.run('INSERT INTO password_resets (email, due_at) VALUES ($1, now())', [email]);
}

/** Takes wishes that are due, for one process at a time; what it does not end is due again after `restSeconds`. */
export function claimDueResets(sql: Sql, limit: number, restSeconds: number): Promise<DueReset[]> {
  return sql.rows<DueReset>(
    `UPDATE password_resets SET due_at = now() + make_interval(secs => $2), attempts = attempts + 1
      WHERE id IN (SELECT id FROM password_resets WHERE due_at <= now() ORDER BY due_at LIMIT $1 FOR UPDATE SKIP LOCKED)
      RETURNING id, email, attempts`,
    [limit, restSeconds],
  );
}

/** Gives a wish its token; one it had before is dead. */
export async function putResetToken(
  sql: Sql,
  id: string,
  token: { userId: string; hash: Buffer; minutes: number },
): Promise<void> {
  await sql.run(
    `UPDATE password_resets SET user_id = $2, token_hash = $3, expires_at = now() + make_interval(mins => $4)
      WHERE id = $1`,
    [id, token.userId, token.hash, token.minutes],
  );
}

/** The same for a wish that no mail has to answer. */
export async function insertResetToken(
  sql: Sql,
  token: { email: string; userId: string; hash: Buffer; minutes: number },
): Promise<void> {
  await sql.run(
    `INSERT INTO password_resets (email, user_id, token_hash, expires_at)
     VALUES ($1, $2, $3, now() + make_interval(mins => $4))`,
    [token.email, token.userId, token.hash, token.minutes],
  );
}

/** The mail has left: nothing is due any more. */
export async function endResetWish(sql: Sql, id: string): Promise<void> {
  await sql.run('UPDATE password_resets SET due_at = NULL WHERE id = $1', [id]);
}

export async function deleteReset(sql: Sql, id: string): Promise<void> {
  await sql.run('DELETE FROM password_resets WHERE id = $1', [id]);
}

/** Whose password a token may change. @param lock holds the row: of two who use it at once one is later */
export function findResetUser(
  sql: Sql,
  tokenHash: Buffer,
  lock = false,
): Promise<{ id: string; email: string } | undefined> {
  return sql.first<{ id: string; email: string }>(
    `SELECT u.id, u.email FROM password_resets r JOIN users u ON u.id = r.user_id AND u.disabled_at IS NULL
      WHERE r.token_hash = $1 AND r.expires_at > now()${lock ? ' FOR UPDATE OF r' : ''}`,
    [tokenHash],
  );
}

/** After one of them was used every link of this person is dead. */
export async function deleteResetsOf(sql: Sql, user: { id: string; email: string }): Promise<void> {
  await sql.run('DELETE FROM password_resets WHERE user_id = $1 OR email = $2', [user.id, user.email]);
}

export async function deleteOldResets(sql: Sql): Promise<void> {
  await sql.run(`DELETE FROM password_resets WHERE asked_at < now() - interval '1 day'`);
}
