import type { z } from 'zod';
import type { Dashboard } from '#contracts';
import type { Sql } from '#platform/database';
import { sumCounts } from './campaign-counts.js';
import { activeSummaries, recentSummaries } from './campaign-summaries.js';
import type { RecentAnswers } from './recent-answers.js';
import type { RecentCounts } from './recent-counts.js';

type View = z.infer<typeof Dashboard>;

const DAYS = 30;

/** What the dashboard keeps for a moment, since it is the screen that everybody leaves open. */
export interface DashboardMemory {
  counts: RecentCounts;
  trends: RecentAnswers<View['trend']>;
}

const TREND_MS = 2_000;

/** The first screen: how it goes, what is under way, and what a newcomer does next. */
export async function dashboard(sql: Sql, memory: DashboardMemory, workspaceId: string): Promise<View> {
  const campaigns = await lately(sql, workspaceId);
  const ids = campaigns.map((campaign) => campaign.id);
  const [checklist, contacts, trend, active, recent, inboundUnreviewed, counts] = await Promise.all([
    checklistOf(sql, workspaceId),
    contactsOf(sql, workspaceId),
    memory.trends.get(`${workspaceId}: ${ids.join()}`, TREND_MS, () => trendOf(sql, workspaceId, ids)),
    activeSummaries(sql, memory.counts, workspaceId),
    recentSummaries(sql, memory.counts, workspaceId, 5),
    unreviewed(sql, workspaceId),
    memory.counts.of(sql, campaigns),
  ]);
  return { checklist, totals: sumCounts(counts.values()), contacts, trend, active, recent, inboundUnreviewed };
}

/** Campaigns started in the last 30 days. */
function lately(sql: Sql, workspaceId: string): Promise<Array<{ id: string; finishedAt: Date | null }>> {
  return sql.rows(
    `SELECT id, finished_at AS "finishedAt" FROM campaigns
     WHERE workspace_id = $1 AND started_at > now() - make_interval(days => $2) ORDER BY id`,
    [workspaceId, DAYS],
  );
}

async function checklistOf(sql: Sql, workspaceId: string): Promise<View['checklist']> {
  const row = await sql.first<Record<string, boolean>>(
    `SELECT
       EXISTS (SELECT 1 FROM smtp_accounts WHERE workspace_id = $1 AND kind = 'smtp') AS sender,
       EXISTS (SELECT 1 FROM contacts WHERE workspace_id = $1) AS contacts,
       EXISTS (SELECT 1 FROM templates WHERE workspace_id = $1)
         OR EXISTS (SELECT 1 FROM campaigns WHERE workspace_id = $1
              AND coalesce(content->>'html', content->>'mjml', content->>'text', '') <> '') AS template,
       EXISTS (SELECT 1 FROM campaigns WHERE workspace_id = $1 AND tested_at IS NOT NULL) AS test,
       EXISTS (SELECT 1 FROM campaigns WHERE workspace_id = $1 AND started_at IS NOT NULL) AS campaign`,
    [workspaceId],
  );
  return ['sender', 'contacts', 'template', 'test', 'campaign'].map((key) => ({ key, done: row?.[key] ?? false }));
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

/** By day of the workspace's own time zone, oldest first, of the same campaigns as the totals. */
function trendOf(sql: Sql, workspaceId: string, campaigns: string[]): Promise<View['trend']> {
  return sql.rows(
    {
      name: 'dashboard_trend',
      text: `
        WITH zone AS (SELECT timezone AS name FROM workspaces WHERE id = $1),
        days AS (
          SELECT generate_series((now() AT TIME ZONE name)::date - $3::int + 1, (now() AT TIME ZONE name)::date, '1 day')::date
            AS day FROM zone
        ),
        -- Quarters of an hour first: every time zone is a whole number of them away, and four conversions of every
        -- recipient's instants take three times as long.
        quarters AS (
          SELECT date_bin('15 min', accepted_at, 'epoch') AS a, date_bin('15 min', opened_at, 'epoch') AS o,
            date_bin('15 min', clicked_at, 'epoch') AS c,
            CASE WHEN status = 'accepted' THEN date_bin('15 min', bounced_at, 'epoch') END AS b
          FROM campaign_recipients WHERE campaign_id = ANY ($2::bigint[])
        ),
        counted AS (
          SELECT coalesce(a, o, c, b) AS at, CASE WHEN GROUPING(a) = 0 THEN count(a) ELSE 0 END AS accepted,
            CASE WHEN GROUPING(o) = 0 THEN count(o) ELSE 0 END AS opened,
            CASE WHEN GROUPING(c) = 0 THEN count(c) ELSE 0 END AS clicked,
            CASE WHEN GROUPING(b) = 0 THEN count(b) ELSE 0 END AS bounced
          FROM quarters GROUP BY GROUPING SETS ((a), (o), (c), (b))
        )
        SELECT day::text AS day, coalesce(sum(accepted), 0)::int AS accepted, coalesce(sum(opened), 0)::int AS opened,
          coalesce(sum(clicked), 0)::int AS clicked, coalesce(sum(bounced), 0)::int AS bounced
        FROM days CROSS JOIN zone LEFT JOIN counted ON (at AT TIME ZONE name)::date = day GROUP BY day ORDER BY day`,
    },
    [workspaceId, campaigns, DAYS],
  );
}

/** Mail without a token belongs to no workspace; the only one there is sees it. */
async function unreviewed(sql: Sql, workspaceId: string): Promise<number> {
  const row = await sql.first<{ n: number }>(
    `SELECT count(*)::int AS n FROM inbound_messages
     WHERE status IN ('review', 'quarantined')
       AND (workspace_id = $1 OR (workspace_id IS NULL AND (SELECT count(*) FROM workspaces) = 1))`,
    [workspaceId],
  );
  return row?.n ?? 0;
}
