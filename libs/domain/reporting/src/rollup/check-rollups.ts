import type { Database } from '#platform/database';
import { addUp, changesBetween } from './cells.js';
import type { Cells, Change } from './cells.js';
import { countBlocks } from './count-blocks.js';
import type { Block } from './count-blocks.js';

/** Blocks read at once. */
const PAGE = 400;

/**
 * Counts a whole campaign from its rows and compares: what the sums lack. Empty when the reports say what the rows say.
 * Read in one snapshot in which the campaign has no mark left.
 * @throws Error when the campaign is still being written
 */
export function checkRollups(db: Database, campaignId: string): Promise<Change[]> {
  return db.transaction(async (tx) => {
    await tx.run('SET TRANSACTION ISOLATION LEVEL REPEATABLE READ, READ ONLY');
    if (await tx.first('SELECT 1 FROM report_marks WHERE campaign_id = $1 LIMIT 1', [campaignId])) {
      throw new Error(`campaign ${campaignId} has rows that are not rolled up yet`);
    }
    const blocks = await tx.rows<Block>(
      `SELECT $1::bigint AS "campaignId", block, part FROM (
         SELECT DISTINCT (seq / 256)::bigint AS block, 'recipients' AS part FROM campaign_recipients WHERE campaign_id = $1
         UNION SELECT DISTINCT (seq / 256)::bigint, 'visits' FROM events WHERE campaign_id = $1 AND seq IS NOT NULL
         UNION SELECT DISTINCT contact_id / 4096, 'exclusions' FROM campaign_exclusions WHERE campaign_id = $1) b`,
      [campaignId],
    );
    const counted: Change[] = [];
    for (let at = 0; at < blocks.length; at += PAGE) {
      for (const { cells } of await countBlocks(tx, blocks.slice(at, at + PAGE))) {
        counted.push(...changesBetween({}, cells));
      }
    }
    const stored = await tx.rows<Change>('SELECT dim, key, n FROM report_cells WHERE campaign_id = $1', [campaignId]);
    return changesBetween(asCells(stored), asCells(addUp(counted)));
  });
}

function asCells(changes: readonly Change[]): Cells {
  return Object.fromEntries(changes.map(({ dim, key, n }) => [`${dim}:${key}`, n]));
}
