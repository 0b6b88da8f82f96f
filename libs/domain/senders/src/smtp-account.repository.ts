import type { RateLimits, Security, SmtpAuthMethod, WarmupPlan, WarmupStop } from '#contracts';
import type { Sql } from '#platform/database';

/** Bound of accounts a workspace may have. */
export const ACCOUNTS_MAX = 100;

/** A row of smtp_accounts, secrets sealed. */
export interface SmtpAccountRow {
  id: string;
  workspaceId: string;
  version: number;
  kind: 'sandbox' | 'smtp';
  name: string;
  host: string;
  port: number;
  security: Security;
  authMethod: SmtpAuthMethod;
  authUser: string;
  authSecret: Buffer | null;
  returnPath: 'verp' | 'account';
  returnPathDomain: string | null;
  returnPathAddress: string | null;
  connections: number;
  messagesPerConnection: number;
  limits: RateLimits;
  weight: number;
  fromDomains: string[];
  warmup: WarmupPlan | null;
  /** Why the plan has stopped itself. */
  warmupStop: WarmupStop | null;
  warmupStoppedAt: Date | null;
  /** Since when the plan is as it is, or goes on after it had stopped itself. */
  warmupSince: Date | null;
  enabled: boolean;
  health: 'ok' | 'failing' | 'unknown';
  lastError: string | null;
  lastErrorAt: Date | null;
  retryAt: Date | null;
  createdAt: Date;
}

/** What a person decides about an account. */
export type SmtpAccountFields = Omit<
  SmtpAccountRow,
  | 'id'
  | 'workspaceId'
  | 'version'
  | 'kind'
  | 'authSecret'
  | 'warmupStop'
  | 'warmupStoppedAt'
  | 'warmupSince'
  | 'health'
  | 'lastError'
  | 'lastErrorAt'
  | 'retryAt'
  | 'createdAt'
>;

/** Columns in the order of their parameters. */
const FIELDS: [keyof SmtpAccountFields, string][] = [
  ['name', 'name'],
  ['host', 'host'],
  ['port', 'port'],
  ['security', 'security'],
  ['authMethod', 'auth_method'],
  ['authUser', 'auth_user'],
  ['returnPath', 'return_path'],
  ['returnPathDomain', 'return_path_domain'],
  ['returnPathAddress', 'return_path_address'],
  ['connections', 'connections'],
  ['messagesPerConnection', 'messages_per_connection'],
  ['limits', 'limits'],
  ['weight', 'weight'],
  ['fromDomains', 'from_domains'],
  ['warmup', 'warmup'],
  ['enabled', 'enabled'],
];

const COLUMNS = [
  'id',
  'workspace_id AS "workspaceId"',
  'version',
  'kind',
  ...FIELDS.map(([field, column]) => `${column} AS "${field}"`),
  'warmup_stop AS "warmupStop"',
  'warmup_stopped_at AS "warmupStoppedAt"',
  'warmup_since AS "warmupSince"',
  'auth_secret AS "authSecret"',
  'health',
  'last_error AS "lastError"',
  'last_error_at AS "lastErrorAt"',
  'retry_at AS "retryAt"',
  'created_at AS "createdAt"',
].join(', ');

const values = (fields: SmtpAccountFields) => FIELDS.map(([field]) => fields[field]);

/** Accounts of a workspace, oldest first, after the given id. */
export function findSmtpAccounts(
  sql: Sql,
  workspaceId: string,
  page: { after: string | null; limit: number; q: string | null },
): Promise<SmtpAccountRow[]> {
  return sql.rows<SmtpAccountRow>(
    `SELECT ${COLUMNS} FROM smtp_accounts
      WHERE workspace_id = $1 AND ($2::bigint IS NULL OR id > $2)
        AND ($4::text IS NULL OR strpos(lower(name), lower($4)) > 0)
      ORDER BY id LIMIT $3`,
    [workspaceId, page.after, page.limit, page.q],
  );
}

export async function countSmtpAccounts(sql: Sql, workspaceId: string, q: string | null): Promise<number> {
  const row = await sql.first<{ n: number }>(
    `SELECT count(*)::int AS n FROM smtp_accounts
      WHERE workspace_id = $1 AND ($2::text IS NULL OR strpos(lower(name), lower($2)) > 0)`,
    [workspaceId, q],
  );
  return row?.n ?? 0;
}

/** Whether there is an account besides the sandbox, enabled or not. */
export async function hasSmtpAccount(sql: Sql, workspaceId: string): Promise<boolean> {
  const row = await sql.first(`SELECT 1 FROM smtp_accounts WHERE workspace_id = $1 AND kind = 'smtp' LIMIT 1`, [
    workspaceId,
  ]);
  return row !== undefined;
}

/** @param lock holds the row until the transaction ends, for a write that depends on what it read */
export function findSmtpAccount(
  sql: Sql,
  workspaceId: string,
  id: string,
  lock = false,
): Promise<SmtpAccountRow | undefined> {
  return sql.first<SmtpAccountRow>(
    `SELECT ${COLUMNS} FROM smtp_accounts WHERE workspace_id = $1 AND id = $2${lock ? ' FOR UPDATE' : ''}`,
    [workspaceId, id],
  );
}

export async function insertSmtpAccount(
  sql: Sql,
  workspaceId: string,
  fields: SmtpAccountFields,
): Promise<SmtpAccountRow> {
  const places = FIELDS.map((_, index) => `$${index + 2}`).join(', ');
  const row = await sql.first<SmtpAccountRow>(
    `INSERT INTO smtp_accounts (workspace_id, kind, ${FIELDS.map(([, column]) => column).join(', ')})
     VALUES ($1, 'smtp', ${places}) RETURNING ${COLUMNS}`,
    [workspaceId, ...values(fields)],
  );
  return row!;
}

/**
 * Writes a new version.
 * @param forget whether what was learned of the account's health is forgotten, since it was learned of other settings
 * @param goOn whether a warm-up plan that has stopped itself goes on
 */
export async function updateSmtpAccount(
  sql: Sql,
  workspaceId: string,
  id: string,
  fields: SmtpAccountFields,
  { forget, goOn }: { forget: boolean; goOn: boolean },
): Promise<SmtpAccountRow> {
  const unknown = forget ? "health = 'unknown', last_error = NULL, last_error_at = NULL, retry_at = NULL," : '';
  const again = goOn ? 'warmup_stop = NULL, warmup_stopped_at = NULL, warmup_since = now(),' : '';
  const set = FIELDS.map(([, column], index) => `${column} = $${index + 3}`).join(', ');
  const row = await sql.first<SmtpAccountRow>(
    `UPDATE smtp_accounts SET version = version + 1, ${unknown} ${again} ${set}
      WHERE workspace_id = $1 AND id = $2 RETURNING ${COLUMNS}`,
    [workspaceId, id, ...values(fields)],
  );
  return row!;
}

/** Stores the sealed password; it is bound to the row's id and therefore comes after it. */
export async function storeSmtpPassword(sql: Sql, id: string, sealed: Buffer | null): Promise<void> {
  await sql.run('UPDATE smtp_accounts SET auth_secret = $2 WHERE id = $1', [id, sealed]);
}

export async function deleteSmtpAccount(sql: Sql, workspaceId: string, id: string): Promise<void> {
  await sql.run('DELETE FROM smtp_accounts WHERE workspace_id = $1 AND id = $2', [workspaceId, id]);
}

/** Names of campaigns on their way that are to go over this account. */
export async function campaignsUsing(sql: Sql, workspaceId: string, id: string): Promise<string[]> {
  const rows = await sql.rows<{ name: string }>(
    `SELECT name FROM campaigns
      WHERE workspace_id = $1 AND status IN ('scheduled', 'sending', 'paused') AND $2::bigint = ANY (smtp_accounts)
      ORDER BY id LIMIT 5`,
    [workspaceId, id],
  );
  return rows.map(({ name }) => name);
}

/** The account answered: it is healthy, and may be used at once. */
export async function markAccountOk(sql: Sql, id: string): Promise<void> {
  await sql.run(
    `UPDATE smtp_accounts SET health = 'ok', last_error = NULL, last_error_at = NULL, retry_at = NULL
      WHERE id = $1 AND (health <> 'ok' OR retry_at IS NOT NULL)`,
    [id],
  );
}

/**
 * The account could not be used; it rests for so many seconds, twice as long each time it fails again, at most ten
 * minutes: providers lock who keeps coming with a wrong password. Several processes may meet the same failure at once:
 * while it rests it is not made to rest longer.
 */
export async function markAccountFailing(sql: Sql, id: string, error: string, restSeconds: number): Promise<void> {
  await sql.run(
    `UPDATE smtp_accounts SET health = 'failing', last_error = $2,
            last_error_at = CASE WHEN retry_at > now() THEN last_error_at ELSE now() END,
            retry_at = CASE WHEN retry_at > now() THEN retry_at
              ELSE now() + least(coalesce(2 * (retry_at - last_error_at), make_interval(secs => $3)), interval '10 min') END
      WHERE id = $1`,
    [id, error.slice(0, 500), restSeconds],
  );
}

/** The plan of an account that warms up stops itself, until a person lets it go on. */
export async function stopWarmup(sql: Sql, id: string, why: WarmupStop): Promise<void> {
  await sql.run(
    `UPDATE smtp_accounts SET warmup_stop = $2, warmup_stopped_at = now()
      WHERE id = $1 AND warmup IS NOT NULL AND warmup_stop IS NULL`,
    [id, JSON.stringify(why)],
  );
}
