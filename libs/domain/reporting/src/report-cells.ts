import type { Sql } from '#platform/database';
import type { Dimension } from './rollup/cells.js';

/** A rolled-up group of a campaign. */
export interface ReportCell {
  dim: Dimension;
  key: string;
  n: number[];
  sample: string | null;
}

/**
 * What is rolled up of one campaign, but for its instants and domains, which are many.
 *
 * Index: report_cells' primary key; some dozens of rows.
 */
export async function readCells(sql: Sql, campaignId: string): Promise<ReportCell[]> {
  return sql.rows<ReportCell>(
    {
      name: 'report_cells',
      text: `SELECT dim, key, n, sample FROM report_cells
        WHERE campaign_id = $1 AND dim IN ('provider', 'bounce', 'link', 'visit', 'client', 'exclusion')`,
    },
    [campaignId],
  );
}

/** The cells of one dimension by key. */
export function cellsOf(cells: readonly ReportCell[], dim: Dimension): Map<string, number[]> {
  return new Map(cells.filter((cell) => cell.dim === dim).map(({ key, n }) => [key, n]));
}
