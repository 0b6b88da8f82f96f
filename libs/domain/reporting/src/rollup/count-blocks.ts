import type { Sql } from '#platform/database';
import { RECIPIENT_MEASURES, TIME_MEASURES, trimmed } from './cells.js';
import type { Cells } from './cells.js';

/** What of a block is counted together, from rows of one table. */
export type Part = 'recipients' | 'visits' | 'exclusions';

/** A part of a campaign: 256 seqs of its ledger or of what their recipients did, or 4,096 contact ids of its exclusions. */
export interface Block {
  campaignId: string;
  block: string;
  part: Part;
}

/** A block counted anew. */
export interface CountedBlock extends Block {
  cells: Cells;
  /** The server's own words, one example by the name of a cell. */
  samples: Record<string, string>;
}

/** What one statement says of a block; null where it found nothing. */
interface CountedRow extends Omit<Block, 'part'> {
  cells: Cells | null;
  samples: Record<string, string> | null;
}

/**
 * Counts blocks from the rows. Blocks of campaigns that are gone are left out.
 *
 * Index: the ledger's key and events_recipient, a range of each block. 1 ms a block.
 */
export async function countBlocks(sql: Sql, blocks: readonly Block[]): Promise<CountedBlock[]> {
  const counted: CountedBlock[] = [];
  for (const part of Object.keys(STATEMENTS) as Part[]) {
    const found = new Map<string, CountedBlock>();
    const asked = columnsOf(blocks.filter((block) => block.part === part)).slice(0, 2);
    if (asked[0]?.length === 0) continue;
    for (const statement of STATEMENTS[part]) {
      for (const { cells, samples, ...row } of await sql.rows<CountedRow>(statement, asked)) {
        const block = { ...row, part };
        const entry = found.get(nameOf(block)) ?? { ...block, cells: {}, samples: {} };
        for (const [name, n] of Object.entries(cells ?? {})) entry.cells[name] = trimmed(n);
        Object.assign(entry.samples, samples);
        found.set(nameOf(block), entry);
      }
    }
    counted.push(...found.values());
  }
  return counted;
}

export function nameOf({ campaignId, block, part }: Block): string {
  return `${campaignId}/${block}/${part}`;
}

/** Blocks as columns: campaigns, blocks, parts. */
export function columnsOf(blocks: readonly Block[]): [string[], string[], Part[]] {
  return [blocks.map(({ campaignId }) => campaignId), blocks.map(({ block }) => block), blocks.map(({ part }) => part)];
}

/** One query for each block, so that every block is a range of an index; one row for each, since cells are many. */
function ofEachBlock(name: string, counting: string): { name: string; text: string } {
  return {
    name: `count_blocks_${name}`,
    text: `SELECT d.campaign_id AS "campaignId", d.block, c.cells, c.samples
      FROM unnest($1::bigint[], $2::bigint[]) AS d (campaign_id, block)
      JOIN campaigns k ON k.id = d.campaign_id CROSS JOIN LATERAL (
        SELECT json_object_agg(dim || ':' || key, n) AS cells,
          json_object_agg(dim || ':' || key, sample) FILTER (WHERE sample IS NOT NULL) AS samples
        FROM (${counting}) counted) c`,
  };
}

const SEQS = `campaign_id = d.campaign_id AND seq >= (d.block * 256)::int AND seq < (d.block * 256 + 256)::int`;

/** The statement "failed" of a row, as the bounce rate has it. */
const FAILED = `(status IN ('rejected', 'expired') OR (status = 'accepted' AND bounced_at IS NOT NULL))`;

/** Ten seconds while a chart of the campaign shows them, five minutes later. */
const BIN = `date_bin(CASE WHEN at < k.started_at + interval '2 hours' THEN interval '10 s' ELSE interval '5 min' END, at, 'epoch')`;
const INSTANT_OF: Record<(typeof TIME_MEASURES)[number], string> = {
  accepted: 'accepted_at',
  opened: 'opened_at',
  clicked: 'clicked_at',
  bounced: `CASE status WHEN 'accepted' THEN bounced_at WHEN 'rejected' THEN finished_at WHEN 'expired' THEN finished_at END`,
  openedByAny: 'least(opened_at, machine_opened_at)',
  clickedByAny: 'least(clicked_at, machine_clicked_at)',
};
const INSTANTS = TIME_MEASURES.map((name, at) => `(${at}, ${INSTANT_OF[name]})`).join(', ');
const OF_KIND = TIME_MEASURES.map((_, at) => `count(*) FILTER (WHERE kind = ${at})`).join(', ');

const STATEMENTS: Record<Part, Array<{ name: string; text: string }>> = {
  recipients: [
    ofEachBlock(
      'recipients',
      `SELECT CASE WHEN GROUPING(provider) = 0 THEN 'provider' ELSE 'domain' END AS dim,
         coalesce(provider, domain) AS key, NULL AS sample,
         ARRAY[${Object.values(RECIPIENT_MEASURES).join(', ')}]::int[] AS n
       FROM (SELECT *, split_part(canonical, '@', 2) AS domain FROM campaign_recipients WHERE ${SEQS}) r
       GROUP BY GROUPING SETS ((provider), (domain))`,
    ),
    ofEachBlock(
      'arms',
      `SELECT 'arm' AS dim, arm::text AS key, NULL AS sample,
         ARRAY[${Object.values(RECIPIENT_MEASURES).join(', ')}]::int[] AS n
       FROM (SELECT *, (SELECT arm FROM send_batches b WHERE b.id = batch_id) AS arm FROM campaign_recipients
         WHERE ${SEQS} AND EXISTS (SELECT 1 FROM ab_tests t WHERE t.campaign_id = d.campaign_id)) r
       GROUP BY arm`,
    ),
    ofEachBlock(
      'instants',
      `SELECT 'time' AS dim, extract(epoch FROM bin)::bigint::text AS key, NULL AS sample, ARRAY[${OF_KIND}]::int[] AS n
       FROM (SELECT kind, ${BIN} AS bin FROM campaign_recipients, LATERAL (VALUES ${INSTANTS}) i (kind, at)
         WHERE ${SEQS} AND at IS NOT NULL) instants
       GROUP BY bin`,
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
       ) failed GROUP BY reason, kind, provider`,
    ),
  ],
  visits: [
    ofEachBlock(
      'visits',
      `SELECT CASE WHEN GROUPING(client) = 0 THEN 'client' WHEN GROUPING(link) = 0 THEN 'link' ELSE 'visit' END AS dim,
         CASE WHEN GROUPING(client) = 0 THEN client WHEN GROUPING(link) = 0 THEN link || ':' || human
           ELSE type || ':' || human END AS key, NULL AS sample,
         CASE WHEN GROUPING(client) = 0
           THEN ARRAY[count(DISTINCT seq) FILTER (WHERE type = 'opened'), count(DISTINCT seq) FILTER (WHERE type = 'clicked')]
           ELSE ARRAY[count(*), count(DISTINCT seq)] END::int[] AS n
       FROM (SELECT seq, type, human, link, coalesce(client, '') AS client FROM events
         WHERE ${SEQS} AND type IN ('opened', 'clicked') AND human IS NOT NULL) visits
       GROUP BY GROUPING SETS ((type, human), (human, link), (human, client))
       HAVING (GROUPING(client) = 1 OR human) AND (GROUPING(link) = 1 OR link IS NOT NULL)`,
    ),
  ],
  exclusions: [
    ofEachBlock(
      'exclusions',
      `SELECT 'exclusion' AS dim, reason AS key, NULL AS sample, ARRAY[count(*)]::int[] AS n FROM campaign_exclusions
       WHERE campaign_id = d.campaign_id AND contact_id >= d.block * 4096 AND contact_id < d.block * 4096 + 4096
       GROUP BY reason`,
    ),
  ],
};
