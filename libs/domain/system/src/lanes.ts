import type { z } from 'zod';
import type { SystemLane } from '#contracts';
import type { Sql } from '#platform/database';

type Lane = z.infer<typeof SystemLane>;

/** Beyond it a count says no more and costs more. */
const COUNT_MAX = 100_000;

/**
 * What waits, by lane: rows that could be worked on now. Each is read over the index its own workers use, up to a bound.
 */
const LANE_ROWS: Record<Lane['name'], string> = {
  campaigns: `SELECT b.ready_at AS since, b.size AS n FROM send_batches b JOIN campaigns c ON c.id = b.campaign_id
    WHERE b.status = 'ready' AND b.ready_at <= now() AND c.status = 'sending'`,
  triggered: `SELECT ready_at, 1 FROM messages WHERE status = 'pending' AND claim_id IS NULL AND ready_at <= now()`,
  inbound: `SELECT received_at, 1 FROM inbound_messages WHERE status = 'stored'`,
  imports: `SELECT created_at, 1 FROM imports WHERE status = 'queued'`,
  cleanings: `SELECT created_at, 1 FROM cleanings WHERE status = 'queued'`,
  reports: `SELECT at, 1 FROM report_marks`,
};

/** What waits in the ledger, in the order of the lanes. */
export async function readLanes(sql: Sql): Promise<Lane[]> {
  const parts = Object.entries(LANE_ROWS).map(
    ([name, rows]) =>
      `SELECT '${name}' AS name, coalesce(sum(n), 0)::float8 AS waiting, min(since) AS "oldestAt"
       FROM (SELECT * FROM (${rows}) r (since, n) LIMIT ${COUNT_MAX}) bounded`,
  );
  const found = await sql.rows<{ name: Lane['name']; waiting: number; oldestAt: Date | null }>(
    parts.join(' UNION ALL '),
  );
  return found.map(({ name, waiting, oldestAt }) => ({ name, waiting, oldestAt: oldestAt?.toISOString() ?? null }));
}
