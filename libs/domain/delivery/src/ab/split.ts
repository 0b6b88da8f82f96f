import { testsTimes } from '#contracts';
import { REST, splitCycle } from '#engine/ab-test';
import type { Sql } from '#platform/database';
import { sharesOf } from '#domain/campaigns';
import type { AbTestRow } from '#domain/campaigns';

/** In SQL over a batch `b`: it waits for the decision of its campaign's A/B test. */
export const WAITING = `(b.arm = ${REST}
  AND EXISTS (SELECT 1 FROM ab_tests t WHERE t.campaign_id = b.campaign_id AND t.winner IS NULL))`;

/** How the statement of the preparation divides those of a chunk. */
export interface Split {
  /** SQL over a candidate `c`: its arm. */
  arm: string;
  /** SQL over a batch: whether it is to wait. */
  waits: string;
  /** SQL over a batch: when it may leave at the earliest; null at once. */
  due: string;
  /** From $12 on. */
  values: unknown[];
}

/**
 * Who gets which variant. Places in the cycle of `engine/ab-test` go on from chunk to chunk, so that the shares are exact
 * over the whole audience; who of a chunk stands at which place is told by a hash of campaign and contact, so that
 * neither the order of an import nor an earlier test of the same people shows in it.
 */
export function splitBy(test: AbTestRow | undefined): Split {
  if (!test) return { arm: '0', waits: 'false', due: 'NULL::timestamptz', values: [] };
  return {
    arm: `($12::int[])[1 + ($13::bigint + row_number() OVER (ORDER BY hashint8extended(c.id, $6::bigint), c.id) - 1)
           % cardinality($12::int[])]`,
    waits: test.winner === null ? `arm = ${REST}` : 'false',
    // A leaves with the campaign.
    due: `($14::timestamptz[])[arm + 1]`,
    values: [splitCycle(sharesOf(test)), test.placed, [null, ...test.variants.map(({ sendAt }) => sendAt)]],
  };
}

/** So many places were given out. A variant that leaves later has as long for retries as A. */
export async function notePlaces(sql: Sql, test: AbTestRow, places: number): Promise<void> {
  const { campaignId, variants } = test;
  await sql.run('UPDATE ab_tests SET placed = placed + $2 WHERE campaign_id = $1', [campaignId, places]);
  if (!testsTimes(test)) return;
  await sql.run(
    `UPDATE campaigns SET deadline_at = greatest(deadline_at, (
       SELECT max(at) FROM unnest($2::timestamptz[]) AS at) + make_interval(hours => deadline_hours)) WHERE id = $1`,
    [campaignId, variants.map(({ sendAt }) => sendAt)],
  );
}
