import { REST } from '#engine/ab-test';
import type { Transaction } from '#platform/database';

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
    `UPDATE send_batches SET ready_at = now() WHERE campaign_id = $1 AND arm = ${REST} AND ready_at = 'infinity'`,
    [campaignId],
  );
  if (batches > 0) {
    await tx.run(
      `UPDATE campaigns SET deadline_at = greatest(deadline_at, now() + make_interval(hours => deadline_hours))
       WHERE id = $1`,
      [campaignId],
    );
  }
  return true;
}
