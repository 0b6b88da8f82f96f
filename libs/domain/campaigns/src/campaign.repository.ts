import type { z } from 'zod';
import type { Audience, CampaignStatus, ContentBody, StopReason, UncertainPolicy, Utm } from '#contracts';
import { notFound } from '#contracts';
import type { Sql } from '#platform/database';
import type { FrozenSegments } from './frozen-segments.js';

/** A row of `campaigns`. Ids are decimal strings. */
export interface CampaignRow {
  id: string;
  workspaceId: string;
  version: number;
  name: string;
  status: CampaignStatus;
  /** Why the system stopped it, or could not start it. */
  stopReasons: StopReason[];
  fromName: string;
  fromAddress: string;
  replyTo: string | null;
  content: ContentBody;
  /** The template it began with, while that is there. */
  templateId: string | null;
  audience: z.infer<typeof Audience>;
  smtpAccounts: string[];
  attachments: string[];
  trackOpens: boolean;
  trackClicks: boolean;
  utm: Utm;
  /** Asks the recipient's mail program for a read receipt (RFC 8098). */
  readReceipts: boolean;
  /** Asks the servers on the way to say that it arrived or is delayed (RFC 3461). */
  deliveryNotifications: boolean;
  uncertain: UncertainPolicy;
  deadlineHours: number;
  /** Recipients an hour at most; null: as fast as the accounts allow. */
  hourlyLimit: number | null;
  scheduledAt: Date | null;
  timezone: string | null;
  /** The time on each recipient's own clock, `YYYY-MM-DDTHH:mm:ss`; null: one time for all. */
  recipientTime: string | null;
  startedAt: Date | null;
  frozenAt: Date | null;
  maxContactId: string | null;
  /** What the start kept of its segments; null without. */
  frozenSegments: FrozenSegments | null;
  prepareCursor: string;
  preparedCount: number;
  excludedCount: number;
  preparedAt: Date | null;
  deadlineAt: Date | null;
  finishedAt: Date | null;
  testedAt: Date | null;
  archivedAt: Date | null;
  createdAt: Date;
  updatedAt: Date;
}

/** In SQL: the audience of a campaign, also where it was stored before there were segments. */
export const AUDIENCE = `'{"segments": [], "excludeSegments": []}'::jsonb || audience AS audience`;
const COLUMNS = `id, workspace_id AS "workspaceId", version, name, status, stop_reasons AS "stopReasons",
  from_name AS "fromName", from_address AS "fromAddress", reply_to AS "replyTo", content, template_id AS "templateId", ${AUDIENCE},
  smtp_accounts::text[] AS "smtpAccounts", attachments::text[] AS attachments, track_opens AS "trackOpens",
  track_clicks AS "trackClicks", utm, ask_read AS "readReceipts", ask_delivery AS "deliveryNotifications", uncertain, deadline_hours AS "deadlineHours",
  hourly_limit AS "hourlyLimit", scheduled_at AS "scheduledAt", timezone,
  recipient_time AS "recipientTime",
  started_at AS "startedAt", frozen_at AS "frozenAt", max_contact_id AS "maxContactId", frozen_segments AS "frozenSegments",
  prepare_cursor AS "prepareCursor", prepared_count AS "preparedCount", excluded_count AS "excludedCount",
  prepared_at AS "preparedAt", deadline_at AS "deadlineAt", finished_at AS "finishedAt", tested_at AS "testedAt",
  archived_at AS "archivedAt", created_at AS "createdAt", updated_at AS "updatedAt"`;

/** What a person edits; the rest of the row is the machine's. */
export type CampaignDraft = Pick<
  CampaignRow,
  | 'name'
  | 'fromName'
  | 'fromAddress'
  | 'replyTo'
  | 'content'
  | 'templateId'
  | 'audience'
  | 'smtpAccounts'
  | 'attachments'
  | 'trackOpens'
  | 'trackClicks'
  | 'utm'
  | 'readReceipts'
  | 'deliveryNotifications'
  | 'uncertain'
  | 'deadlineHours'
  | 'hourlyLimit'
>;

function draftValues(draft: CampaignDraft): unknown[] {
  return [
    draft.name,
    draft.fromName,
    draft.fromAddress,
    draft.replyTo,
    JSON.stringify(draft.content),
    JSON.stringify(draft.audience),
    draft.smtpAccounts,
    draft.attachments,
    draft.trackOpens,
    draft.trackClicks,
    draft.uncertain,
    draft.deadlineHours,
    draft.readReceipts,
    draft.deliveryNotifications,
    JSON.stringify(draft.utm),
    draft.hourlyLimit,
    draft.templateId,
  ];
}

export function insertCampaign(sql: Sql, workspaceId: string, draft: CampaignDraft): Promise<CampaignRow | undefined> {
  return sql.first(
    `INSERT INTO campaigns (workspace_id, name, from_name, from_address, reply_to, content, audience, smtp_accounts,
       attachments, track_opens, track_clicks, uncertain, deadline_hours, ask_read, ask_delivery, utm, hourly_limit,
       template_id)
     VALUES ($1, $2, $3, $4, $5, $6, $7, $8::bigint[], $9::bigint[], $10, $11, $12, $13, $14, $15, $16, $17, $18)
     RETURNING ${COLUMNS}`,
    [workspaceId, ...draftValues(draft)],
  );
}

/** Writes a draft if it still is one and has the version the writer read. */
export function updateDraft(
  sql: Sql,
  workspaceId: string,
  id: string,
  version: number,
  draft: CampaignDraft,
): Promise<CampaignRow | undefined> {
  return sql.first(
    `UPDATE campaigns SET version = version + 1, updated_at = now(), name = $4, from_name = $5, from_address = $6,
       reply_to = $7, content = $8, audience = $9, smtp_accounts = $10::bigint[], attachments = $11::bigint[],
       track_opens = $12, track_clicks = $13, uncertain = $14, deadline_hours = $15, ask_read = $16,
       ask_delivery = $17, utm = $18, hourly_limit = $19, template_id = $20
     WHERE workspace_id = $1 AND id = $2 AND version = $3 AND status = 'draft' RETURNING ${COLUMNS}`,
    [workspaceId, id, version, ...draftValues(draft)],
  );
}

/** What the links of new campaigns carry. */
export async function findUtm(sql: Sql, workspaceId: string): Promise<Utm> {
  const row = await sql.first<{ utm: Utm }>('SELECT utm FROM workspaces WHERE id = $1', [workspaceId]);
  if (!row) throw notFound('workspace', workspaceId);
  return row.utm;
}

export function findCampaign(sql: Sql, workspaceId: string, id: string): Promise<CampaignRow | undefined> {
  return sql.first(`SELECT ${COLUMNS} FROM campaigns WHERE workspace_id = $1 AND id = $2`, [workspaceId, id]);
}

/** By id alone: for the machine's own work, never for a request. */
export function findCampaignById(sql: Sql, id: string): Promise<CampaignRow | undefined> {
  return sql.first({ name: 'campaign_by_id', text: `SELECT ${COLUMNS} FROM campaigns WHERE id = $1` }, [id]);
}

/**
 * The one place where a campaign changes its state. The condition on the present status is the mutex: of two clicks,
 * or of five processes at a due schedule, one gets the row and the others get nothing.
 * @param set further assignments; `$4` onwards are `values`
 */
export function moveCampaign(
  sql: Sql,
  id: string,
  from: readonly CampaignStatus[],
  to: CampaignStatus,
  set = '',
  values: readonly unknown[] = [],
): Promise<CampaignRow | undefined> {
  return sql.first(
    `UPDATE campaigns SET status = $3, version = version + 1, updated_at = now(),
       paused_at = CASE WHEN $3::text = 'paused' THEN now() END${set ? `, ${set}` : ''}
     WHERE id = $1 AND status = ANY ($2) RETURNING ${COLUMNS}`,
    [id, from, to, ...values],
  );
}

/** Scheduled campaigns whose time has come, but for those that are to wait. */
export function findDueCampaigns(sql: Sql, waiting: readonly string[]): Promise<{ id: string; workspaceId: string }[]> {
  return sql.rows(
    {
      name: 'campaigns_due',
      text: `SELECT id, workspace_id AS "workspaceId" FROM campaigns
             WHERE status = 'scheduled' AND scheduled_at <= now() AND id <> ALL ($1::bigint[])
             ORDER BY scheduled_at LIMIT 20`,
    },
    [waiting],
  );
}

export function saveFrozenContent(sql: Sql, campaignId: string, compiled: unknown, links: unknown): Promise<number> {
  return sql.run(
    `INSERT INTO campaign_contents (campaign_id, compiled, links) VALUES ($1, $2, $3)
     ON CONFLICT (campaign_id) DO UPDATE SET compiled = excluded.compiled, links = excluded.links`,
    [campaignId, JSON.stringify(compiled), JSON.stringify(links)],
  );
}

export async function saveFrozenSegments(sql: Sql, campaignId: string, frozen: FrozenSegments | null): Promise<void> {
  if (!frozen) return;
  await sql.run('UPDATE campaigns SET frozen_segments = $2 WHERE id = $1', [campaignId, JSON.stringify(frozen)]);
}

export function markTested(sql: Sql, id: string): Promise<number> {
  return sql.run('UPDATE campaigns SET tested_at = now() WHERE id = $1', [id]);
}

export function archiveCampaign(sql: Sql, workspaceId: string, id: string): Promise<number> {
  return sql.run(
    `UPDATE campaigns SET archived_at = now() WHERE workspace_id = $1 AND id = $2
     AND status IN ('sent', 'cancelled', 'failed')`,
    [workspaceId, id],
  );
}

export function deleteDraft(sql: Sql, workspaceId: string, id: string): Promise<number> {
  return sql.run(`DELETE FROM campaigns WHERE workspace_id = $1 AND id = $2 AND status = 'draft'`, [workspaceId, id]);
}
