import type { HygieneRule, SuppressionReason } from '#contracts';
import type { Sql } from '#platform/database';

export interface SuppressionRow {
  id: string;
  address: string;
  reason: SuppressionReason;
  note: string;
  detail: string;
  campaignId: string | null;
  campaignName: string | null;
  inboundMessageId: string | null;
  expiresAt: Date | null;
  createdAt: Date;
}
const COLUMNS = `s.id, s.canonical AS address, s.reason, s.note, s.detail, s.campaign_id AS "campaignId",
  k.name AS "campaignName", s.inbound_message_id AS "inboundMessageId", s.expires_at AS "expiresAt",
  s.created_at AS "createdAt"`;
const TABLES = 'suppressions s LEFT JOIN campaigns k ON k.id = s.campaign_id AND k.workspace_id = s.workspace_id';
const FILTER = `s.workspace_id = $1 AND ($2::text IS NULL OR s.canonical LIKE $2 OR lower(s.note) LIKE $2)
  AND ($3::text IS NULL OR s.reason = $3)`;

export interface SuppressionFilter {
  /** LIKE pattern in lower case, over address and note. */
  q: string | null;
  reason: SuppressionReason | null;
}

/** A page, newest first (index suppressions_page). */
export function findSuppressions(
  sql: Sql,
  workspaceId: string,
  filter: SuppressionFilter,
  page: { before: string | null; limit: number },
): Promise<SuppressionRow[]> {
  return sql.rows(
    `SELECT ${COLUMNS} FROM ${TABLES} WHERE ${FILTER} AND ($4::bigint IS NULL OR s.id < $4) ORDER BY s.id DESC LIMIT $5`,
    [workspaceId, filter.q, filter.reason, page.before, page.limit + 1],
  );
}

export async function countSuppressions(sql: Sql, workspaceId: string, filter: SuppressionFilter): Promise<number> {
  const row = await sql.first<{ n: number }>(`SELECT count(*)::int AS n FROM suppressions s WHERE ${FILTER}`, [
    workspaceId,
    filter.q,
    filter.reason,
  ]);
  return row?.n ?? 0;
}

export function findSuppression(
  sql: Sql,
  workspaceId: string,
  key: { id: string } | { canonical: string },
): Promise<SuppressionRow | undefined> {
  const [column, value] = 'id' in key ? ['id', key.id] : ['canonical', key.canonical];
  return sql.first(`SELECT ${COLUMNS} FROM ${TABLES} WHERE s.workspace_id = $1 AND s.${column} = $2`, [
    workspaceId,
    value,
  ]);
}

export function deleteSuppression(sql: Sql, workspaceId: string, id: string): Promise<number> {
  return sql.run('DELETE FROM suppressions WHERE workspace_id = $1 AND id = $2', [workspaceId, id]);
}

/** Removes what has come to its end. @returns the addresses that may be mailed again */
export function deleteExpired(sql: Sql, limit: number): Promise<{ workspaceId: string; canonical: string }[]> {
  return sql.rows(
    `DELETE FROM suppressions WHERE id IN (
       SELECT id FROM suppressions WHERE expires_at <= now() ORDER BY expires_at LIMIT $1 FOR UPDATE SKIP LOCKED)
     RETURNING workspace_id AS "workspaceId", canonical`,
    [limit],
  );
}

/** Notes that a person let an address or domain be mailed again. */
export async function insertLift(sql: Sql, workspaceId: string, canonical: string): Promise<void> {
  await sql.run('INSERT INTO suppression_lifts (workspace_id, canonical) VALUES ($1, $2)', [workspaceId, canonical]);
}

/** True when the address, or its whole domain, may not be mailed. */
export async function isSuppressed(sql: Sql, workspaceId: string, canonical: string): Promise<boolean> {
  const row = await sql.first('SELECT 1 FROM suppressions WHERE workspace_id = $1 AND canonical = ANY ($2::text[])', [
    workspaceId,
    [canonical, canonical.slice(canonical.lastIndexOf('@'))],
  ]);
  return row !== undefined;
}

/** An entry as it can be put back: a row of the table without its id. */
export type StoredEntry = Record<string, unknown> & { reason: SuppressionReason; rule: string | null };

/** The entries of addresses and `@domains`, by their keys. */
export async function findEntries(
  sql: Sql,
  workspaceId: string,
  canonicals: readonly string[],
): Promise<Map<string, StoredEntry>> {
  const rows = await sql.rows<{ canonical: string; entry: StoredEntry }>(
    `SELECT canonical, to_jsonb(s) - 'id' - 'domain' - 'workspace_id' AS entry FROM suppressions s
     WHERE workspace_id = $1 AND canonical = ANY ($2::text[])`,
    [workspaceId, canonicals],
  );
  return new Map(rows.map(({ canonical, entry }) => [canonical, entry]));
}

/** Takes off the list what a row of the decision table put on it. @returns the keys of those */
export async function takeOff(
  sql: Sql,
  workspaceId: string,
  rule: HygieneRule,
  canonicals: readonly string[],
): Promise<string[]> {
  const rows = await sql.rows<{ canonical: string }>(
    `DELETE FROM suppressions WHERE workspace_id = $1 AND rule = $2 AND canonical = ANY ($3::text[]) RETURNING canonical`,
    [workspaceId, rule, canonicals],
  );
  return rows.map(({ canonical }) => canonical);
}

/** Puts entries back as {@link findEntries} gave them; what stands there meanwhile stays. */
export async function putBack(sql: Sql, workspaceId: string, entries: readonly StoredEntry[]): Promise<void> {
  await sql.run(
    `INSERT INTO suppressions (workspace_id, canonical, reason, note, detail, campaign_id, inbound_message_id, created_at,
       expires_at, rule)
     SELECT $1, e.canonical, e.reason, e.note, e.detail, e.campaign_id, e.inbound_message_id, e.created_at, e.expires_at,
       e.rule
     FROM jsonb_populate_recordset(NULL::suppressions, $2::jsonb) e
     ON CONFLICT (workspace_id, canonical) DO NOTHING`,
    [workspaceId, JSON.stringify(entries)],
  );
}
