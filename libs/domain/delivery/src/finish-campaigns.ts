import { REST } from '#engine/ab-test';
import type { Database } from '#platform/database';

/**
 * The clock's part of the ledger, safe in any number of processes: every statement is conditional on the state it
 * changes. Called about once a second by each sender.
 */
export async function finishCampaigns(db: Database): Promise<void> {
  await settleCancelled(db);
  await settleLeftovers(db);
  await db.transaction(async (tx) => {
    const through = await tx.rows<{ id: string }>({
      name: 'through_campaigns',
      text: `SELECT id FROM campaigns c WHERE ${ALL_SENT} ORDER BY id LIMIT 100 FOR NO KEY UPDATE SKIP LOCKED`,
    });
    if (through.length === 0) return;
    // Asked again under the lock: a chosen resend may have brought batches back to life meanwhile.
    await tx.run(
      {
        name: 'finish_campaigns',
        text: `
          UPDATE campaigns c SET status = 'sent', finished_at = now(), updated_at = now(), version = version + 1
          WHERE c.id = ANY ($1::bigint[]) AND ${ALL_SENT}`,
      },
      [through.map(({ id }) => id)],
    );
  });
}

const ALL_SENT = `c.status = 'sending' AND c.prepared_at IS NOT NULL
  AND NOT EXISTS (SELECT 1 FROM send_batches b WHERE b.campaign_id = c.id AND b.status <> 'done')`;

/**
 * Settles those of a cancelled campaign who are in a sender's hands and have not left: a server that does not answer may
 * keep the batch for minutes. Who is on the way stands in its slice. A last check from before the cancel is not believed
 * any more by now (`send-slice.ts`), and there is none after it.
 */
async function settleCancelled(db: Database): Promise<void> {
  await db.run({
    name: 'settle_cancelled',
    text: `
      UPDATE campaign_recipients r SET status = 'skipped', skip_reason = 'cancelled', retry_at = NULL, finished_at = now()
      FROM send_batches b JOIN campaigns c ON c.id = b.campaign_id
      WHERE b.status = 'leased' AND c.status = 'cancelled' AND c.finished_at < now() - interval '2 seconds'
        AND r.campaign_id = b.campaign_id AND r.batch_id = b.id AND r.status = 'pending' AND r.seq <> ALL (b.slice)`,
  });
}

/** Settles who is left in the batches of cancelled campaigns and of those past their deadline. */
async function settleLeftovers(db: Database): Promise<void> {
  const batches = await db.rows<{ id: string; campaignId: string; cancelled: boolean }>({
    name: 'leftover_batches',
    text: `
      SELECT b.id, b.campaign_id AS "campaignId", c.status = 'cancelled' AS cancelled
      FROM send_batches b JOIN campaigns c ON c.id = b.campaign_id
      WHERE b.status = 'ready' AND (c.status = 'cancelled' OR (c.status = 'sending' AND c.deadline_at <= now()
        -- Who waits for the decision of an A/B test has had no time in which to be sent to.
        AND NOT (b.arm = ${REST} AND b.ready_at = 'infinity')))
      ORDER BY b.id LIMIT 200`,
  });
  for (const batch of batches) {
    await db.transaction(async (tx) => {
      const ours = await tx.first(
        `SELECT 1 FROM send_batches WHERE id = $1 AND status = 'ready' FOR UPDATE SKIP LOCKED`,
        [batch.id],
      );
      if (!ours) return;
      await tx.run(
        `UPDATE campaign_recipients SET status = $3, skip_reason = $4, retry_at = NULL, finished_at = now()
         WHERE campaign_id = $1 AND batch_id = $2 AND status = 'pending'`,
        [batch.campaignId, batch.id, ...(batch.cancelled ? ['skipped', 'cancelled'] : ['expired', null])],
      );
      await tx.run(`UPDATE send_batches SET status = 'done' WHERE id = $1`, [batch.id]);
    });
  }
}

/** Campaigns whose preparation no job may be left for (a lost hint, a killed process). */
export async function findUnprepared(db: Database): Promise<string[]> {
  const rows = await db.rows<{ id: string }>({
    name: 'unprepared_campaigns',
    text: `SELECT id FROM campaigns WHERE status = 'sending' AND prepared_at IS NULL ORDER BY id LIMIT 20`,
  });
  return rows.map((row) => row.id);
}
