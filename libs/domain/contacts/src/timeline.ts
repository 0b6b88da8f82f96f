import type { z } from 'zod';
import { TIMELINE_KINDS } from '#contracts';
import type { Page, TimelineEntry, TimelineKind } from '#contracts';
import { toPage } from '#platform/database';
import type { Sql } from '#platform/database';
import { decodeInstantCursor } from './page-key.js';

interface EventRow {
  id: string;
  at: Date;
  key: string;
  type: string;
  campaignId: string | null;
  campaignName: string | null;
  listName: string | null;
  detail: string;
  inboundMessageId: string | null;
}

/** A contact's history, or one kind of it, newest first. Reads feedback's events; writes nothing. */
export async function readTimeline(
  sql: Sql,
  workspaceId: string,
  contactId: string,
  query: { cursor?: string | undefined; limit: number; kind?: TimelineKind | undefined },
): Promise<Page<z.infer<typeof TimelineEntry>>> {
  const after = decodeInstantCursor(query.cursor);
  // Index events_contact; a contact has hundreds of events, so they are sorted after reading.
  const rows = await sql.rows<EventRow>(
    `SELECT e.id, e.at, to_char(e.at AT TIME ZONE 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS.US"Z"') AS key, e.type,
       e.campaign_id AS "campaignId", k.name AS "campaignName", l.name AS "listName", e.detail,
       e.inbound_message_id AS "inboundMessageId"
     FROM events e
     LEFT JOIN campaigns k ON k.id = e.campaign_id AND k.workspace_id = $1
     LEFT JOIN lists l ON l.id = e.list_id AND l.workspace_id = $1
     WHERE e.workspace_id = $1 AND e.contact_id = $2
       AND ($6::text[] IS NULL OR e.type = ANY ($6))
       AND ($3::timestamptz IS NULL OR (e.at, e.id) < ($3::timestamptz, $4::bigint))
     ORDER BY e.at DESC, e.id DESC LIMIT $5`,
    [
      ...[workspaceId, contactId, after?.at ?? null, after?.id ?? null, query.limit + 1],
      query.kind ? TIMELINE_KINDS[query.kind] : null,
    ],
  );
  return toPage(
    rows,
    query.limit,
    (row) => [row.key, row.id],
    ({ id: _, key: __, at, ...row }) => ({ at: at.toISOString(), ...row }),
  );
}
