import type { ContentBody, SavedBlockContent } from '#contracts';
import type { Sql } from '#platform/database';
import type { ContentSource } from './content-worker.js';

/** Content ready to be compiled: with what its references to saved blocks stand for just now. */
export async function withSavedBlocks(sql: Sql, workspaceId: string, content: ContentBody): Promise<ContentSource> {
  const refs = referencesOf(content);
  if (refs.length === 0) return content;
  const rows = await sql.rows<{ id: string; content: SavedBlockContent }>(
    'SELECT id, content FROM saved_blocks WHERE workspace_id = $1 AND id = ANY ($2::bigint[])',
    [workspaceId, refs],
  );
  return { ...content, saved: Object.fromEntries(rows.map((row) => [row.id, row.content])) };
}

function referencesOf({ document }: ContentBody): string[] {
  const blocks = (document?.sections ?? []).flatMap(({ columns }) => columns.flatMap((column) => column.blocks));
  return [...new Set(blocks.flatMap((block) => (block.type === 'reusable' ? [block.ref] : [])))];
}
