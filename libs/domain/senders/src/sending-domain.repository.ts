import type { DomainRecord } from '#contracts';
import type { DomainStatus } from '#engine/sender-auth';
import type { Sql } from '#platform/database';

/** Bound of sending domains a workspace may have. */
export const DOMAINS_MAX = 100;

export interface SendingDomainRow {
  id: string;
  workspaceId: string;
  domain: string;
  status: DomainStatus;
  records: DomainRecord[];
  checkedAt: Date | null;
  nextCheckAt: Date;
  createdAt: Date;
}

/** A key of a domain, sealed. */
export interface DkimKeyRow {
  id: string;
  domainId: string;
  domain: string;
  selector: string;
  state: 'active' | 'next' | 'retired';
  secret: Buffer;
  /** What the secret is bound to where it was an SMTP account's; null: domain and selector. */
  sealedAs: string | null;
  /** TXT value to publish. */
  record: string;
  createdAt: Date;
}

const COLUMNS = `id, workspace_id AS "workspaceId", domain, status, records, checked_at AS "checkedAt",
  next_check_at AS "nextCheckAt", created_at AS "createdAt"`;
const KEY_COLUMNS = `k.id, k.domain_id AS "domainId", d.domain, k.selector, k.state, k.secret, k.sealed_as AS "sealedAs",
  k.record, k.created_at AS "createdAt"`;

/** Domains of a workspace, oldest first, after the given id. */
export function findSendingDomains(
  sql: Sql,
  workspaceId: string,
  page: { after: string | null; limit: number; q: string | null },
): Promise<SendingDomainRow[]> {
  return sql.rows(
    `SELECT ${COLUMNS} FROM sending_domains WHERE workspace_id = $1 AND ($2::bigint IS NULL OR id > $2)
       AND ($4::text IS NULL OR strpos(domain, lower($4)) > 0) ORDER BY id LIMIT $3`,
    [workspaceId, page.after, page.limit, page.q],
  );
}

export async function countSendingDomains(sql: Sql, workspaceId: string, q: string | null): Promise<number> {
  const row = await sql.first<{ n: number }>(
    `SELECT count(*)::int AS n FROM sending_domains
     WHERE workspace_id = $1 AND ($2::text IS NULL OR strpos(domain, lower($2)) > 0)`,
    [workspaceId, q],
  );
  return row?.n ?? 0;
}

/** @param lock holds the row until the transaction ends */
export function findSendingDomain(
  sql: Sql,
  workspaceId: string,
  id: string,
  lock = false,
): Promise<SendingDomainRow | undefined> {
  return sql.first(
    `SELECT ${COLUMNS} FROM sending_domains WHERE workspace_id = $1 AND id = $2${lock ? ' FOR UPDATE' : ''}`,
    [workspaceId, id],
  );
}

/** The sending domain whose key signs mail From a domain: its own or the nearest one above it. */
export function findSigningDomain(sql: Sql, workspaceId: string, from: string): Promise<SendingDomainRow | undefined> {
  return sql.first(
    `SELECT ${COLUMNS} FROM sending_domains WHERE workspace_id = $1 AND (domain = $2 OR right($2, length(domain) + 1) = '.' || domain)
     ORDER BY length(domain) DESC LIMIT 1`,
    [workspaceId, from],
  );
}

/** Undefined where the workspace has the domain already. */
export function insertSendingDomain(
  sql: Sql,
  workspaceId: string,
  domain: string,
): Promise<SendingDomainRow | undefined> {
  return sql.first(
    `INSERT INTO sending_domains (workspace_id, domain) VALUES ($1, $2) ON CONFLICT DO NOTHING RETURNING ${COLUMNS}`,
    [workspaceId, domain],
  );
}

export async function deleteSendingDomain(sql: Sql, workspaceId: string, id: string): Promise<void> {
  await sql.run('DELETE FROM sending_domains WHERE workspace_id = $1 AND id = $2', [workspaceId, id]);
}

/** Takes the domains whose check is due; each is due again soon, so that a checker that dies loses nothing. */
export function takeDueDomains(sql: Sql, limit: number): Promise<{ id: string; workspaceId: string }[]> {
  return sql.rows(
    `UPDATE sending_domains SET next_check_at = now() + interval '5 min' WHERE id IN (
       SELECT id FROM sending_domains WHERE next_check_at <= now() ORDER BY next_check_at LIMIT $1
       FOR UPDATE SKIP LOCKED)
     RETURNING id, workspace_id AS "workspaceId"`,
    [limit],
  );
}

export async function storeCheck(
  sql: Sql,
  id: string,
  { status, records, againSeconds }: { status: DomainStatus; records: DomainRecord[]; againSeconds: number },
): Promise<void> {
  await sql.run(
    `UPDATE sending_domains SET status = $2, records = $3, checked_at = now(),
       next_check_at = now() + make_interval(secs => $4) WHERE id = $1`,
    [id, status, JSON.stringify(records), againSeconds],
  );
}

/** The keys of one domain, or of all of a workspace, the oldest first. */
export function findDkimKeys(sql: Sql, of: { workspaceId: string; domainId?: string }): Promise<DkimKeyRow[]> {
  return sql.rows(
    {
      name: 'dkim_keys',
      text: `SELECT ${KEY_COLUMNS} FROM dkim_keys k JOIN sending_domains d ON d.id = k.domain_id
             WHERE d.workspace_id = $1 AND ($2::bigint IS NULL OR d.id = $2) ORDER BY k.id`,
    },
    [of.workspaceId, of.domainId ?? null],
  );
}

export async function insertDkimKey(
  sql: Sql,
  key: Pick<DkimKeyRow, 'domainId' | 'selector' | 'state' | 'secret' | 'record'>,
): Promise<void> {
  await sql.run('INSERT INTO dkim_keys (domain_id, selector, state, secret, record) VALUES ($1, $2, $3, $4, $5)', [
    key.domainId,
    key.selector,
    key.state,
    key.secret,
    key.record,
  ]);
}

/** A key that is not in use goes, so that its selector is free. */
export async function dropSpareKeys(sql: Sql, domainId: string, selector: string): Promise<void> {
  await sql.run(
    `DELETE FROM dkim_keys WHERE domain_id = $1 AND (state = 'next' OR (state = 'retired' AND selector = $2))`,
    [domainId, selector],
  );
}

/** The next key signs from now on, the one before is kept as retired. */
export async function activateNextKey(sql: Sql, domainId: string): Promise<void> {
  await sql.run(`UPDATE dkim_keys SET state = 'retired' WHERE domain_id = $1 AND state = 'active'`, [domainId]);
  await sql.run(`UPDATE dkim_keys SET state = 'active' WHERE domain_id = $1 AND state = 'next'`, [domainId]);
}
