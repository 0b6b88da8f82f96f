import { REST } from '#engine/ab-test';
import type { Sql } from '#platform/database';
import type { CampaignRow } from '#domain/campaigns';

/** How the statement of the preparation spreads those of a chunk over the hours. */
export interface Spread {
  /** SQL over who is sent to: their place among those who leave one after the other. */
  place: string;
  /** SQL over a `place`: the minute in which it leaves, from 0 on; a batch is of one minute. */
  slot: string;
  /** SQL over a batch, with `last` the last place in it: when it may leave at the earliest; null at once. */
  due: string;
  /** From `$first` on. */
  values: unknown[];
}

/**
 * A campaign with an hourly limit has batches of one minute each, due when the place of their last recipient has come:
 * so never more than the limit have left by then. What waits for an A/B test is counted on its own, from 0 on: its hours
 * begin with the decision. Places go on from chunk to chunk.
 * @param first number of the first parameter that is free in the statement
 */
export async function spreadBy(sql: Sql, campaign: CampaignRow, first: number): Promise<Spread> {
  const { id, hourlyLimit, startedAt } = campaign;
  if (hourlyLimit === null) return { place: '0', slot: '0', due: 'NULL::timestamptz', values: [] };
  const before = await sql.first<{ sample: number; rest: number }>(
    `SELECT coalesce(sum(size) FILTER (WHERE arm <> ${REST}), 0)::int AS sample,
       coalesce(sum(size) FILTER (WHERE arm = ${REST}), 0)::int AS rest
     FROM send_batches WHERE campaign_id = $1`,
    [id],
  );
  return {
    place: `row_number() OVER (PARTITION BY arm = ${REST} ORDER BY tier, id)
      + CASE WHEN arm = ${REST} THEN $${first}::int ELSE $${first + 1}::int END`,
    slot: `((place - 1) * 60 / $${first + 3}::int)`,
    due: `($${first + 2}::timestamptz + last * interval '1 hour' / $${first + 3}::int)`,
    values: [before?.rest ?? 0, before?.sample ?? 0, startedAt, hourlyLimit],
  };
}

/**
 * Who leaves last has as long for retries as who leaves first. Called when all batches are made, and when those of an
 * A/B test's rest have been let go.
 */
export async function deferDeadline(sql: Sql, campaignId: string): Promise<void> {
  await sql.run(
    `UPDATE campaigns SET deadline_at = greatest(deadline_at, delayed_by + make_interval(hours => deadline_hours) +
       (SELECT max(due_at) FROM send_batches WHERE campaign_id = $1)) WHERE id = $1 AND hourly_limit IS NOT NULL`,
    [campaignId],
  );
}
