import type { ContentBody } from '#contracts';
import type { Sql } from '#platform/database';

/** A row of `templates`. */
export interface TemplateRow {
  id: string;
  version: number;
  name: string;
  category: string;
  content: ContentBody;
  starter: string | null;
  createdAt: Date;
  updatedAt: Date;
}

const COLUMNS = `id, version, name, category, content, starter, created_at AS "createdAt", updated_at AS "updatedAt"`;

export function findTemplate(sql: Sql, workspaceId: string, id: string): Promise<TemplateRow | undefined> {
  return sql.first(`SELECT ${COLUMNS} FROM templates WHERE workspace_id = $1 AND id = $2`, [workspaceId, id]);
}

/** The content of a template, to be copied into a campaign. */
export async function findTemplateContent(sql: Sql, workspaceId: string, id: string): Promise<ContentBody | undefined> {
  return (await findTemplate(sql, workspaceId, id))?.content;
}

/** What narrows a list of templates. */
export interface TemplateFilter {
  q: string | null;
  category: string | null;
}
const MATCHES = `($2::text IS NULL OR position(lower($2) IN lower(name || ' ' || (content->>'subject'))) > 0)
  AND ($3::text IS NULL OR category = $3)`;

/** A template and how many campaigns began with it. */
export type ListedTemplate = TemplateRow & { campaigns: number };

/** Newest first; one row more than `limit` tells that there is a further page. */
export function listTemplates(
  sql: Sql,
  workspaceId: string,
  { q, category, before, limit }: TemplateFilter & { before: string | null; limit: number },
): Promise<ListedTemplate[]> {
  return sql.rows(
    `SELECT ${COLUMNS}, (SELECT count(*)::int FROM campaigns WHERE template_id = templates.id) AS campaigns
     FROM templates WHERE workspace_id = $1 AND ${MATCHES} AND ($4::bigint IS NULL OR id < $4)
     ORDER BY id DESC LIMIT $5`,
    [workspaceId, q, category, before, limit + 1],
  );
}

export async function countTemplates(sql: Sql, workspaceId: string, { q, category }: TemplateFilter): Promise<number> {
  const row = await sql.first<{ n: number }>(
    `SELECT count(*)::int AS n FROM templates WHERE workspace_id = $1 AND ${MATCHES}`,
    [workspaceId, q, category],
  );
  return row?.n ?? 0;
}

/** The categories in use, by name. */
export function findTemplateCategories(sql: Sql, workspaceId: string): Promise<{ name: string; templates: number }[]> {
  return sql.rows(
    `SELECT category AS name, count(*)::int AS templates FROM templates WHERE workspace_id = $1 AND category <> ''
     GROUP BY category ORDER BY lower(category), category`,
    [workspaceId],
  );
}

export async function insertTemplate(
  sql: Sql,
  workspaceId: string,
  template: Pick<TemplateRow, 'name' | 'category' | 'content' | 'starter'>,
): Promise<TemplateRow> {
  const row = await sql.first<TemplateRow>(
    `INSERT INTO templates (workspace_id, name, content, starter, category) VALUES ($1, $2, $3, $4, $5)
     RETURNING ${COLUMNS}`,
    [workspaceId, template.name, JSON.stringify(template.content), template.starter, template.category],
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
  template: Pick<TemplateRow, 'name' | 'category' | 'content'>,
): Promise<TemplateRow | undefined> {
  return sql.first(
    `UPDATE templates SET name = $4, content = $5, category = $6, version = version + 1, updated_at = now()
     WHERE workspace_id = $1 AND id = $2 AND version = $3 RETURNING ${COLUMNS}`,
    [workspaceId, id, version, template.name, JSON.stringify(template.content), template.category],
  );
}

export function deleteTemplate(sql: Sql, workspaceId: string, id: string): Promise<number> {
  return sql.run('DELETE FROM templates WHERE workspace_id = $1 AND id = $2', [workspaceId, id]);
}
