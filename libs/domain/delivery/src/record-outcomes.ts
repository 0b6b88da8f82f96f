import type { DeliveryAttempt, UncertainPolicy } from '#contracts';
import type { Sql, Transaction } from '#platform/database';
import type { ClaimedBatch } from './claim-batch.js';
import { retryDelaySeconds } from './retry-delay.js';

/** What one send of a slice came to. */
export interface RecordedOutcome {
  seq: number;
  attempt: DeliveryAttempt;
  /** Attempts before this one: decides how long a deferral waits. */
  earlierAttempts: number;
}

/**
 * Writes outcomes into the ledger under the batch's fence: a stale owner changes no row.
 *
 * `unreachable` says nothing of the recipient, so it leaves the row pending without an attempt; an `uncertain` one is
 * settled by the campaign's policy.
 * @returns false when the lease was lost meanwhile and nothing was written
 */
export function recordOutcomes(
  db: { transaction<T>(work: (tx: Transaction) => Promise<T>): Promise<T> },
  owner: string,
  batch: ClaimedBatch,
  outcomes: readonly RecordedOutcome[],
  policy: UncertainPolicy,
): Promise<boolean> {
  const told = outcomes.filter((outcome) => outcome.attempt.kind !== 'unreachable');
  if (told.length === 0) return Promise.resolve(true);
  return db.transaction(async (tx) => {
    const ours = await tx.first(
      {
        name: 'fence_check',
        text: 'SELECT 1 FROM send_batches WHERE id = $1 AND fence = $2 AND lease_owner = $3 FOR NO KEY UPDATE',
      },
      [batch.id, batch.fence, owner],
    );
    if (!ours) return false;
    await writeOutcomes(tx, batch.campaignId, told, policy);
    return true;
  });
}

/** The write itself, shared with the recovery, which holds the batch by other means. */
export async function writeOutcomes(
  sql: Sql,
  campaignId: string,
  outcomes: readonly RecordedOutcome[],
  policy: UncertainPolicy,
): Promise<void> {
  const states = outcomes.map((outcome) => nextState(outcome, policy));
  await sql.run(
    {
      name: 'write_outcomes',
      text: `
        UPDATE campaign_recipients r SET
          status = CASE WHEN o.status = 'pending' AND now() + make_interval(secs => o.wait) > c.deadline_at
                     THEN 'expired' ELSE o.status END,
          attempts = r.attempts || o.attempt,
          retry_at = CASE WHEN o.status = 'pending' THEN now() + make_interval(secs => o.wait) END,
          skip_reason = o.skip_reason,
          refusal_pending = o.status = 'rejected',
          accepted_at = CASE WHEN o.status = 'accepted' THEN o.at END,
          finished_at = CASE WHEN o.status <> 'pending' THEN now() END
        FROM unnest($2::int[], $3::text[], $4::jsonb[], $5::float8[], $6::timestamptz[], $7::text[])
               AS o (seq, status, attempt, wait, at, skip_reason), campaigns c
          -- The rows are named twice, so that the few rows are looked up and the ledger is never read through to join them.
        WHERE c.id = $1 AND r.campaign_id = $1 AND r.seq = ANY ($2) AND r.seq = o.seq AND r.status = 'pending'
          -- A replayed journal may tell again what was already written.
          AND NOT r.attempts @> jsonb_build_array(o.attempt)`,
    },
    [
      campaignId,
      outcomes.map((outcome) => outcome.seq),
      states.map((state) => state.status),
      outcomes.map((outcome) => JSON.stringify(outcome.attempt)),
      states.map((state) => state.wait),
      outcomes.map((outcome) => outcome.attempt.at),
      states.map((state) => state.skipReason),
    ],
  );
}

/**
 * Answers that come to light after their batch was given up: who was called uncertain meanwhile is not any more.
 * Anybody whose fate has been decided otherwise (settled by hand, sent again) stays as decided.
 */
export async function recordLateAnswers(
  sql: Sql,
  campaignId: string,
  outcomes: readonly RecordedOutcome[],
): Promise<void> {
  const answers = outcomes.filter(({ attempt }) => attempt.kind === 'accepted' || attempt.kind === 'rejected');
  if (answers.length === 0) return;
  await sql.run(
    `UPDATE campaign_recipients r SET status = o.status, attempts = r.attempts || o.attempt,
       refusal_pending = o.status = 'rejected', accepted_at = CASE WHEN o.status = 'accepted' THEN o.at END
     FROM unnest($2::int[], $3::text[], $4::jsonb[], $5::timestamptz[]) AS o (seq, status, attempt, at)
     WHERE r.campaign_id = $1 AND r.seq = o.seq AND r.status = 'uncertain'`,
    [
      campaignId,
      answers.map(({ seq }) => seq),
      answers.map(({ attempt }) => attempt.kind),
      answers.map(({ attempt }) => JSON.stringify(attempt)),
      answers.map(({ attempt }) => attempt.at),
    ],
  );
}

interface NextState {
  status: 'pending' | 'accepted' | 'rejected' | 'uncertain' | 'skipped';
  /** Seconds until the next try. */
  wait: number;
  skipReason: string | null;
}

function nextState({ attempt, earlierAttempts }: RecordedOutcome, policy: UncertainPolicy): NextState {
  const settled = (status: NextState['status'], skipReason: string | null = null) => ({ status, wait: 0, skipReason });
  switch (attempt.kind) {
    case 'accepted':
    case 'rejected':
      return settled(attempt.kind);
    case 'uncertain':
      if (policy === 'resend') return { status: 'pending', wait: 0, skipReason: null };
      return policy === 'skip' ? settled('skipped', 'uncertain') : settled('uncertain');
    case 'deferred':
    case 'unreachable':
      return { status: 'pending', wait: retryDelaySeconds(earlierAttempts, Math.random()), skipReason: null };
  }
}
