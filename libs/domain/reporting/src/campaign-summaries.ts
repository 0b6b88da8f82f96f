import type { z } from 'zod';
import type { CampaignQuery, CampaignStatus, CampaignSummary, Page, StopReason } from '#contracts';
import { toPage } from '#platform/database';
import type { Database } from '#platform/database';
import { containsPattern, decodeIdCursor } from '#domain/contacts';
import { audienceNames } from './audience-names.js';
import type { AudienceIds } from './audience-names.js';
import { NO_COUNTS, campaignCounts } from './campaign-counts.js';
import { rollUp } from './rollup/roll-up.js';

type Summary = z.infer<typeof CampaignSummary>;

interface Row {
  id: string;
  name: string;
  subject: string;
  status: CampaignStatus;
  stopReasons: StopReason[];
  scheduledAt: Date | null;
  startedAt: Date | null;
  finishedAt: Date | null;
  updatedAt: Date;
  audience: AudienceIds;
}

const COLUMNS = `id, name, content->>'subject' AS subject, status, stop_reasons AS "stopReasons",
  scheduled_at AS "scheduledAt", started_at AS "startedAt", finished_at AS "finishedAt", updated_at AS "updatedAt", audience`;
/** In SQL: when it began or shall begin. A draft may keep a date that nobody has settled on. */
const BEGINS = `coalesce(started_at, CASE WHEN status = 'scheduled' THEN scheduled_at END)`;

/** Campaigns of a workspace, newest first, each with its counts. */
export async function listSummaries(
  db: Database,
  workspaceId: string,
  query: z.infer<typeof CampaignQuery>,
): Promise<Page<Summary>> {
  const before = decodeIdCursor(query.cursor);
  const condition = `workspace_id = $1 AND archived_at IS NULL AND ($2::text IS NULL OR status = $2)
    AND ($3::text IS NULL OR lower(name || ' ' || (content->>'subject')) LIKE $3)
    AND ($4::timestamptz IS NULL OR ${BEGINS} >= $4) AND ($5::timestamptz IS NULL OR ${BEGINS} < $5)`;
  const { status = null, from = null, to = null } = query;
  const values = [workspaceId, status, containsPattern(query.q), from, to];
  // Index: campaigns_page (workspace_id, id).
  const rows = await db.rows<Row>(
    `SELECT ${COLUMNS} FROM campaigns WHERE ${condition} AND ($6::bigint IS NULL OR id < $6)
     ORDER BY id DESC LIMIT $7`,
    [...values, before, query.limit + 1],
  );
  const summaries = await withCounts(db, rows);
  const page = toPage(
    summaries,
    query.limit,
    (row) => [row.id],
    (row) => row,
  );
  if (!query.count) return page;
  const total = await db.first<{ n: number }>(`SELECT count(*)::int AS n FROM campaigns WHERE ${condition}`, values);
  return { ...page, total: total?.n ?? 0 };
}

/** Campaigns under way: scheduled, sending and paused ones, at most 50. */
export async function activeSummaries(db: Database, workspaceId: string): Promise<Summary[]> {
  return withCounts(
    db,
    // Index: campaigns_active.
    await db.rows<Row>(
      {
        name: 'active_campaigns',
        text: `SELECT ${COLUMNS} FROM campaigns
               WHERE workspace_id = $1 AND status IN ('scheduled', 'sending', 'paused') ORDER BY id DESC LIMIT 50`,
      },
      [workspaceId],
    ),
  );
}

/**
 * What a live view has to show: what is under way, and what ended in the last few minutes (its last counts and its end
 * itself are news too).
 */
export async function liveSummaries(db: Database, workspaceId: string): Promise<Summary[]> {
  return withCounts(
    db,
    await db.rows<Row>(
      {
        name: 'live_campaigns',
        text: `SELECT ${COLUMNS} FROM campaigns
               WHERE workspace_id = $1 AND (status IN ('scheduled', 'sending', 'paused')
                 OR updated_at > now() - interval '2 minutes' OR finished_at > now() - interval '10 minutes')
               ORDER BY id DESC LIMIT 20`,
      },
      [workspaceId],
    ),
  );
}

/** The last campaigns that were sent or cancelled. */
export async function recentSummaries(db: Database, workspaceId: string, limit: number): Promise<Summary[]> {
  return withCounts(
    db,
    await db.rows<Row>(
      `SELECT ${COLUMNS} FROM campaigns
       WHERE workspace_id = $1 AND status IN ('sent', 'cancelled', 'failed') AND archived_at IS NULL
       ORDER BY finished_at DESC NULLS LAST, id DESC LIMIT $2`,
      [workspaceId, limit],
    ),
  );
}

async function withCounts(db: Database, rows: Row[]): Promise<Summary[]> {
  const started = rows.filter((row) => row.startedAt !== null).map((row) => row.id);
  await rollUp(db, started);
  const counts = await campaignCounts(db, started);
  const named = await audienceNames(
    db,
    rows.map((row) => row.audience),
  );
  return rows.map((row) => ({
    ...row,
    audience: named(row.audience),
    scheduledAt: row.scheduledAt?.toISOString() ?? null,
    startedAt: row.startedAt?.toISOString() ?? null,
    finishedAt: row.finishedAt?.toISOString() ?? null,
    updatedAt: row.updatedAt.toISOString(),
    counts: counts.get(row.id) ?? { ...NO_COUNTS },
  }));
}
