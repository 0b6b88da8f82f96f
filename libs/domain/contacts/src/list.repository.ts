import type { z } from 'zod';
import type { ListBody } from '#contracts';
import type { Sql } from '#platform/database';

export interface ListRow {
  id: string;
  version: number;
  name: string;
  description: string;
  optIn: 'single' | 'double';
  public: boolean;
  createdAt: Date;
  subscribed: number;
  pending: number;
  unsubscribed: number;
}
const COLUMNS = 'l.id, l.version, l.name, l.description, l.opt_in AS "optIn", l.public, l.created_at AS "createdAt"';
const COUNTED = `
  ${COLUMNS}, coalesce(n.subscribed, 0) AS subscribed, coalesce(n.pending, 0) AS pending,
  coalesce(n.unsubscribed, 0) AS unsubscribed`;
const COUNTS = `
  LEFT JOIN LATERAL (
    SELECT count(*) FILTER (WHERE m.status = 'subscribed')::int AS subscribed,
           count(*) FILTER (WHERE m.status = 'pending')::int AS pending,
           count(*) FILTER (WHERE m.status = 'unsubscribed')::int AS unsubscribed
    FROM list_members m WHERE m.list_id = l.id
  ) n ON true`;

/** A page, newest first. */
export function findLists(
  sql: Sql,
  workspaceId: string,
  page: { before: string | null; limit: number; q: string | null },
): Promise<ListRow[]> {
  return sql.rows(
    `SELECT ${COUNTED} FROM (
       SELECT * FROM lists
       WHERE workspace_id = $1 AND ($2::bigint IS NULL OR id < $2) AND ($3::text IS NULL OR lower(name) LIKE $3)
       ORDER BY id DESC LIMIT $4
     ) l ${COUNTS} ORDER BY l.id DESC`,
    [workspaceId, page.before, page.q, page.limit + 1],
  );
}

/** The ids that {@link findLists} brings, without its counts. */
export async function findListIds(
  sql: Sql,
  workspaceId: string,
  page: { before: string | null; limit: number; q: string | null },
): Promise<string[]> {
  const rows = await sql.rows<{ id: string }>(
    `SELECT id FROM lists
     WHERE workspace_id = $1 AND ($2::bigint IS NULL OR id < $2) AND ($3::text IS NULL OR lower(name) LIKE $3)
     ORDER BY id DESC LIMIT $4`,
    [workspaceId, page.before, page.q, page.limit],
  );
  return rows.map(({ id }) => id);
}

export function countLists(sql: Sql, workspaceId: string, q: string | null): Promise<{ n: number } | undefined> {
  return sql.first(
    'SELECT count(*)::int AS n FROM lists WHERE workspace_id = $1 AND ($2::text IS NULL OR lower(name) LIKE $2)',
    [workspaceId, q],
  );
}

export function findList(sql: Sql, workspaceId: string, id: string): Promise<ListRow | undefined> {
  return sql.first(`SELECT ${COUNTED} FROM lists l ${COUNTS} WHERE l.workspace_id = $1 AND l.id = $2`, [
    workspaceId,
    id,
  ]);
}

/**
 * Which of the ids are lists of the workspace, with what memberships need to know; no counts. In a transaction they
 * can't be deleted until it ends.
 */
export function findListRefs(
  sql: Sql,
  workspaceId: string,
  ids: readonly string[],
): Promise<Array<{ id: string; name: string; optIn: 'single' | 'double' }>> {
  return sql.rows(
    'SELECT id, name, opt_in AS "optIn" FROM lists WHERE workspace_id = $1 AND id = ANY($2::bigint[]) FOR KEY SHARE',
    [workspaceId, ids],
  );
}

export function insertList(sql: Sql, workspaceId: string, list: z.infer<typeof ListBody>) {
  return sql.first<{ id: string }>(
    'INSERT INTO lists (workspace_id, name, description, opt_in, public) VALUES ($1, $2, $3, $4, $5) RETURNING id',
    [workspaceId, list.name, list.description, list.optIn, list.public],
  );
}

/** False when the version is not the present one. */
export async function updateList(
  sql: Sql,
  workspaceId: string,
  id: string,
  version: number,
  list: z.infer<typeof ListBody>,
): Promise<boolean> {
  const changed = await sql.run(
    `UPDATE lists SET name = $4, description = $5, opt_in = $6, public = $7, version = version + 1
     WHERE workspace_id = $1 AND id = $2 AND version = $3`,
    [workspaceId, id, version, list.name, list.description, list.optIn, list.public],
  );
  return changed > 0;
}

/**
 * Who came to lists and who left them, by day of the workspace, oldest first, with the days on which nobody did.
 * @param days how many, today among them
 */
export function findGrowth(
  sql: Sql,
  workspaceId: string,
  ids: readonly string[],
  days: number,
): Promise<{ list: string; day: string; joined: number; left: number }[]> {
  return sql.rows(
    `WITH span AS (SELECT timezone AS zone, (now() AT TIME ZONE timezone)::date AS today FROM workspaces WHERE id = $1),
       begin AS (SELECT (today - ($3::int - 1))::timestamp AT TIME ZONE zone AS at FROM span),
       -- By quarters of an hour first, of which every day of every zone has whole ones: that is quick for a million.
       moved AS (
         SELECT m.list_id, date_bin('15 minutes', m.created_at, 'epoch') AS at, count(*) AS joined, 0 AS gone
         FROM list_members m
         WHERE m.list_id = ANY ($2::bigint[]) AND m.created_at >= (SELECT at FROM begin)
           AND (m.status = 'subscribed' OR m.status = 'unsubscribed' AND m.unsubscribed_at > m.created_at)
         GROUP BY 1, 2
         UNION ALL
         SELECT m.list_id, date_bin('15 minutes', m.unsubscribed_at, 'epoch'), 0, count(*) FROM list_members m
         WHERE m.list_id = ANY ($2::bigint[]) AND m.unsubscribed_at >= (SELECT at FROM begin)
           AND m.status = 'unsubscribed' AND m.unsubscribed_at > m.created_at
         GROUP BY 1, 2
       ),
       counted AS (
         SELECT list_id, (at AT TIME ZONE zone)::date AS day, sum(joined)::int AS joined, sum(gone)::int AS "left"
         FROM moved, span GROUP BY 1, 2
       )
     SELECT l.id AS list, to_char(d, 'YYYY-MM-DD') AS day, coalesce(c.joined, 0) AS joined, coalesce(c."left", 0) AS "left"
     FROM span CROSS JOIN lists l
     CROSS JOIN generate_series((today - ($3::int - 1))::timestamp, today::timestamp, interval '1 day') d
     LEFT JOIN counted c ON c.day = d::date AND c.list_id = l.id
     WHERE l.workspace_id = $1 AND l.id = ANY ($2::bigint[]) ORDER BY l.id, d`,
    [workspaceId, ids, days],
  );
}

/** Takes the list for the rest of the transaction: nothing can come to use it. False when there is none. */
export async function lockList(sql: Sql, workspaceId: string, id: string): Promise<boolean> {
  const row = await sql.first('SELECT 1 FROM lists WHERE workspace_id = $1 AND id = $2 FOR UPDATE', [workspaceId, id]);
  return row !== undefined;
}

/** Names of campaigns on their way that are sent to this list, leave out who is on it, or have a segment that names it. */
export async function campaignsUsingList(sql: Sql, workspaceId: string, id: string): Promise<string[]> {
  const rows = await sql.rows<{ name: string }>(
    `SELECT name FROM campaigns
      WHERE workspace_id = $1 AND status IN ('scheduled', 'sending', 'paused')
        AND (audience->'lists' ? $2 OR audience->'excludeLists' ? $2 OR frozen_segments->'lists' ? $2)
      ORDER BY id LIMIT 5`,
    [workspaceId, id],
  );
  return rows.map(({ name }) => name);
}

/** Memberships and the history of imports go with the list; contacts stay. */
export function deleteList(sql: Sql, workspaceId: string, id: string): Promise<number> {
  return sql.run('DELETE FROM lists WHERE workspace_id = $1 AND id = $2', [workspaceId, id]);
}
