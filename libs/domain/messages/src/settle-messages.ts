import type { DeliveryAttempt, MessageSkipReason } from '#contracts';
import type { Sql } from '#platform/database';
import { retryDelaySeconds } from '#domain/delivery';

/** What a pass over one message came to. */
export type Settlement = { id: string } & (
  | { kind: 'attempted'; attempt: DeliveryAttempt; earlierAttempts: number }
  | { kind: 'skipped'; reason: MessageSkipReason; detail: string }
  /** Not tried, or not got through to a server: again after a while. */
  | { kind: 'again'; waitMs: number; detail: string }
);

interface NextState {
  status: 'pending' | 'accepted' | 'rejected' | 'uncertain' | 'skipped';
  waitMs: number;
  reason: MessageSkipReason | null;
  detail: string;
  attempt: DeliveryAttempt | null;
}

/**
 * Writes what became of messages of one claim, whose number is the fence: a claim that was given up changes no row. A
 * message that would be tried after its deadline has expired.
 * @returns ids of the messages that were still ours
 */
export async function settleMessages(sql: Sql, claimId: string, settled: readonly Settlement[]): Promise<Set<string>> {
  const states = settled.map((each) => nextState(each));
  const rows = await sql.rows<{ id: string }>(
    {
      name: 'settle_messages',
      text: `
        UPDATE messages m SET
          status = CASE WHEN o.status = 'pending' AND now() + make_interval(secs => o.wait) > m.deadline_at
                     THEN 'expired' ELSE o.status END,
          attempts = CASE WHEN o.attempt IS NULL THEN m.attempts ELSE m.attempts || o.attempt END,
          ready_at = CASE WHEN o.status = 'pending' THEN now() + make_interval(secs => o.wait) ELSE m.ready_at END,
          skip_reason = o.reason, detail = o.detail, claim_id = NULL, refusal_pending = o.refused,
          accepted_at = CASE WHEN o.status = 'accepted' THEN (o.attempt->>'at')::timestamptz END,
          finished_at = CASE WHEN o.status <> 'pending' OR now() + make_interval(secs => o.wait) > m.deadline_at
                          THEN now() END
        FROM unnest($2::bigint[], $3::text[], $4::jsonb[], $5::float8[], $6::text[], $7::text[],
               $8::boolean[]) AS o (id, status, attempt, wait, reason, detail, refused)
        WHERE m.id = o.id AND m.claim_id = $1 AND m.status = 'pending'
        RETURNING m.id`,
    },
    [
      claimId,
      settled.map(({ id }) => id),
      states.map(({ status }) => status),
      states.map(({ attempt }) => attempt && JSON.stringify(attempt)),
      states.map(({ waitMs }) => waitMs / 1000),
      states.map(({ reason }) => reason),
      states.map(({ detail }) => detail.slice(0, 500)),
      // A refused sender says nothing of the recipient.
      states.map(({ attempt }) => attempt?.kind === 'rejected'),
    ],
  );
  return new Set(rows.map(({ id }) => id));
}

/**
 * Answers that come to light after their claim was given up: what was called uncertain meanwhile is not any more. What
 * has been decided otherwise since stays as decided.
 */
export async function settleLateAnswers(sql: Sql, settled: readonly Settlement[]): Promise<void> {
  const answers = settled.flatMap((each) =>
    each.kind === 'attempted' && (each.attempt.kind === 'accepted' || each.attempt.kind === 'rejected') ? [each] : [],
  );
  if (answers.length === 0) return;
  await sql.run(
    `UPDATE messages m SET status = o.attempt->>'kind', attempts = m.attempts || o.attempt,
       refusal_pending = o.attempt->>'kind' = 'rejected',
       accepted_at = CASE WHEN o.attempt->>'kind' = 'accepted' THEN (o.attempt->>'at')::timestamptz END
     FROM unnest($1::bigint[], $2::jsonb[]) AS o (id, attempt)
     WHERE m.id = o.id AND m.status = 'uncertain'`,
    [answers.map(({ id }) => id), answers.map(({ attempt }) => JSON.stringify(attempt))],
  );
}

function nextState(settlement: Settlement): NextState {
  const final = { waitMs: 0, reason: null, detail: '', attempt: null };
  switch (settlement.kind) {
    case 'skipped':
      return { ...final, status: 'skipped', reason: settlement.reason, detail: settlement.detail };
    case 'again':
      return { ...final, status: 'pending', waitMs: settlement.waitMs, detail: settlement.detail };
    case 'attempted': {
      const { attempt, earlierAttempts } = settlement;
      if (attempt.kind !== 'deferred' && attempt.kind !== 'unreachable') {
        return { ...final, status: attempt.kind, attempt };
      }
      // Refused for this sender for good: nothing that waiting would mend.
      if (attempt.senderRefused) return { ...final, status: 'rejected', attempt };
      const waitMs = 1000 * retryDelaySeconds(earlierAttempts, Math.random());
      return { ...final, status: 'pending', waitMs, attempt };
    }
  }
}
