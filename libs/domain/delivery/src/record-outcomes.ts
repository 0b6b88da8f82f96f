import type { DeliveryAttempt, UncertainPolicy } from '#contracts';
import { readAnswer } from '#engine/pace';
import type { Sql } from '#platform/database';
import type { ClaimedBatch } from './claim-batch.js';
import { retryDelaySeconds, slowedDelaySeconds } from './retry-delay.js';

/** What one send came to. */
export interface RecordedOutcome {
  seq: number;
  attempt: DeliveryAttempt;
  /** Attempts before this one: decides how long a deferral waits. */
  earlierAttempts: number;
}

/** The claim under which outcomes are written: of the present owner, or of a dead one that is being settled. */
export type OutcomeClaim = Pick<ClaimedBatch, 'id' | 'campaignId' | 'fence'>;

/**
 * Writes outcomes into the ledger under the batch's fence, in one statement: a stale owner changes no row.
 *
 * `unreachable` says nothing of the recipient, so it leaves the row pending without an attempt; an `uncertain` one is
 * settled by the campaign's policy.
 * @returns false when the claim is over and nothing was written
 */
export async function recordOutcomes(
  sql: Sql,
  claim: OutcomeClaim,
  outcomes: readonly RecordedOutcome[],
  policy: UncertainPolicy,
): Promise<boolean> {
  const told = outcomes.filter((outcome) => outcome.attempt.kind !== 'unreachable');
  if (told.length === 0) return true;
  const states = told.map((outcome) => nextState(outcome, policy));
  const ours = await sql.first(
    {
      name: 'record_outcomes',
      // The rows are named by their keys twice, so that the ledger is never read through to join them.
      text: `
        WITH ours AS MATERIALIZED (
          SELECT c.deadline_at FROM send_batches b JOIN campaigns c ON c.id = b.campaign_id
          WHERE b.id = $8 AND b.fence = $9 AND b.status = 'leased' FOR NO KEY UPDATE OF b
        ), written AS (
          UPDATE campaign_recipients r SET
            status = CASE WHEN o.status = 'pending' AND now() + make_interval(secs => o.wait) > ours.deadline_at
                       THEN 'expired' ELSE o.status END,
            attempts = r.attempts || o.attempt,
            retry_at = CASE WHEN o.status = 'pending' THEN now() + make_interval(secs => o.wait) END,
            skip_reason = o.skip_reason,
            refusal_pending = o.status = 'rejected',
            accepted_at = CASE WHEN o.status = 'accepted' THEN o.at END,
            finished_at = CASE WHEN o.status <> 'pending' THEN now() END
          FROM unnest($2::int[], $3::text[], $4::jsonb[], $5::float8[], $6::timestamptz[], $7::text[])
                 AS o (seq, status, attempt, wait, at, skip_reason), ours
          WHERE r.campaign_id = $1 AND r.seq = ANY ($2::int[]) AND r.seq = o.seq AND r.status = 'pending'
            -- A replayed journal may tell again what was already written.
            AND NOT r.attempts @> jsonb_build_array(o.attempt)
        )
        SELECT 1 FROM ours`,
    },
    [
      claim.campaignId,
      told.map((outcome) => outcome.seq),
      states.map((state) => state.status),
      told.map((outcome) => JSON.stringify(outcome.attempt)),
      states.map((state) => state.wait),
      told.map((outcome) => outcome.attempt.at),
      states.map((state) => state.skipReason),
      claim.id,
      claim.fence,
    ],
  );
  return ours !== undefined;
}

/** Puts off recipients whose domain has no room now: nothing was tried. */
export async function postpone(
  sql: Sql,
  batch: ClaimedBatch,
  later: ReadonlyArray<{ seq: number; waitMs: number }>,
): Promise<void> {
  await sql.run(
    `UPDATE campaign_recipients r SET retry_at = now() + make_interval(secs => o.wait)
     FROM unnest($2::int[], $3::float8[]) AS o (seq, wait)
     WHERE r.campaign_id = $1 AND r.seq = ANY ($2::int[]) AND r.seq = o.seq AND r.status = 'pending'`,
    [batch.campaignId, later.map(({ seq }) => seq), later.map(({ waitMs }) => waitMs / 1000)],
  );
}

/** Settles recipients that can't be sent, each with its reason. */
export async function skipRecipients(
  sql: Sql,
  batch: ClaimedBatch,
  skipped: ReadonlyArray<{ seq: number; reason: string }>,
): Promise<void> {
  await sql.run(
    `UPDATE campaign_recipients r SET status = 'skipped', skip_reason = o.reason, finished_at = now(), retry_at = NULL
     FROM unnest($2::int[], $3::text[]) AS o (seq, reason)
     WHERE r.campaign_id = $1 AND r.seq = ANY ($2::int[]) AND r.seq = o.seq AND r.status = 'pending'`,
    [batch.campaignId, skipped.map((entry) => entry.seq), skipped.map((entry) => entry.reason)],
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
     WHERE r.campaign_id = $1 AND r.seq = ANY ($2::int[]) AND r.seq = o.seq AND r.status = 'uncertain'`,
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
    case 'unreachable': {
      const slowed = readAnswer(attempt) === 'slowed';
      const wait = slowed ? slowedDelaySeconds(Math.random()) : retryDelaySeconds(earlierAttempts, Math.random());
      return { status: 'pending', wait, skipReason: null };
    }
  }
}
