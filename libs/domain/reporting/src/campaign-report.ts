import type { z } from 'zod';
import { notFound } from '#contracts';
import type { CampaignCounts, CampaignReport, CampaignStatus } from '#contracts';
import type { Database, Sql } from '#platform/database';
import { campaignCounts, completeCounts, sumCounts } from './campaign-counts.js';
import { readCells } from './report-cells.js';
import { bouncesOf, clientsOf, exclusionsOf, providersOf, wholeOf } from './report-groups.js';
import { reportTimeline } from './report-timeline.js';
import { reportVisits } from './report-visits.js';

type Report = z.infer<typeof CampaignReport>;

interface Head {
  status: CampaignStatus;
  startedAt: Date | null;
  now: Date;
}

/**
 * Everything about one campaign, read from one snapshot: its parts agree with each other whatever happens meanwhile.
 * @throws DomainError NOT_FOUND, also for another workspace's campaign
 */
export function campaignReport(db: Database, workspaceId: string, campaignId: string): Promise<Report> {
  return db.transaction(async (tx) => {
    await tx.run('SET TRANSACTION ISOLATION LEVEL REPEATABLE READ, READ ONLY');
    const head = await tx.first<Head>(
      `SELECT status, started_at AS "startedAt", now() AS now FROM campaigns WHERE workspace_id = $1 AND id = $2`,
      [workspaceId, campaignId],
    );
    if (!head) throw notFound('campaign', campaignId);
    const cells = await readCells(tx, campaignId);
    const whole = wholeOf(cells);
    const exclusions = exclusionsOf(cells);
    const counts = completeCounts(
      whole,
      exclusions.reduce((sum, entry) => sum + entry.count, 0),
    );
    return {
      campaignId,
      status: head.status,
      counts,
      exclusions,
      ...(await reportVisits(tx, campaignId, whole, cells)),
      byAnybody: { opened: whole.openedByAny, clicked: whole.clickedByAny },
      autoReplied: whole.autoReplied,
      rates: ratesOf(counts),
      usual: await usualRates(tx, workspaceId, campaignId, head.startedAt),
      bounceReasons: bouncesOf(cells),
      providers: providersOf(cells),
      clients: clientsOf(cells),
      ...(await reportTimeline(tx, campaignId, head)),
      startedAt: head.startedAt?.toISOString() ?? null,
      asOf: head.now.toISOString(),
    };
  });
}

/** The definitions of ui.md and api.md; readers divide, so that nobody rounds twice. */
export function ratesOf(counts: CampaignCounts): Report['rates'] {
  const tried = counts.accepted + counts.rejected + counts.expired;
  const failed = counts.bounced + counts.rejected + counts.expired;
  const ofDelivered = (count: number) => ({ count, of: counts.delivered });
  return {
    delivery: { count: counts.delivered, of: tried },
    bounce: { count: failed, of: tried },
    open: ofDelivered(counts.opened),
    click: ofDelivered(counts.clicked),
    clickToOpen: { count: counts.clicked, of: counts.opened },
    unsubscribe: ofDelivered(counts.unsubscribed),
    complaint: ofDelivered(counts.complained),
    reply: ofDelivered(counts.replied),
  };
}

/** How it usually goes: over up to 20 campaigns that were sent before this one. */
async function usualRates(
  sql: Sql,
  workspaceId: string,
  campaignId: string,
  startedAt: Date | null,
): Promise<Report['usual']> {
  // Index: campaigns_page.
  const rows = await sql.rows<{ id: string }>(
    `SELECT id FROM campaigns WHERE workspace_id = $1 AND id <> $2 AND status IN ('sent', 'cancelled')
       AND started_at < coalesce($3, now()) ORDER BY id DESC LIMIT 20`,
    [workspaceId, campaignId, startedAt],
  );
  if (rows.length === 0) return null;
  const counts = await campaignCounts(
    sql,
    rows.map(({ id }) => id),
  );
  return ratesOf(sumCounts(counts.values()));
}
