import { REST } from '#engine/ab-test';
import type { Transaction } from '#platform/database';
import { deferDeadline } from '../hourly-limit.js';

/**
 * Says what the rest of an A/B test gets and lets it go, in the transaction of the caller, which holds the campaign. The
 * time in which it may be sent begins now.
 * @returns false when that has been said before
 */
export async function chooseVariant(
  tx: Transaction,
  campaignId: string,
  variant: number,
  by: 'rule' | 'person',
): Promise<boolean> {
  const chosen = await tx.run(
    `UPDATE ab_tests SET winner = $2, chosen_by = $3, chosen_at = now() WHERE campaign_id = $1 AND winner IS NULL`,
    [campaignId, variant, by],
  );
  if (chosen === 0) return false;
  const batches = await tx.run(
    // The hours of a campaign with a limit, which these were counted from, begin now; pauses until now are over.
    `UPDATE send_batches b SET ready_at = now(), due_at = now() - c.delayed_by + (b.due_at - c.started_at)
     FROM campaigns c WHERE c.id = $1 AND b.campaign_id = $1 AND b.arm = ${REST} AND b.ready_at = 'infinity'`,
    [campaignId],
  );
  if (batches > 0) {
    await tx.run(
      `UPDATE campaigns SET deadline_at = greatest(deadline_at, now() + make_interval(hours => deadline_hours))
       WHERE id = $1`,
      [campaignId],
    );
    await deferDeadline(tx, campaignId);
  }
  return true;
}
