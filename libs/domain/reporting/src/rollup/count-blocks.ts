import type { Sql } from '#platform/database';
import { RECIPIENT_MEASURES, TIME_MEASURES, sumOf, trimmed } from './cells.js';
import type { Cells } from './cells.js';

/** A part of a campaign: 256 seqs of its ledger with what their recipients did, or 4,096 contact ids of its exclusions. */
export interface Block {
  campaignId: string;
  /** Exclusions below zero. */
  block: string;
}

/** A block counted anew. */
export interface CountedBlock extends Block {
  cells: Cells;
  /** The server's own words, one example by the name of a cell. */
  samples: Record<string, string>;
}

interface CellRow extends Block {
  dim: string;
  key: string;
  n: number[];
  sample: string | null;
}

/**
 * Counts blocks from the rows. Blocks of campaigns that are gone are left out.
 *
 * Index: the ledger's key and events_recipient, a range of each block. 1 ms a block.
 */
export async function countBlocks(sql: Sql, blocks: readonly Block[]): Promise<CountedBlock[]> {
  const values = [blocks.map(({ campaignId }) => campaignId), blocks.map(({ block }) => block)];
  const known = await sql.rows<Block>(
    `SELECT d.campaign_id AS "campaignId", d.block FROM unnest($1::bigint[], $2::bigint[]) AS d (campaign_id, block)
     JOIN campaigns k ON k.id = d.campaign_id`,
    values,
  );
  const counted = new Map(known.map((block) => [nameOf(block), { ...block, cells: {}, samples: {} } as CountedBlock]));
  for (const statement of STATEMENTS) {
    for (const row of await sql.rows<CellRow>(statement, values)) {
      const block = counted.get(nameOf(row));
      if (!block) continue;
      const name = `${row.dim}:${row.key}`;
      block.cells[name] = trimmed(sumOf([block.cells[name] ?? [], row.n]));
      if (row.sample) block.samples[name] = row.sample;
    }
  }
  return [...counted.values()];
}

export function nameOf({ campaignId, block }: Block): string {
  return `${campaignId}/${block}`;
}

/** One query for each block: so every block is a range of an index, however many there are. */
function ofEachBlock(name: string, counting: string): { name: string; text: string } {
  return {
    name: `count_blocks_${name}`,
    text: `SELECT d.campaign_id AS "campaignId", d.block, c.dim, c.key, c.n, c.sample
      FROM unnest($1::bigint[], $2::bigint[]) AS d (campaign_id, block)
      JOIN campaigns k ON k.id = d.campaign_id CROSS JOIN LATERAL (${counting}) c`,
  };
}

const SEQS = `campaign_id = d.campaign_id AND seq >= (d.block * 256)::int AND seq < (d.block * 256 + 256)::int`;

/** The statement "failed" of a row, as the bounce rate has it. */
const FAILED = `(status IN ('rejected', 'expired') OR (status = 'accepted' AND bounced_at IS NOT NULL))`;

/** Ten seconds while a chart of the campaign shows them, five minutes later. */
const binOf = (instant: string) =>
  `date_bin(CASE WHEN ${instant} < k.started_at + interval '2 hours' THEN interval '10 s' ELSE interval '5 min' END,
    ${instant}, 'epoch')`;
const INSTANT_OF: Record<(typeof TIME_MEASURES)[number], string> = {
  accepted: 'accepted_at',
  opened: 'opened_at',
  clicked: 'clicked_at',
  bounced: `CASE status WHEN 'accepted' THEN bounced_at WHEN 'rejected' THEN finished_at WHEN 'expired' THEN finished_at END`,
  openedByAny: 'least(opened_at, machine_opened_at)',
  clickedByAny: 'least(clicked_at, machine_clicked_at)',
};
const INSTANTS = TIME_MEASURES.map((name) => `${binOf(INSTANT_OF[name])} AS "${name}"`).join(', ');
const INSTANT_NAMES = TIME_MEASURES.map((name) => `"${name}"`).join(', ');

const STATEMENTS = [
  ofEachBlock(
    'recipients',
    `SELECT CASE WHEN GROUPING(provider) = 0 THEN 'provider' ELSE 'domain' END AS dim,
       coalesce(provider, domain) AS key, NULL AS sample,
       ARRAY[${Object.values(RECIPIENT_MEASURES).join(', ')}]::int[] AS n
     FROM (SELECT *, split_part(canonical, '@', 2) AS domain FROM campaign_recipients WHERE ${SEQS}) r
     WHERE d.block >= 0 GROUP BY GROUPING SETS ((provider), (domain))`,
  ),
  // A row for each kind of instant of a bin: they are put together where they are read.
  ofEachBlock(
    'instants',
    `SELECT 'time' AS dim, extract(epoch FROM coalesce(${INSTANT_NAMES}))::bigint::text AS key, NULL AS sample,
       ARRAY[${TIME_MEASURES.map((name) => `CASE WHEN GROUPING("${name}") = 0 THEN count(*) ELSE 0 END`).join(', ')}]::int[] AS n
     FROM (SELECT ${INSTANTS} FROM campaign_recipients WHERE ${SEQS}) r
     WHERE d.block >= 0 GROUP BY GROUPING SETS (${TIME_MEASURES.map((name) => `("${name}")`).join(', ')})
     HAVING coalesce(${INSTANT_NAMES}) IS NOT NULL`,
  ),
  ofEachBlock(
    'bounces',
    `SELECT 'bounce' AS dim, jsonb_build_array(reason, kind, provider)::text AS key, ARRAY[count(*)]::int[] AS n,
       min(words) FILTER (WHERE words <> '') AS sample
     FROM (
       SELECT provider, CASE WHEN status = 'expired' THEN 'expired' ELSE coalesce(bounce_reason, 'undefined') END AS reason,
         CASE WHEN status = 'expired' THEN 'soft' ELSE coalesce(bounce_kind, 'soft') END AS kind,
         left(CASE WHEN status = 'expired' THEN attempts->-1->>'text'
           ELSE coalesce(nullif(bounce_detail, ''), attempts->-1->>'text') END, 500) AS words
       FROM campaign_recipients WHERE ${SEQS} AND ${FAILED}
     ) failed WHERE d.block >= 0 GROUP BY reason, kind, provider`,
  ),
  ofEachBlock(
    'visits',
    `SELECT CASE WHEN GROUPING(client) = 0 THEN 'client' WHEN GROUPING(link) = 0 THEN 'link' ELSE 'visit' END AS dim,
       CASE WHEN GROUPING(client) = 0 THEN coalesce(client, '') WHEN GROUPING(link) = 0 THEN link || ':' || human
         ELSE type || ':' || human END AS key, NULL AS sample,
       CASE WHEN GROUPING(client) = 0
         THEN ARRAY[count(DISTINCT seq) FILTER (WHERE type = 'opened'), count(DISTINCT seq) FILTER (WHERE type = 'clicked')]
         ELSE ARRAY[count(*), count(DISTINCT seq)] END::int[] AS n
     FROM events WHERE ${SEQS} AND type IN ('opened', 'clicked') AND human IS NOT NULL AND d.block >= 0
     GROUP BY GROUPING SETS ((type, human), (human, link), (human, client))
     HAVING (GROUPING(client) = 1 OR human) AND (GROUPING(link) = 1 OR link IS NOT NULL)`,
  ),
  ofEachBlock(
    'exclusions',
    `SELECT 'exclusion' AS dim, reason AS key, NULL AS sample, ARRAY[count(*)]::int[] AS n FROM campaign_exclusions
     WHERE d.block < 0 AND campaign_id = d.campaign_id AND contact_id >= (-1 - d.block) * 4096
       AND contact_id < (-d.block) * 4096 GROUP BY reason`,
  ),
];
