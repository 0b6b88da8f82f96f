import type { Database, Sql, Transaction } from '#platform/database';
import { addUp, changesBetween } from './cells.js';
import type { Cells, Change } from './cells.js';
import { columnsOf, countBlocks, nameOf } from './count-blocks.js';
import type { Block, CountedBlock } from './count-blocks.js';

/** Blocks counted in one transaction: some tenths of a second, for which a report may have to wait. */
const AT_ONCE = 200;

/**
 * Counts every block anew whose rows changed, and brings the sums of its campaign up to date. One process at a time; a
 * crash anywhere leaves marks and sums as they were.
 * @param campaignIds only these; all when left out
 * @returns number of blocks counted; 0 when nothing is left, or another process is at it and doesn't end
 */
export async function rollUp(db: Database, campaignIds: readonly string[] | null = null): Promise<number> {
  let counted = 0;
  for (;;) {
    if (!(await isMarked(db, campaignIds))) return counted;
    const n = await rollUpSome(db, campaignIds);
    counted += n;
    if (n < AT_ONCE) return counted;
  }
}

async function isMarked(sql: Sql, campaignIds: readonly string[] | null): Promise<boolean> {
  // Index: report_marks_block, campaign by campaign.
  const found = await sql.first(
    campaignIds
      ? `SELECT 1 FROM unnest($1::bigint[]) AS asked
         WHERE EXISTS (SELECT 1 FROM report_marks m WHERE m.campaign_id = asked) LIMIT 1`
      : 'SELECT 1 FROM report_marks WHERE $1::text IS NULL LIMIT 1',
    [campaignIds],
  );
  return found !== undefined;
}

/** One transaction of {@link rollUp}. */
export async function rollUpSome(db: Database, campaignIds: readonly string[] | null = null): Promise<number> {
  try {
    return await db.transaction(
      async (tx) => {
        // The lock comes before the snapshot: so the snapshot has what the one before us wrote. In one snapshot, who
        // sees a mark sees the rows it was left for, and a mark that comes later stays for the next round.
        await tx.run('SET TRANSACTION ISOLATION LEVEL REPEATABLE READ');
        await tx.run('LOCK TABLE report_turn IN EXCLUSIVE MODE');
        const blocks = await takeMarks(tx, campaignIds);
        if (blocks.length > 0) await replace(tx, await countBlocks(tx, blocks));
        return blocks.length;
      },
      { repeatable: true, yields: true },
    );
  } catch (error) {
    if ((error as { code?: unknown }).code === LOCK_NOT_AVAILABLE) return 0;
    throw error;
  }
}

/** SQLSTATE lock_not_available. */
const LOCK_NOT_AVAILABLE = '55P03';

/** The longest marked first: blocks that are marked again and again must not keep others waiting. */
function takeMarks(tx: Transaction, campaignIds: readonly string[] | null): Promise<Block[]> {
  return tx.rows<Block>(
    {
      name: campaignIds ? 'take_marks_of' : 'take_marks',
      text: `
        WITH oldest_blocks AS MATERIALIZED (
          SELECT campaign_id, block, part FROM (
            SELECT id, campaign_id, block, part FROM report_marks
            WHERE ${campaignIds ? 'campaign_id = ANY ($2::bigint[])' : '$2::bigint[] IS NULL'} ORDER BY id LIMIT 10000
          ) oldest GROUP BY campaign_id, block, part ORDER BY min(id) LIMIT $1
        ), taken AS (
          DELETE FROM report_marks m USING oldest_blocks o
          WHERE m.campaign_id = o.campaign_id AND m.block = o.block AND m.part = o.part
        )
        SELECT campaign_id AS "campaignId", block, part FROM oldest_blocks`,
    },
    [AT_ONCE, campaignIds],
  );
}

/** Puts the new counts of blocks in the place of the old ones, and the difference into the sums. */
async function replace(tx: Transaction, blocks: readonly CountedBlock[]): Promise<void> {
  const before = await storedCells(tx, blocks);
  const changes = new Map<string, Change[]>();
  const samples = new Map<string, string>();
  for (const block of blocks) {
    const theirs = changes.get(block.campaignId) ?? [];
    theirs.push(...changesBetween(before.get(nameOf(block)) ?? {}, block.cells));
    changes.set(block.campaignId, theirs);
    for (const [name, words] of Object.entries(block.samples)) samples.set(`${block.campaignId} ${name}`, words);
  }
  await tx.run(
    {
      name: 'store_blocks',
      text: `INSERT INTO report_blocks (campaign_id, block, part, cells)
        SELECT * FROM unnest($1::bigint[], $2::bigint[], $3::report_part[], $4::json[])
        ON CONFLICT (campaign_id, block, part) DO UPDATE SET cells = excluded.cells`,
    },
    [...columnsOf(blocks), blocks.map(({ cells }) => JSON.stringify(cells))],
  );
  const sums = [...changes].flatMap(([campaignId, theirs]) =>
    addUp(theirs).map((change) => ({ campaignId, ...change })),
  );
  await tx.run(
    {
      name: 'add_to_cells',
      text: `INSERT INTO report_cells AS c (campaign_id, dim, key, n, sample)
        SELECT campaign_id, dim, key, n::int[], sample
        FROM unnest($1::bigint[], $2::text[], $3::text[], $4::text[], $5::text[]) AS v (campaign_id, dim, key, n, sample)
        ON CONFLICT (campaign_id, dim, key) DO UPDATE SET sample = coalesce(excluded.sample, c.sample),
          n = ARRAY(SELECT coalesce(a, 0) + coalesce(b, 0) FROM unnest(c.n, excluded.n) AS u (a, b))`,
    },
    [
      sums.map(({ campaignId }) => campaignId),
      sums.map(({ dim }) => dim),
      sums.map(({ key }) => key),
      sums.map(({ n }) => `{${n.join()}}`),
      sums.map(({ campaignId, dim, key }) => samples.get(`${campaignId} ${dim}:${key}`) ?? null),
    ],
  );
}

async function storedCells(tx: Transaction, blocks: readonly Block[]): Promise<Map<string, Cells>> {
  const rows = await tx.rows<Block & { cells: Cells }>(
    {
      name: 'stored_cells',
      text: `SELECT b.campaign_id AS "campaignId", b.block, b.part, b.cells
        FROM unnest($1::bigint[], $2::bigint[], $3::report_part[]) AS d (campaign_id, block, part)
        JOIN report_blocks b ON b.campaign_id = d.campaign_id AND b.block = d.block AND b.part = d.part`,
    },
    columnsOf(blocks),
  );
  return new Map(rows.map(({ cells, ...block }) => [nameOf(block), cells]));
}
