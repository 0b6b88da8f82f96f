import type { z } from 'zod';
import type { Dashboard } from '#contracts';
import type { Database, Sql } from '#platform/database';
import { VISIBLE_MAIL } from '#domain/feedback';
import { campaignCounts, sumCounts } from './campaign-counts.js';
import { activeSummaries, recentSummaries } from './campaign-summaries.js';
import { dashboardHealth } from './dashboard-health.js';
import type { RecentAnswers } from './recent-answers.js';
import { BIN_SUMS } from './report-timeline.js';
import { rollUp } from './rollup/roll-up.js';

type View = z.infer<typeof Dashboard>;

const TREND_MS = 2_000;

/**
 * The first screen: how it goes, what is under way, and what a newcomer does next.
 * @param days of the figures and the trend
 * @param trends what was drawn a moment ago: everybody leaves this screen open
 */
export async function dashboard(
  db: Database,
  trends: RecentAnswers<View['trend']>,
  workspaceId: string,
  days: number,
): Promise<View> {
  const started = await lately(db, workspaceId, days);
  const ids = started.filter(({ before }) => !before).map(({ id }) => id);
  const earlier = started.filter(({ before }) => before).map(({ id }) => id);
  await rollUp(
    db,
    started.map(({ id }) => id),
  );
  const counts = await campaignCounts(db, [...ids, ...earlier]);
  const sum = (of: string[]) => sumCounts(of.flatMap((id) => counts.get(id) ?? []));
  const totals = sum(ids);
  const [checklist, contacts, trend, active, recent, inboundUnreviewed, health] = await Promise.all([
    checklistOf(db, workspaceId),
    contactsOf(db, workspaceId),
    trends.get(`${workspaceId} ${days}: ${ids.join()}`, TREND_MS, () => trendOf(db, workspaceId, ids, days)),
    activeSummaries(db, workspaceId),
    recentSummaries(db, workspaceId, 5),
    unreviewed(db, workspaceId),
    dashboardHealth(db, workspaceId, totals),
  ]);
  return { days, checklist, totals, before: sum(earlier), health, contacts, trend, active, recent, inboundUnreviewed };
}

/** Campaigns started in the last days, and in as many before them. */
function lately(sql: Sql, workspaceId: string, days: number): Promise<{ id: string; before: boolean }[]> {
  return sql.rows(
    `SELECT id, started_at <= now() - make_interval(days => $2) AS before FROM campaigns
     WHERE workspace_id = $1 AND started_at > now() - make_interval(days => 2 * $2) ORDER BY id`,
    [workspaceId, days],
  );
}

async function checklistOf(sql: Sql, workspaceId: string): Promise<View['checklist']> {
  const row = await sql.first<Record<string, boolean>>(
    `SELECT
       EXISTS (SELECT 1 FROM smtp_accounts WHERE workspace_id = $1 AND kind = 'smtp') AS sender,
       EXISTS (SELECT 1 FROM sending_domains WHERE workspace_id = $1 AND status = 'verified') AS domain,
       EXISTS (SELECT 1 FROM contacts WHERE workspace_id = $1) AS contacts,
       EXISTS (SELECT 1 FROM templates WHERE workspace_id = $1)
         OR EXISTS (SELECT 1 FROM campaigns WHERE workspace_id = $1
              AND coalesce(content->>'document', content->>'html', content->>'mjml', content->>'text', '') <> '') AS template,
       EXISTS (SELECT 1 FROM campaigns WHERE workspace_id = $1 AND tested_at IS NOT NULL) AS test,
       EXISTS (SELECT 1 FROM campaigns WHERE workspace_id = $1 AND started_at IS NOT NULL) AS campaign`,
    [workspaceId],
  );
  return ['sender', 'domain', 'contacts', 'template', 'test', 'campaign'].map((key) => ({
    key,
    done: row?.[key] ?? false,
  }));
}

/** Mailable is who is not on the suppression list: it decides, whatever a contact's status says. */
async function contactsOf(sql: Sql, workspaceId: string): Promise<View['contacts']> {
  const row = await sql.first<{ total: number; suppressed: number }>(
    // Index: contacts_page; from the suppressions, usually the fewer, to the contacts by (workspace_id, canonical).
    // Only where a whole domain is barred, its contacts are counted by reading them.
    `SELECT (SELECT count(*)::int FROM contacts WHERE workspace_id = $1) AS total,
       (SELECT count(*)::int FROM suppressions s JOIN contacts c ON c.workspace_id = $1 AND c.canonical = s.canonical
        WHERE s.workspace_id = $1)
       + (SELECT count(*)::int FROM suppressions d JOIN contacts c ON c.workspace_id = $1 AND c.domain = d.domain
          WHERE d.workspace_id = $1 AND d.domain IS NOT NULL AND NOT EXISTS (
            SELECT 1 FROM suppressions s WHERE s.workspace_id = $1 AND s.canonical = c.canonical)) AS suppressed`,
    [workspaceId],
  );
  const { total, suppressed } = row ?? { total: 0, suppressed: 0 };
  return { total, suppressed, mailable: total - suppressed };
}

/**
 * By day of the workspace's own time zone, oldest first, of the same campaigns as the totals.
 *
 * Index: report_cells' primary key, the bins of each campaign.
 */
function trendOf(sql: Sql, workspaceId: string, campaigns: string[], days: number): Promise<View['trend']> {
  return sql.rows(
    {
      name: 'dashboard_trend',
      text: `
        WITH zone AS (SELECT timezone AS name FROM workspaces WHERE id = $1),
        days AS (
          SELECT generate_series((now() AT TIME ZONE name)::date - $3::int + 1, (now() AT TIME ZONE name)::date, '1 day')::date
            AS day FROM zone
        ),
        -- Quarters of an hour first: every time zone is a whole number of them away, and converting each bin takes
        -- several times as long.
        quarters AS (
          SELECT key::bigint / 900 AS quarter, ${BIN_SUMS} FROM report_cells
          WHERE campaign_id = ANY ($2::bigint[]) AND dim = 'time' GROUP BY 1
        )
        SELECT day::text AS day, coalesce(sum(accepted), 0)::int AS accepted, coalesce(sum(opened), 0)::int AS opened,
          coalesce(sum(clicked), 0)::int AS clicked, coalesce(sum(bounced), 0)::int AS bounced
        FROM days CROSS JOIN zone LEFT JOIN quarters ON (to_timestamp(quarter * 900) AT TIME ZONE name)::date = day
        GROUP BY day ORDER BY day`,
    },
    [workspaceId, campaigns, days],
  );
}

async function unreviewed(sql: Sql, workspaceId: string): Promise<number> {
  const row = await sql.first<{ n: number }>(
    `SELECT count(*)::int AS n FROM inbound_messages m
     WHERE m.status IN ('review', 'quarantined') AND ${VISIBLE_MAIL}`,
    [workspaceId],
  );
  return row?.n ?? 0;
}
