import type { z } from 'zod';
import { TIMELINE_KINDS } from '#contracts';
import type { Page, TimelineEntry, TimelineKind } from '#contracts';
import { toPage } from '#platform/database';
import type { Sql } from '#platform/database';
import { decodeInstantCursor } from './page-key.js';

interface EntryRow {
  key: string;
  at: Date;
  instant: string;
  type: string;
  campaignId: string | null;
  campaignName: string | null;
  listName: string | null;
  detail: string;
  inboundMessageId: string | null;
  purchase: z.infer<typeof TimelineEntry>['purchase'];
}

/**
 * What makes up a history, all of contact $2: what others did and sent back (feedback's events), what became of each
 * message (the ledger), which lists were joined and left, what was bought, and the contact's own beginning. `key` tells
 * the entries of one instant apart, the beginning before all others. Who leaves by a campaign has an event of that.
 * Indexes events_contact, campaign_recipients_contact, list_members_contact, purchases_contact.
 */
const HISTORY = `
  SELECT id * 8 AS key, at, type, campaign_id, list_id, detail, inbound_message_id,
    NULL::jsonb AS purchase FROM events
  WHERE workspace_id = $1 AND contact_id = $2
  UNION ALL
  SELECT campaign_id * 8 + 1, coalesce(accepted_at, finished_at), status, campaign_id, NULL, '', NULL, NULL
  FROM campaign_recipients WHERE workspace_id = $1 AND contact_id = $2
    AND status IN ('accepted', 'expired', 'uncertain') AND coalesce(accepted_at, finished_at) IS NOT NULL
  UNION ALL
  SELECT list_id * 8 + 2, created_at, CASE WHEN import_id IS NULL THEN 'subscribed' ELSE 'imported' END, NULL, list_id,
    coalesce(consent->>'source', ''), NULL, NULL
  FROM list_members WHERE workspace_id = $1 AND contact_id = $2
    AND (status = 'subscribed' OR status = 'unsubscribed' AND unsubscribed_at > created_at)
  UNION ALL
  SELECT list_id * 8 + 3, unsubscribed_at, 'unsubscribed', NULL, list_id, '', NULL, NULL
  FROM list_members WHERE workspace_id = $1 AND contact_id = $2
    AND status = 'unsubscribed' AND unsubscribed_source NOT LIKE '%:campaign:%'
  UNION ALL
  SELECT id * 8 + 4, bought_at, 'bought', NULL, NULL, '', NULL,
    jsonb_build_object('orderId', order_id, 'amount', amount::text, 'currency', currency)
  FROM purchases WHERE workspace_id = $1 AND contact_id = $2
  UNION ALL
  SELECT 0, created_at, 'created', NULL, NULL, '', NULL, NULL FROM contacts WHERE workspace_id = $1 AND id = $2`;

/** A contact's history, or one kind of it, newest first. */
export async function readTimeline(
  sql: Sql,
  workspaceId: string,
  contactId: string,
  query: { cursor?: string | undefined; limit: number; kind?: TimelineKind | undefined },
): Promise<Page<z.infer<typeof TimelineEntry>>> {
  const after = decodeInstantCursor(query.cursor);
  // A contact has hundreds of entries, so they are sorted after reading.
  const rows = await sql.rows<EntryRow>(
    `SELECT h.key, h.at, to_char(h.at AT TIME ZONE 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS.US"Z"') AS instant, h.type,
       h.campaign_id AS "campaignId", k.name AS "campaignName", l.name AS "listName", h.detail,
       h.inbound_message_id AS "inboundMessageId", h.purchase
     FROM (${HISTORY}) h
     LEFT JOIN campaigns k ON k.id = h.campaign_id AND k.workspace_id = $1
     LEFT JOIN lists l ON l.id = h.list_id AND l.workspace_id = $1
     WHERE ($6::text[] IS NULL OR h.type = ANY ($6))
       AND ($3::timestamptz IS NULL OR (h.at, h.key) < ($3::timestamptz, $4::bigint))
     ORDER BY h.at DESC, h.key DESC LIMIT $5`,
    [
      ...[workspaceId, contactId, after?.at ?? null, after?.id ?? null, query.limit + 1],
      query.kind ? TIMELINE_KINDS[query.kind] : null,
    ],
  );
  return toPage(
    rows,
    query.limit,
    (row) => [row.instant, row.key],
    ({ key: _, instant: __, at, ...row }) => ({ at: at.toISOString(), ...row }),
  );
}
