import type { z } from 'zod';
import type { DomainReport, HourReport } from '#contracts';
import type { Sql } from '#platform/database';
import { groupCounts } from './report-groups.js';

const LISTED = 50;

/**
 * The largest domains of a campaign.
 *
 * Index: report_cells' primary key, all domains of the campaign.
 */
export async function reportDomains(sql: Sql, campaignId: string): Promise<z.infer<typeof DomainReport>> {
  const rows = await sql.rows<{ domain: string; n: number[]; domains: number }>(
    `SELECT key AS domain, n, count(*) OVER ()::int AS domains FROM report_cells
     WHERE campaign_id = $1 AND dim = 'domain' AND n[1] > 0 ORDER BY n[1] DESC, key LIMIT $2`,
    [campaignId, LISTED],
  );
  return { items: rows.map(({ domain, n }) => ({ domain, ...groupCounts(n) })), domains: rows[0]?.domains ?? 0 };
}

const HOURS = 168;

/** First opens and first clicks by hour of the week, Monday first. */
export async function reportHours(
  sql: Sql,
  workspaceId: string,
  campaignId: string,
): Promise<z.infer<typeof HourReport>> {
  const zone = await sql.first<{ timezone: string }>('SELECT timezone FROM workspaces WHERE id = $1', [workspaceId]);
  const timezone = zone?.timezone ?? 'UTC';
  // Quarters of an hour first: every time zone is a whole number of them away.
  const rows = await sql.rows<{ hour: number; opened: number; clicked: number }>(
    `SELECT ((extract(isodow FROM at) - 1) * 24 + extract(hour FROM at))::int AS hour,
       sum(opened)::int AS opened, sum(clicked)::int AS clicked
     FROM (
       SELECT to_timestamp(key::bigint / 900 * 900) AT TIME ZONE $2 AS at, coalesce(sum(n[2]), 0) AS opened,
         coalesce(sum(n[3]), 0) AS clicked
       FROM report_cells WHERE campaign_id = $1 AND dim = 'time' GROUP BY 1
     ) quarters GROUP BY 1`,
    [campaignId, timezone],
  );
  const of = (name: 'opened' | 'clicked') =>
    Array.from({ length: HOURS }, (_, hour) => rows.find((row) => row.hour === hour)?.[name] ?? 0);
  return { timezone, opened: of('opened'), clicked: of('clicked') };
}
