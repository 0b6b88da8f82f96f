import type { ContentBody } from '#contracts';
import type { Sql } from '#platform/database';

/** The content of a template, to be copied into a campaign. */
export async function findTemplateContent(sql: Sql, workspaceId: string, id: string): Promise<ContentBody | undefined> {
  const row = await sql.first<{ content: ContentBody }>(
    'SELECT content FROM templates WHERE workspace_id = $1 AND id = $2',
    [workspaceId, id],
  );
  return row?.content;
}
