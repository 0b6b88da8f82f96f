import { judgeVariants } from '#engine/ab-test';
import type { ArmCounts } from '#engine/ab-test';
import type { Database, Sql, Transaction } from '#platform/database';
import { findAbTest } from '#domain/campaigns';
import type { AbTestRow } from '#domain/campaigns';
import { audit } from '#domain/workspaces';
import { chooseVariant } from './choose-variant.js';

const RULE = { type: 'system', name: 'ab-test' } as const;

/**
 * Moves A/B tests on: the clock of one starts when everyone of its sample has been tried, and when its time is over it is
 * judged, once, in one transaction that holds the campaign: verdict, choice and the waiting batches become visible
 * together or not at all. Called about once a second by each sender; safe in any number of processes.
 */
export async function decideTests(db: Database): Promise<void> {
  const due = await db.rows<{ id: string }>({
    name: 'due_ab_tests',
    // Index: ab_tests_open.
    text: `
      SELECT c.id FROM ab_tests t JOIN campaigns c ON c.id = t.campaign_id
      WHERE t.judged_at IS NULL AND t.winner IS NULL AND c.prepared_at IS NOT NULL AND c.status IN ('sending', 'sent')
        AND (t.measured_from IS NULL OR t.measured_from + make_interval(mins => t.duration_minutes) <= now())
      ORDER BY c.id LIMIT 50`,
  });
  for (const { id } of due) await db.transaction((tx) => moveOn(tx, id));
}

async function moveOn(tx: Transaction, campaignId: string): Promise<void> {
  // Who comes second leaves it to the first; a pause or a person's choice that came first is seen here.
  const campaign = await tx.first<{ workspaceId: string }>(
    `SELECT workspace_id AS "workspaceId" FROM campaigns
     WHERE id = $1 AND status IN ('sending', 'sent') FOR NO KEY UPDATE SKIP LOCKED`,
    [campaignId],
  );
  const test = campaign && (await findAbTest(tx, campaignId));
  if (!test || test.judgedAt || test.winner !== null) return;
  if (!test.measuredFrom) {
    await startClock(tx, campaignId);
    return;
  }
  const verdict = judgeVariants(await countArms(tx, test));
  const judged = await tx.run(
    `UPDATE ab_tests SET judged_at = now(), verdict = $2 WHERE campaign_id = $1 AND judged_at IS NULL
       AND measured_from + make_interval(mins => duration_minutes) <= now()`,
    [campaignId, JSON.stringify(verdict)],
  );
  if (judged === 0) return;
  const variant = verdict.winner ?? test.fallback;
  if (variant !== null) await chooseVariant(tx, campaignId, variant, 'rule');
  const about = { workspaceId: campaign.workspaceId, actor: RULE };
  await audit(tx, about, 'campaign.ab-test.judged', `campaign:${campaignId}`, null, {
    winner: verdict.winner,
    rest: variant,
  });
}

/** Time is counted from when nobody of the sample is left who was not tried. Index: campaign_recipients_batch. */
function startClock(sql: Sql, campaignId: string): Promise<number> {
  return sql.run(
    `UPDATE ab_tests SET measured_from = now() WHERE campaign_id = $1 AND NOT EXISTS (
       SELECT 1 FROM send_batches b JOIN campaign_recipients r ON r.campaign_id = $1 AND r.batch_id = b.id
       WHERE b.campaign_id = $1 AND b.arm >= 0 AND b.status <> 'done' AND r.status = 'pending' AND r.attempts = '[]')`,
    [campaignId],
  );
}

/** The sample by variant, from the rows themselves: who got it for good, and who of them did what is measured. */
async function countArms(sql: Sql, { campaignId, metric, variants }: AbTestRow): Promise<ArmCounts[]> {
  const acted = metric === 'opened' ? 'r.opened_at' : 'r.clicked_at';
  const rows = await sql.rows<ArmCounts & { arm: number }>(
    `SELECT b.arm, count(*)::int AS delivered, count(${acted})::int AS acted
     FROM send_batches b JOIN campaign_recipients r ON r.campaign_id = $1 AND r.batch_id = b.id
     WHERE b.campaign_id = $1 AND b.arm >= 0 AND r.status = 'accepted' AND r.bounced_at IS NULL GROUP BY b.arm`,
    [campaignId],
  );
  return Array.from({ length: variants.length + 1 }, (_, variant) => {
    const { delivered = 0, acted: did = 0 } = rows.find(({ arm }) => arm === variant) ?? {};
    return { delivered, acted: did };
  });
}
