import type { CampaignStatus, SegmentRule } from '#contracts';
import type { Sql } from '#platform/database';

export interface SegmentRow {
  id: string;
  version: number;
  name: string;
  description: string;
  rule: SegmentRule;
  count: number | null;
  countedAt: Date | null;
  usedBy: number;
  createdAt: Date;
  updatedAt: Date;
}
/** What a person edits. */
export type SegmentDraft = Pick<SegmentRow, 'name' | 'description' | 'rule'>;

/** In SQL: whether a campaign `k` names the segment with this id, as audience or as exclusion. */
const names = (id: string) => `(k.audience->'segments' ? ${id} OR k.audience->'excludeSegments' ? ${id})`;
const COLUMNS = `s.id, s.version, s.name, s.description, s.rule, s.count, s.counted_at AS "countedAt",
  (SELECT count(*)::int FROM campaigns k
   WHERE k.workspace_id = s.workspace_id AND k.archived_at IS NULL AND ${names('s.id::text')}) AS "usedBy",
  s.created_at AS "createdAt", s.updated_at AS "updatedAt"`;

/** A page, newest first. */
export function findSegments(
  sql: Sql,
  workspaceId: string,
  page: { before: string | null; limit: number; q: string | null },
): Promise<SegmentRow[]> {
  return sql.rows(
    `SELECT ${COLUMNS} FROM segments s
     WHERE s.workspace_id = $1 AND s.deleted_at IS NULL AND ($2::bigint IS NULL OR s.id < $2)
       AND ($3::text IS NULL OR lower(s.name) LIKE $3)
     ORDER BY s.id DESC LIMIT $4`,
    [workspaceId, page.before, page.q, page.limit + 1],
  );
}

export async function countSegments(sql: Sql, workspaceId: string, q: string | null): Promise<number> {
  const row = await sql.first<{ n: number }>(
    `SELECT count(*)::int AS n FROM segments
     WHERE workspace_id = $1 AND deleted_at IS NULL AND ($2::text IS NULL OR lower(name) LIKE $2)`,
    [workspaceId, q],
  );
  return row?.n ?? 0;
}

export function findSegment(sql: Sql, workspaceId: string, id: string): Promise<SegmentRow | undefined> {
  return sql.first(
    `SELECT ${COLUMNS} FROM segments s WHERE s.workspace_id = $1 AND s.id = $2 AND s.deleted_at IS NULL`,
    [workspaceId, id],
  );
}

/** A segment as a campaign uses it. */
export interface NamedRule {
  id: string;
  name: string;
  rule: SegmentRule;
}

/**
 * Which of the ids are segments of the workspace, by id.
 * @param lock in a transaction: none of them can be deleted or changed until it ends
 */
export function findNamedRules(
  sql: Sql,
  workspaceId: string,
  ids: readonly string[],
  { lock = false } = {},
): Promise<NamedRule[]> {
  if (ids.length === 0) return Promise.resolve([]);
  return sql.rows(
    `SELECT id, name, rule FROM segments WHERE workspace_id = $1 AND id = ANY ($2::bigint[]) AND deleted_at IS NULL
     ORDER BY id${lock ? ' FOR SHARE' : ''}`,
    [workspaceId, ids],
  );
}

/** @throws a unique violation for a taken name */
export async function insertSegment(sql: Sql, workspaceId: string, draft: SegmentDraft): Promise<string> {
  const row = await sql.first<{ id: string }>(
    'INSERT INTO segments (workspace_id, name, description, rule) VALUES ($1, $2, $3, $4) RETURNING id',
    [workspaceId, draft.name, draft.description, JSON.stringify(draft.rule)],
  );
  if (!row) throw new Error('the segment was not inserted');
  return row.id;
}

/** The segment of this name and rule, made where it is not there. @throws a unique violation for a taken name */
export async function ensureSegment(sql: Sql, workspaceId: string, draft: SegmentDraft): Promise<string> {
  const known = await sql.first<{ id: string }>(
    'SELECT id FROM segments WHERE workspace_id = $1 AND name = $2 AND rule = $3::jsonb AND deleted_at IS NULL',
    [workspaceId, draft.name, JSON.stringify(draft.rule)],
  );
  return known?.id ?? insertSegment(sql, workspaceId, draft);
}

/** False when the version is not the present one. A changed rule has not been counted yet. */
export async function updateSegment(
  sql: Sql,
  workspaceId: string,
  id: string,
  version: number,
  draft: SegmentDraft,
): Promise<boolean> {
  const changed = await sql.run(
    `UPDATE segments SET name = $4, description = $5, rule = $6, version = version + 1, updated_at = now(),
       count = CASE WHEN rule = $6 THEN count END, counted_at = CASE WHEN rule = $6 THEN counted_at END
     WHERE workspace_id = $1 AND id = $2 AND version = $3 AND deleted_at IS NULL`,
    [workspaceId, id, version, draft.name, draft.description, JSON.stringify(draft.rule)],
  );
  return changed > 0;
}

/** A segment whose present rule has no number yet; undefined for every other. */
export function findUncounted(
  sql: Sql,
  id: string,
): Promise<(Pick<SegmentRow, 'version' | 'rule'> & { workspaceId: string }) | undefined> {
  return sql.first(
    `SELECT workspace_id AS "workspaceId", version, rule FROM segments
     WHERE id = $1 AND counted_at IS NULL AND deleted_at IS NULL`,
    [id],
  );
}

/** Ids of those without a number that somebody has made or changed since then, oldest first. */
export async function findUncountedSince(sql: Sql, since: Date): Promise<string[]> {
  const rows = await sql.rows<{ id: string }>(
    `SELECT id FROM segments WHERE counted_at IS NULL AND deleted_at IS NULL AND updated_at >= $1
     ORDER BY updated_at LIMIT 100`,
    [since],
  );
  return rows.map(({ id }) => id);
}

export function noteCount(sql: Sql, id: string, version: number, count: number, at: Date): Promise<number> {
  return sql.run('UPDATE segments SET count = $3, counted_at = $4 WHERE id = $1 AND version = $2', [
    id,
    version,
    count,
    at,
  ]);
}

/** Takes the segment for the rest of the transaction: nothing can come to use it. False when there is none. */
export async function lockSegment(sql: Sql, workspaceId: string, id: string): Promise<boolean> {
  const row = await sql.first(
    'SELECT 1 FROM segments WHERE workspace_id = $1 AND id = $2 AND deleted_at IS NULL FOR UPDATE',
    [workspaceId, id],
  );
  return row !== undefined;
}

export function markDeleted(sql: Sql, id: string): Promise<number> {
  return sql.run('UPDATE segments SET deleted_at = now() WHERE id = $1', [id]);
}

/** @throws a unique violation when the name has been taken meanwhile */
export async function putBack(sql: Sql, workspaceId: string, id: string): Promise<boolean> {
  const changed = await sql.run(
    'UPDATE segments SET deleted_at = NULL WHERE workspace_id = $1 AND id = $2 AND deleted_at IS NOT NULL',
    [workspaceId, id],
  );
  return changed > 0;
}

export interface UseRow {
  id: string;
  name: string;
  status: CampaignStatus;
  as: 'audience' | 'exclusion';
}

/** Campaigns of a workspace ($1) that name a segment ($2), or only those that are not over ($3). */
const USES = `k.workspace_id = $1 AND k.archived_at IS NULL AND ${names('$2')}
  AND (NOT $3::boolean OR k.status IN ('draft', 'scheduled', 'sending', 'paused'))`;

/** Campaigns that name it, newest first; archived ones left out. */
export function findUses(
  sql: Sql,
  workspaceId: string,
  id: string,
  page: { before: string | null; limit: number; active?: boolean },
): Promise<UseRow[]> {
  return sql.rows(
    `SELECT k.id, k.name, k.status, CASE WHEN k.audience->'segments' ? $2 THEN 'audience' ELSE 'exclusion' END AS "as"
     FROM campaigns k WHERE ${USES} AND ($4::bigint IS NULL OR k.id < $4) ORDER BY k.id DESC LIMIT $5`,
    [workspaceId, id, page.active ?? false, page.before, page.limit + 1],
  );
}

/** How many those are in all. */
export async function countUses(sql: Sql, workspaceId: string, id: string, active: boolean): Promise<number> {
  const row = await sql.first<{ count: number }>(`SELECT count(*)::int AS count FROM campaigns k WHERE ${USES}`, [
    workspaceId,
    id,
    active,
  ]);
  return row?.count ?? 0;
}
