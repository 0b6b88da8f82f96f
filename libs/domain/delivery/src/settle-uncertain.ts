import type { Database } from '#platform/database';

/** What a person decides about recipients whose reply was lost. */
export type UncertainDecision = 'resend' | 'settle-accepted' | 'settle-skipped';

/**
 * Settles every uncertain recipient of a campaign. A chosen resend carries the same Message-ID, so that a receiver who
 * did get the first one can recognise it.
 * @returns number of recipients settled
 */
export async function settleUncertain(db: Database, campaignId: string, decision: UncertainDecision): Promise<number> {
  if (decision !== 'resend') {
    return db.run(
      `UPDATE campaign_recipients SET status = $2, finished_at = now(),
         skip_reason = CASE WHEN $2 = 'skipped' THEN 'uncertain' END,
         accepted_at = CASE WHEN $2 = 'accepted' THEN now() END
       WHERE campaign_id = $1 AND status = 'uncertain'`,
      [campaignId, decision === 'settle-accepted' ? 'accepted' : 'skipped'],
    );
  }
  return db.transaction(async (tx) => {
    // Campaign first, then its batches: whoever would finish one of them now waits, and then looks again.
    await tx.first('SELECT 1 FROM campaigns WHERE id = $1 FOR NO KEY UPDATE', [campaignId]);
    await tx.rows(
      `SELECT 1 FROM send_batches WHERE id IN (
         SELECT batch_id FROM campaign_recipients WHERE campaign_id = $1 AND status = 'uncertain')
       ORDER BY id FOR NO KEY UPDATE`,
      [campaignId],
    );
    // The batches come back to life, and with them the campaign.
    const rows = await tx.rows(
      `WITH again AS (
         UPDATE campaign_recipients SET status = 'pending', retry_at = NULL, finished_at = NULL
         WHERE campaign_id = $1 AND status = 'uncertain' RETURNING batch_id
       ), batches AS (
         UPDATE send_batches SET status = 'ready', ready_at = now()
         WHERE id IN (SELECT batch_id FROM again) AND status = 'done'
       ), campaign AS (
         UPDATE campaigns SET status = 'sending', finished_at = NULL, version = version + 1,
           deadline_at = greatest(deadline_at, now() + interval '1 hour')
         WHERE id = $1 AND status = 'sent' AND EXISTS (SELECT 1 FROM again)
       )
       SELECT 1 FROM again`,
      [campaignId],
    );
    return rows.length;
  });
}
