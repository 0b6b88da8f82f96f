import type { z } from 'zod';
import type { FieldUsage } from '#contracts';
import type { Sql } from '#platform/database';

type Use = z.infer<typeof FieldUsage>['uses'][number];

const SHOWN = 20;
const OPEN = `'draft', 'scheduled', 'sending', 'paused'`;

/**
 * What names each field of a workspace: rules of segments, content of templates, of campaigns that can still be
 * sent and of the variants of their tests, saved blocks and forms. Every text is read once, however many fields there are.
 */
export async function findFieldUsage(sql: Sql, workspaceId: string): Promise<z.infer<typeof FieldUsage>[]> {
  const rows = await sql.rows<{ field: string; total: number; uses: Use[] }>(
    `WITH named AS (
       SELECT 'segment' AS kind, s.id, s.name, k.key FROM segments s,
         LATERAL (SELECT jsonb_path_query(s.rule, '$.** ? (@.kind == "field").key') #>> '{}' AS key) k
       WHERE s.workspace_id = $1 AND s.deleted_at IS NULL
       UNION SELECT 'template', t.id, t.name, m.found[1] FROM templates t, ${variablesIn('t.content')} m
       WHERE t.workspace_id = $1
       UNION SELECT 'campaign', c.id, c.name, m.found[1] FROM campaigns c, ${variablesIn('c.content')} m
       WHERE c.workspace_id = $1 AND c.status IN (${OPEN})
       UNION SELECT 'campaign', c.id, c.name, m.found[1]
       FROM campaigns c JOIN ab_tests b ON b.campaign_id = c.id, ${variablesIn('b.variants')} m
       WHERE c.workspace_id = $1 AND c.status IN (${OPEN})
       UNION SELECT 'saved_block', b.id, b.name, m.found[1] FROM saved_blocks b, ${variablesIn('b.content')} m
       WHERE b.workspace_id = $1
       UNION SELECT 'form', f.id, f.name, substr(x.key, 7) FROM forms f, jsonb_to_recordset(f.fields) AS x (key text)
       WHERE f.workspace_id = $1 AND x.key LIKE 'field:%'
     ),
     numbered AS (
       SELECT d.id AS field, n.kind, n.id, n.name,
         row_number() OVER (PARTITION BY d.id ORDER BY n.kind DESC, n.id DESC) AS place
       FROM contact_fields d JOIN named n ON n.key = d.key WHERE d.workspace_id = $1
     )
     SELECT field, count(*)::int AS total,
       jsonb_agg(jsonb_build_object('kind', kind, 'id', id::text, 'name', name) ORDER BY place)
         FILTER (WHERE place <= ${SHOWN}) AS uses
     FROM numbered GROUP BY field ORDER BY field`,
    [workspaceId],
  );
  return rows;
}

/** In SQL: `fields.<key>` wherever a content says it, in its text, its tags and the conditions of its blocks. */
function variablesIn(content: string): string {
  return `LATERAL (SELECT regexp_matches(${content}::text, '\\mfields\\.([a-z][a-z0-9_]{0,39})', 'g') AS found)`;
}
