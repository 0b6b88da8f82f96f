import type { Sql } from '#platform/database';

export interface TagRow {
  id: string;
  name: string;
  contacts: number;
}

/** A page by name. The count per tag goes through the gin index on contacts.tags. */
export function findTags(
  sql: Sql,
  workspaceId: string,
  page: { after: string | null; limit: number; q: string | null },
): Promise<TagRow[]> {
  return sql.rows(
    `SELECT t.id, t.name, (SELECT count(*)::int FROM contacts c WHERE c.workspace_id = $1 AND c.tags @> ARRAY[t.name]) AS contacts
     FROM (SELECT id, name FROM tags
           WHERE workspace_id = $1 AND ($2::text IS NULL OR name > $2) AND ($3::text IS NULL OR lower(name) LIKE $3)
           ORDER BY name LIMIT $4) t
     ORDER BY t.name`,
    [workspaceId, page.after, page.q, page.limit + 1],
  );
}

export function countTags(sql: Sql, workspaceId: string, q: string | null): Promise<{ n: number } | undefined> {
  return sql.first(
    'SELECT count(*)::int AS n FROM tags WHERE workspace_id = $1 AND ($2::text IS NULL OR lower(name) LIKE $2)',
    [workspaceId, q],
  );
}

export function findTag(sql: Sql, workspaceId: string, id: string): Promise<TagRow | undefined> {
  return sql.first(
    `SELECT id, name, (SELECT count(*)::int FROM contacts c WHERE c.workspace_id = $1 AND c.tags @> ARRAY[t.name]) AS contacts
     FROM tags t WHERE workspace_id = $1 AND id = $2`,
    [workspaceId, id],
  );
}

/** Undefined when the name is taken. */
export function insertTag(sql: Sql, workspaceId: string, name: string): Promise<{ id: string } | undefined> {
  return sql.first(
    'INSERT INTO tags (workspace_id, name) VALUES ($1, $2) ON CONFLICT (workspace_id, name) DO NOTHING RETURNING id',
    [workspaceId, name],
  );
}

/** Makes sure that every tag a contact carries is in the list of tags. */
export async function registerTags(sql: Sql, workspaceId: string, names: readonly string[]): Promise<void> {
  if (names.length === 0) return;
  // Sorted, so that two writers take the rows in one order.
  await sql.run(
    `INSERT INTO tags (workspace_id, name) SELECT $1, name FROM unnest($2::text[]) name ORDER BY name
     ON CONFLICT (workspace_id, name) DO NOTHING`,
    [workspaceId, [...new Set(names)]],
  );
}

/** Renames a tag on every contact that has it; false when the new name is taken. */
export async function renameTag(sql: Sql, workspaceId: string, tag: TagRow, name: string): Promise<boolean> {
  const free = await sql.run(
    `UPDATE tags SET name = $3 WHERE workspace_id = $1 AND id = $2
     AND NOT EXISTS (SELECT 1 FROM tags WHERE workspace_id = $1 AND name = $3 AND id <> $2)`,
    [workspaceId, tag.id, name],
  );
  if (free === 0) return false;
  await sql.run(
    `UPDATE contacts SET tags = array_replace(tags, $2, $3), version = version + 1, updated_at = now()
     WHERE workspace_id = $1 AND tags @> ARRAY[$2::text]`,
    [workspaceId, tag.name, name],
  );
  return true;
}

/** Deletes a tag and takes it off every contact. */
export async function deleteTag(sql: Sql, workspaceId: string, tag: TagRow): Promise<void> {
  await sql.run('DELETE FROM tags WHERE workspace_id = $1 AND id = $2', [workspaceId, tag.id]);
  await sql.run(
    `UPDATE contacts SET tags = array_remove(tags, $2), version = version + 1, updated_at = now()
     WHERE workspace_id = $1 AND tags @> ARRAY[$2::text]`,
    [workspaceId, tag.name],
  );
}
