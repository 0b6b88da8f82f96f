import type { ContentBody } from '#contracts';
import type { Sql } from '#platform/database';

/** A row of `templates`. */
export interface TemplateRow {
  id: string;
  version: number;
  name: string;
  content: ContentBody;
  starter: string | null;
  createdAt: Date;
  updatedAt: Date;
}

const COLUMNS = `id, version, name, content, starter, created_at AS "createdAt", updated_at AS "updatedAt"`;

export function findTemplate(sql: Sql, workspaceId: string, id: string): Promise<TemplateRow | undefined> {
  return sql.first(`SELECT ${COLUMNS} FROM templates WHERE workspace_id = $1 AND id = $2`, [workspaceId, id]);
}

/** The content of a template, to be copied into a campaign. */
export async function findTemplateContent(sql: Sql, workspaceId: string, id: string): Promise<ContentBody | undefined> {
  return (await findTemplate(sql, workspaceId, id))?.content;
}

/** Newest first; one row more than `limit` tells that there is a further page. */
export function listTemplates(
  sql: Sql,
  workspaceId: string,
  filter: { q: string | null; before: string | null; limit: number },
): Promise<TemplateRow[]> {
  return sql.rows(
    `SELECT ${COLUMNS} FROM templates
     WHERE workspace_id = $1 AND ($2::bigint IS NULL OR id < $2)
       AND ($3::text IS NULL OR position(lower($3) IN lower(name || ' ' || (content->>'subject'))) > 0)
     ORDER BY id DESC LIMIT $4`,
    [workspaceId, filter.before, filter.q, filter.limit + 1],
  );
}

export async function countTemplates(sql: Sql, workspaceId: string): Promise<number> {
  const row = await sql.first<{ n: number }>('SELECT count(*)::int AS n FROM templates WHERE workspace_id = $1', [
    workspaceId,
  ]);
  return row?.n ?? 0;
}

export async function insertTemplate(
  sql: Sql,
  workspaceId: string,
  template: Pick<TemplateRow, 'name' | 'content' | 'starter'>,
): Promise<TemplateRow> {
  const row = await sql.first<TemplateRow>(
    `INSERT INTO templates (workspace_id, name, content, starter) VALUES ($1, $2, $3, $4) RETURNING ${COLUMNS}`,
    [workspaceId, template.name, JSON.stringify(template.content), template.starter],
  );
  if (!row) throw new Error('the template was not inserted');
  return row;
}

/** @returns undefined when somebody else has changed it since `version` */
export function updateTemplate(
  sql: Sql,
  workspaceId: string,
  id: string,
  version: number,
  template: Pick<TemplateRow, 'name' | 'content'>,
): Promise<TemplateRow | undefined> {
  return sql.first(
    `UPDATE templates SET name = $4, content = $5, version = version + 1, updated_at = now()
     WHERE workspace_id = $1 AND id = $2 AND version = $3 RETURNING ${COLUMNS}`,
    [workspaceId, id, version, template.name, JSON.stringify(template.content)],
  );
}

export function deleteTemplate(sql: Sql, workspaceId: string, id: string): Promise<number> {
  return sql.run('DELETE FROM templates WHERE workspace_id = $1 AND id = $2', [workspaceId, id]);
}
