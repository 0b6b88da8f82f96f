import type { z } from 'zod';
import { EXCLUSION_REASONS, notFound } from '#contracts';
import type { CampaignCounts, CampaignReport, CampaignStatus, ExclusionReason } from '#contracts';
import type { Database, Sql } from '#platform/database';
import { completeCounts } from './campaign-counts.js';
import { reportBounces } from './report-bounces.js';
import { readLedger } from './report-ledger.js';
import type { ReportLedger } from './report-ledger.js';
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
    const ledger = await readLedger(tx, campaignId);
    const exclusions = await exclusionsOf(tx, campaignId);
    const counts = completeCounts(
      ledger.counts,
      exclusions.reduce((sum, entry) => sum + entry.count, 0),
    );
    const visits = await reportVisits(tx, campaignId, { ...counts, ...ledger });
    return {
      campaignId,
      status: head.status,
      counts,
      exclusions,
      ...visits,
      autoReplied: ledger.autoReplied,
      rates: ratesOf(counts),
      bounceReasons: await reportBounces(tx, campaignId),
      providers: ledger.providers,
      ...(await timelineOf(tx, campaignId, head, ledger)),
      ratePerMinute: ledger.lastMinute,
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

async function exclusionsOf(sql: Sql, campaignId: string): Promise<Report['exclusions']> {
  const rows = await sql.rows<{ reason: ExclusionReason; count: number }>(
    'SELECT reason, count(*)::int AS count FROM campaign_exclusions WHERE campaign_id = $1 GROUP BY reason',
    [campaignId],
  );
  return rows.sort((a, b) => EXCLUSION_REASONS.indexOf(a.reason) - EXCLUSION_REASONS.indexOf(b.reason));
}

/** A campaign under way is drawn up to now, an ended one up to its last fact. */
function timelineOf(sql: Sql, campaignId: string, head: Head, ledger: ReportLedger) {
  if (!head.startedAt) return { timeline: [], timelineBucketSeconds: 60 };
  const running = head.status === 'sending' || head.status === 'paused';
  return reportTimeline(sql, campaignId, head.startedAt, running ? head.now : (ledger.lastAt ?? head.startedAt));
}
