import type { z } from 'zod';
import type { Image, ImageUse } from '#contracts';
import type { Sql } from '#platform/database';

type Counts = z.infer<typeof Image>['uses'];

/** In SQL: the saved blocks that a content or the variants of a test refer to. */
const refersTo = (content: string) =>
  `jsonb_path_exists(${content}, '$.** ? (@.type == "reusable" && @.ref == $ref)', jsonb_build_object('ref', b.id::text))`;

/**
 * Rows of what shows the images whose public ids are `$2`, in the workspace `$1`. Of a campaign that has been started
 * counts what its mail was made of, so that a saved block that has changed since says nothing about it.
 * By the indexes `…_images`: with 5,000 sent campaigns of 20 kB a page of 50 images takes 30 ms, and 300 ms where one of
 * them stands in every mail and twenty in saved blocks.
 */
const USES = `
  WITH blocks AS (
    SELECT id, name, images FROM saved_blocks WHERE workspace_id = $1 AND images && $2::text[]
  ),
  held AS (
    SELECT 'saved_block' AS kind, id, images FROM blocks
    UNION ALL SELECT 'template', id, images FROM templates WHERE images && $2
    UNION ALL SELECT 'template', t.id, b.images FROM blocks b JOIN templates t ON ${refersTo('t.content')}
      WHERE t.workspace_id = $1
    UNION ALL SELECT 'campaign', id, images FROM campaigns WHERE images && $2
    UNION ALL SELECT 'campaign', campaign_id, images FROM ab_tests WHERE images && $2
    UNION ALL SELECT 'campaign', campaign_id, images FROM campaign_contents WHERE images && $2
    UNION ALL SELECT 'campaign', campaign_id, images FROM campaign_variants WHERE images && $2
    UNION ALL SELECT 'campaign', c.id, b.images FROM blocks b JOIN campaigns c ON ${refersTo('c.content')}
      WHERE c.workspace_id = $1 AND c.started_at IS NULL
    UNION ALL SELECT 'campaign', c.id, b.images
      FROM blocks b JOIN ab_tests a ON ${refersTo('a.variants')} JOIN campaigns c ON c.id = a.campaign_id
      WHERE c.workspace_id = $1 AND c.started_at IS NULL
  ),
  uses AS (
    SELECT DISTINCT h.kind, h.id, image, coalesce(t.name, b.name, c.name) AS name, c.status,
      c.started_at IS NOT NULL AS sent
    FROM held h CROSS JOIN unnest(h.images) AS image
    LEFT JOIN templates t ON h.kind = 'template' AND t.id = h.id AND t.workspace_id = $1
    LEFT JOIN blocks b ON h.kind = 'saved_block' AND b.id = h.id
    LEFT JOIN campaigns c ON h.kind = 'campaign' AND c.id = h.id AND c.workspace_id = $1
    WHERE image = ANY ($2) AND num_nonnulls(t.id, b.id, c.id) > 0
  )`;

/** How much shows each image, by public id. */
export async function countImageUses(
  sql: Sql,
  workspaceId: string,
  publicIds: readonly string[],
): Promise<(publicId: string) => Counts> {
  const rows = await sql.rows<Counts & { image: string }>(
    `${USES}
     SELECT image, count(*) FILTER (WHERE kind = 'template')::int AS templates,
       count(*) FILTER (WHERE kind = 'saved_block')::int AS "savedBlocks",
       count(*) FILTER (WHERE kind = 'campaign' AND NOT sent)::int AS unsent,
       count(*) FILTER (WHERE kind = 'campaign' AND sent)::int AS sent
     FROM uses GROUP BY image`,
    [workspaceId, publicIds],
  );
  const counts = new Map(rows.map(({ image, ...each }) => [image, each]));
  return (publicId) => counts.get(publicId) ?? { templates: 0, savedBlocks: 0, unsent: 0, sent: 0 };
}

export type ImageUseRow = z.infer<typeof ImageUse> & { place: number };

/**
 * What shows one image: what can still be mended first (saved blocks, templates, campaigns before their start), and
 * within that the newest. `place` and `id` of the last row are where the next page begins.
 */
export function findImageUses(
  sql: Sql,
  workspaceId: string,
  publicId: string,
  page: { after: { place: number; id: string } | null; limit: number },
): Promise<ImageUseRow[]> {
  return sql.rows<ImageUseRow>(
    `${USES},
     placed AS (
       SELECT *, CASE WHEN sent THEN 4 WHEN kind = 'campaign' THEN 3 WHEN kind = 'template' THEN 2 ELSE 1 END AS place
       FROM uses
     )
     SELECT kind, id, name, status, place FROM placed
     WHERE $3::int IS NULL OR place > $3 OR (place = $3 AND id < $4::bigint)
     ORDER BY place, id DESC LIMIT $5`,
    [workspaceId, [publicId], page.after?.place ?? null, page.after?.id ?? null, page.limit],
  );
}
