import { testsTimes } from '#contracts';
import { judgeVariants } from '#engine/ab-test';
import type { Database, Sql, Transaction } from '#platform/database';
import { findAbTest, hasRest } from '#domain/campaigns';
import type { AbTestRow, CountedArm } from '#domain/campaigns';
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
  const counted = await countArms(tx, test);
  const verdict = judgeVariants(counted);
  const judged = await tx.run(
    `UPDATE ab_tests SET judged_at = now(), verdict = $2, counted = $3 WHERE campaign_id = $1 AND judged_at IS NULL
       AND measured_from + make_interval(mins => duration_minutes) <= now()`,
    [campaignId, JSON.stringify(verdict), JSON.stringify(counted)],
  );
  if (judged === 0) return;
  // Where everybody had a variant already, the verdict is for the next time.
  const variant = hasRest(test) ? (verdict.winner ?? test.fallback) : null;
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

/**
 * The sample by variant, from the rows themselves: who got it for good, and who of them did what is measured. In a test
 * of send times everyone is watched for equally long, from when they had their mail: what came later does not count, and
 * who had it so late that the time is not over yet (after a retry) is left out.
 */
async function countArms(sql: Sql, test: AbTestRow): Promise<CountedArm[]> {
  const did = test.metric === 'opened' ? 'r.opened_at' : 'r.clicked_at';
  const [acted, stayed, over] = testsTimes(test)
    ? [`${did} <= ${OVER}`, `(r.bounced_at > ${OVER}) IS NOT FALSE`, `${OVER} <= now()`]
    : [`${did} IS NOT NULL`, 'r.bounced_at IS NULL', '$2::interval IS NOT NULL'];
  const rows = await sql.rows<CountedArm & { arm: number }>(
    `SELECT b.arm, count(*)::int AS delivered, count(*) FILTER (WHERE ${acted})::int AS acted,
       to_json(min(r.accepted_at))#>>'{}' AS "from", to_json(max(r.accepted_at))#>>'{}' AS until
     FROM send_batches b JOIN campaign_recipients r ON r.campaign_id = $1 AND r.batch_id = b.id
     WHERE b.campaign_id = $1 AND b.arm >= 0 AND r.status = 'accepted' AND ${stayed} AND ${over} GROUP BY b.arm`,
    [test.campaignId, `${test.durationMinutes} minutes`],
  );
  return Array.from({ length: test.variants.length + 1 }, (_, variant) => {
    const { arm: _arm, ...counted } = rows.find(({ arm }) => arm === variant) ?? NOBODY;
    return counted;
  });
}

const OVER = 'r.accepted_at + $2::interval';
const NOBODY = { arm: 0, delivered: 0, acted: 0, from: null, until: null };
