import type { z } from 'zod';
import type { Activity, ActivityQuery, Page } from '#contracts';
import { toPage } from '#platform/database';
import type { Sql } from '#platform/database';
import { decodeInstantCursor } from '#domain/contacts';
import { actorLabel } from '#domain/workspaces';
import type { RequestContext } from '#domain/workspaces';

type View = z.infer<typeof Activity>;
type Row = Omit<View, 'at'> & { at: Date; key: string };

const TYPES: readonly View['type'][] = ['opened', 'clicked', 'replied'];

/**
 * What recipients of campaigns do, newest first, without machines. *Mine* are campaigns that the asking person (or key)
 * made or started, as the audit log tells.
 *
 * Index: events_workspace (workspace_id, at), from the newest on; audit_log_workspace.
 */
export async function readActivity(
  sql: Sql,
  ctx: RequestContext,
  query: z.infer<typeof ActivityQuery>,
): Promise<Page<View>> {
  const after = decodeInstantCursor(query.cursor);
  const rows = await sql.rows<Row>(
    {
      name: 'activity',
      text: `SELECT e.id, e.at, to_char(e.at AT TIME ZONE 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS.US"Z"') AS key, e.type,
        c.id AS "contactId", coalesce(c.email, '') AS email, coalesce(c.name, '') AS name,
        k.id AS "campaignId", k.name AS "campaignName", s.links->e.link->>'url' AS url
      FROM events e JOIN campaigns k ON k.id = e.campaign_id
      LEFT JOIN contacts c ON c.id = e.contact_id LEFT JOIN campaign_contents s ON s.campaign_id = e.campaign_id
      WHERE e.workspace_id = $1 AND e.type = ANY ($2::text[]) AND e.human IS NOT FALSE
        AND ($3::timestamptz IS NULL OR (e.at, e.id) < ($3::timestamptz, $4::bigint))
        AND ($5::text IS NULL OR k.id IN (
          SELECT substr(a.subject, 10)::bigint FROM audit_log a WHERE a.workspace_id = $1 AND a.actor = $5
            AND a.action IN ('campaign.created', 'campaign.started') AND a.subject LIKE 'campaign:%'))
      ORDER BY e.at DESC, e.id DESC LIMIT $6`,
    },
    [
      ctx.workspaceId,
      query.type ? [query.type] : TYPES,
      after?.at ?? null,
      after?.id ?? null,
      query.mine ? actorLabel(ctx.actor) : null,
      query.limit + 1,
    ],
  );
  return toPage(
    rows,
    query.limit,
    (row) => [row.key, row.id],
    ({ key: _, at, ...row }) => ({ ...row, at: at.toISOString() }),
  );
}
