import type { z } from 'zod';
import type { SavedView, SavedViewBody, UpdateSavedViewBody } from '#contracts';
import type { Sql, Transaction } from '#platform/database';

export type SavedViewRow = z.output<typeof SavedView>;
/** Whose views: of one person in one workspace. */
export interface ViewOwner {
  workspaceId: string;
  userId: string;
}

const COLUMNS = 'id, page, name, query, position';

/** All of somebody's, in the order of each page. */
export function listSavedViews(sql: Sql, { workspaceId, userId }: ViewOwner): Promise<SavedViewRow[]> {
  return sql.rows<SavedViewRow>(
    `SELECT ${COLUMNS} FROM saved_views WHERE workspace_id = $1 AND user_id = $2 ORDER BY page, position, id`,
    [workspaceId, userId],
  );
}

/** Makes whoever changes the views of a person wait until this transaction is over. */
export async function holdMember(tx: Transaction, { workspaceId, userId }: ViewOwner): Promise<void> {
  await tx.run('SELECT 1 FROM workspace_members WHERE workspace_id = $1 AND user_id = $2 FOR NO KEY UPDATE', [
    workspaceId,
    userId,
  ]);
}

/** @returns undefined where there are `max` already, or one has that name */
export function insertSavedView(
  sql: Sql,
  { workspaceId, userId }: ViewOwner,
  { page, name, query, position }: z.output<typeof SavedViewBody>,
  max: number,
): Promise<SavedViewRow | undefined> {
  return sql.first<SavedViewRow>(
    `INSERT INTO saved_views (workspace_id, user_id, page, name, query, position)
     SELECT $1, $2, $3, $4, $5, coalesce($6, max(position) + 1, 0)
       FROM saved_views WHERE workspace_id = $1 AND user_id = $2 AND page = $3 HAVING count(*) < $7
     ON CONFLICT DO NOTHING RETURNING ${COLUMNS}`,
    [workspaceId, userId, page, name, query, position ?? null, max],
  );
}

/** Whether there is one of that name on the page, other than the one with the id. */
export async function hasSavedView(
  sql: Sql,
  { workspaceId, userId }: ViewOwner,
  { page, name, except }: { page: string; name: string; except: string | null },
): Promise<boolean> {
  const found = await sql.first(
    `SELECT 1 FROM saved_views WHERE workspace_id = $1 AND user_id = $2 AND page = $3 AND name = $4
        AND id IS DISTINCT FROM $5::bigint`,
    [workspaceId, userId, page, name, except],
  );
  return found !== undefined;
}

export function findSavedView(
  sql: Sql,
  { workspaceId, userId }: ViewOwner,
  id: string,
): Promise<SavedViewRow | undefined> {
  return sql.first<SavedViewRow>(
    `SELECT ${COLUMNS} FROM saved_views WHERE workspace_id = $1 AND user_id = $2 AND id = $3`,
    [workspaceId, userId, id],
  );
}

export async function updateSavedView(
  sql: Sql,
  id: string,
  { name, query }: z.output<typeof UpdateSavedViewBody>,
): Promise<SavedViewRow> {
  const row = await sql.first<SavedViewRow>(
    `UPDATE saved_views SET name = coalesce($2, name), query = coalesce($3, query) WHERE id = $1 RETURNING ${COLUMNS}`,
    [id, name ?? null, query ?? null],
  );
  return row!;
}

export function deleteSavedView(sql: Sql, { workspaceId, userId }: ViewOwner, id: string): Promise<number> {
  return sql.run('DELETE FROM saved_views WHERE workspace_id = $1 AND user_id = $2 AND id = $3', [
    workspaceId,
    userId,
    id,
  ]);
}
