import type { z } from 'zod';
import { DomainError } from '#contracts';
import type { SettleUncertainBody } from '#contracts';
import type { Transaction } from '#platform/database';
import { UNCERTAIN_ONES, uncertainValues } from './uncertain.js';
import type { UncertainChoice } from './uncertain.js';

/** What a person decides about recipients whose reply was lost. */
export type UncertainDecision = z.infer<typeof SettleUncertainBody>['action'];

/**
 * Settles the chosen uncertain recipients of a campaign. A chosen resend carries the same Message-ID, so that a receiver
 * who did get the first one can recognise it.
 * @returns number of recipients settled
 * @throws DomainError UNCERTAIN_CHANGED when they are not as many as expected; CAMPAIGN_NOT_RESUMABLE for a resend of a
 *   campaign that sends nothing any more
 */
export async function settleUncertain(
  tx: Transaction,
  campaignId: string,
  decision: UncertainDecision,
  choice: UncertainChoice = {},
): Promise<number> {
  // Campaign first, then its batches: whoever would finish one of them now waits, and then looks again.
  const campaign = await tx.first<{ status: string }>('SELECT status FROM campaigns WHERE id = $1 FOR NO KEY UPDATE', [
    campaignId,
  ]);
  if (decision === 'resend') {
    requireSending(campaign?.status ?? '');
    await lockBatches(tx, campaignId, choice);
  }
  const chosen = await tx.rows<{ seq: number }>(
    `SELECT r.seq FROM campaign_recipients r WHERE ${UNCERTAIN_ONES} ORDER BY r.seq FOR NO KEY UPDATE`,
    uncertainValues(campaignId, choice),
  );
  if (choice.expected !== undefined && choice.expected !== chosen.length) throw changed(choice.expected, chosen.length);
  const seqs = chosen.map(({ seq }) => seq);
  if (seqs.length === 0) return 0;
  if (decision === 'resend') await sendAgain(tx, campaignId, seqs);
  else await settle(tx, campaignId, seqs, decision === 'settle-accepted' ? 'accepted' : 'skipped');
  return seqs.length;
}

function requireSending(status: string): void {
  if (['sending', 'paused', 'sent'].includes(status)) return;
  throw new DomainError('CAMPAIGN_NOT_RESUMABLE', `The campaign is ${status} and sends nothing any more.`, {
    help: 'Settle the uncertain ones as accepted or as skipped.',
  });
}

function changed(expected: number, current: number): DomainError {
  return new DomainError('UNCERTAIN_CHANGED', `There are ${current} of them now, not ${expected}.`, {
    help: 'Answers may still come to light, and somebody else may decide too. Look again, then decide.',
    extra: { current },
  });
}

async function lockBatches(tx: Transaction, campaignId: string, choice: UncertainChoice): Promise<void> {
  await tx.rows(
    `SELECT 1 FROM send_batches WHERE id IN (SELECT r.batch_id FROM campaign_recipients r WHERE ${UNCERTAIN_ONES})
     ORDER BY id FOR NO KEY UPDATE`,
    uncertainValues(campaignId, choice),
  );
}

/** The batches come back to life, and with them the campaign. */
async function sendAgain(tx: Transaction, campaignId: string, seqs: readonly number[]): Promise<void> {
  await tx.run(
    `WITH again AS (
       UPDATE campaign_recipients SET status = 'pending', retry_at = NULL, finished_at = NULL
       WHERE campaign_id = $1 AND seq = ANY ($2::int[]) RETURNING batch_id
     ), batches AS (
       UPDATE send_batches SET status = 'ready', ready_at = now()
       WHERE id IN (SELECT batch_id FROM again) AND status = 'done'
     )
     UPDATE campaigns SET status = 'sending', finished_at = NULL, version = version + 1,
       deadline_at = greatest(deadline_at, now() + interval '1 hour')
     WHERE id = $1 AND status = 'sent'`,
    [campaignId, seqs],
  );
}

async function settle(
  tx: Transaction,
  campaignId: string,
  seqs: readonly number[],
  status: 'accepted' | 'skipped',
): Promise<void> {
  await tx.run(
    `UPDATE campaign_recipients SET status = $3, finished_at = now(),
       skip_reason = CASE WHEN $3 = 'skipped' THEN 'uncertain' END,
       accepted_at = CASE WHEN $3 = 'accepted' THEN now() END
     WHERE campaign_id = $1 AND seq = ANY ($2::int[])`,
    [campaignId, seqs, status],
  );
}
