import type { ContactStatus, SegmentRule } from '#contracts';
import { SqlParameters, segmentCondition } from '#engine/segment-query';
import type { SegmentContext } from '#engine/segment-query';
import type { Database, Sql, Transaction } from '#platform/database';

/** Now, in the days of the workspace. */
export async function contextOf(sql: Sql, workspaceId: string, nowMs: number): Promise<SegmentContext> {
  const row = await sql.first<{ timezone: string }>('SELECT timezone FROM workspaces WHERE id = $1', [workspaceId]);
  return { workspaceId, timezone: row?.timezone ?? 'UTC', nowMs };
}

/** Who of some contacts belongs to the segment: ids, in no order. For slices of a campaign; all must be the workspace's. */
export async function membersAmong(
  sql: Sql,
  rule: SegmentRule,
  ids: readonly string[],
  context: SegmentContext,
): Promise<Set<string>> {
  const parameters = new SqlParameters([ids, context.workspaceId]);
  const condition = segmentCondition(rule, parameters, { ...context, few: true });
  const rows = await sql.rows<{ id: string }>(
    `SELECT c.id FROM contacts c WHERE c.id = ANY ($1::bigint[]) AND c.workspace_id = $2 AND ${condition}`,
    parameters.values,
  );
  return new Set(rows.map(({ id }) => id));
}

export interface SampleContact {
  id: string;
  email: string;
  name: string;
  status: ContactStatus;
}

/**
 * A prime, so that regular ids spread; the greatest id of each rest is a sample that costs no sorting. The statistics
 * `contact_samples` are of this expression.
 */
const BUCKETS = 499;
/** Ten million contacts on a machine that has other things to do. */
const ASK_MS = 120_000;

/**
 * Counts a segment exactly and picks some of its newest contacts, in one pass.
 * @param size how many to pick, at most
 */
export function countAndSample(
  db: Database,
  rule: SegmentRule,
  context: SegmentContext,
  size: number,
): Promise<{ count: number; sample: SampleContact[] }> {
  return db.transaction(
    async (tx) => {
      // Compiling such a statement takes longer than running it.
      await tx.run('SET LOCAL jit = off');
      const parameters = new SqlParameters([context.workspaceId]);
      const where = `c.workspace_id = $1 AND ${segmentCondition(rule, parameters, context)}`;
      const buckets = await tx.rows<{ n: number; id: string }>(
        `SELECT count(*)::int AS n, max(c.id) AS id FROM contacts c WHERE ${where} GROUP BY c.id % ${BUCKETS}`,
        parameters.values,
      );
      const count = buckets.reduce((sum, { n }) => sum + n, 0);
      const wanted = Math.min(size, count);
      const ids = buckets
        .map(({ id }) => id)
        .sort((a, b) => (BigInt(a) < BigInt(b) ? 1 : -1))
        .slice(0, wanted);
      return { count, sample: ids.length < wanted ? await newest(tx, where, parameters, wanted) : await byId(tx, ids) };
    },
    { timeoutMs: ASK_MS },
  );
}

const SAMPLE = 'c.id, c.email, c.name, c.status';

function byId(tx: Transaction, ids: readonly string[]): Promise<SampleContact[]> {
  return tx.rows(`SELECT ${SAMPLE} FROM contacts c WHERE c.id = ANY ($1::bigint[]) ORDER BY c.id DESC`, [ids]);
}

/** Where a few contacts share their rests; they are few, so all of them are found first. */
function newest(tx: Transaction, where: string, parameters: SqlParameters, size: number): Promise<SampleContact[]> {
  return tx.rows(
    `SELECT * FROM (SELECT ${SAMPLE} FROM contacts c WHERE ${where} OFFSET 0) c ORDER BY c.id DESC LIMIT ${Math.trunc(size)}`,
    parameters.values,
  );
}
