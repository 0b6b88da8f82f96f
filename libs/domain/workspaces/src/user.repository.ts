import type { Locale } from '#contracts';
import type { Sql } from '#platform/database';

export interface UserRow {
  id: string;
  email: string;
  name: string;
  locale: Locale;
  timezone: string;
}
export interface UserSecrets extends UserRow {
  password_hash: string;
}

const COLUMNS = 'id, email, name, locale, timezone';

export async function anyUser(sql: Sql): Promise<boolean> {
  return (await sql.first('SELECT 1 FROM users LIMIT 1')) !== undefined;
}

export async function insertUser(
  sql: Sql,
  user: { email: string; name: string; passwordHash: string; locale: string; timezone: string },
): Promise<UserRow> {
  const row = await sql.first<UserRow>(
    `INSERT INTO users (email, name, password_hash, locale, timezone) VALUES ($1, $2, $3, $4, $5) RETURNING ${COLUMNS}`,
    [user.email, user.name, user.passwordHash, user.locale, user.timezone],
  );
  return row!;
}

/** The user who may sign in as this canonical address. */
export function findUserByEmail(sql: Sql, email: string): Promise<UserSecrets | undefined> {
  return sql.first<UserSecrets>(
    `SELECT ${COLUMNS}, password_hash FROM users WHERE email = $1 AND disabled_at IS NULL`,
    [email],
  );
}

export function findUser(sql: Sql, id: string): Promise<UserSecrets | undefined> {
  return sql.first<UserSecrets>(`SELECT ${COLUMNS}, password_hash FROM users WHERE id = $1`, [id]);
}

export async function updateUser(
  sql: Sql,
  id: string,
  change: { name?: string; locale?: string; timezone?: string },
): Promise<void> {
  await sql.run(
    `UPDATE users SET name = COALESCE($2, name), locale = COALESCE($3, locale), timezone = COALESCE($4, timezone)
      WHERE id = $1`,
    [id, change.name ?? null, change.locale ?? null, change.timezone ?? null],
  );
}

export async function updatePassword(sql: Sql, id: string, passwordHash: string): Promise<void> {
  await sql.run('UPDATE users SET password_hash = $2 WHERE id = $1', [id, passwordHash]);
}
