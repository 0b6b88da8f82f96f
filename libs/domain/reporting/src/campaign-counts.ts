import type { CampaignCounts } from '#contracts';
import type { Sql } from '#platform/database';
import { MEASURES, sumOf } from './rollup/cells.js';
import type { RecipientMeasure } from './rollup/cells.js';

/** The counts of a campaign nobody has been prepared for. */
export const NO_COUNTS: Readonly<CampaignCounts> = {
  candidates: 0,
  excluded: 0,
  prepared: 0,
  pending: 0,
  deferred: 0,
  accepted: 0,
  rejected: 0,
  expired: 0,
  uncertain: 0,
  skipped: 0,
  bounced: 0,
  bouncedHard: 0,
  bouncedSoft: 0,
  delivered: 0,
  opened: 0,
  clicked: 0,
  replied: 0,
  unsubscribed: 0,
  complained: 0,
};

/** What is rolled up of a group of recipients, by name. */
export type RecipientCounts = Record<RecipientMeasure, number>;

/** The numbers of a cell of recipients by their names; zeros where there is none. */
export function recipientCounts(n: readonly number[]): RecipientCounts {
  return Object.fromEntries(MEASURES.provider.map((name, at) => [name, n[at] ?? 0])) as RecipientCounts;
}

/** The whole table of counts, from what is rolled up of all recipients. */
export function completeCounts(recipients: RecipientCounts, excluded: number): CampaignCounts {
  const counts = {
    ...recipients,
    excluded,
    candidates: recipients.prepared + excluded,
    bouncedSoft: recipients.bounced - recipients.bouncedHard,
    delivered: recipients.accepted - recipients.bounced,
  };
  const names = Object.keys(NO_COUNTS) as Array<keyof CampaignCounts>;
  return Object.fromEntries(names.map((name) => [name, counts[name]])) as unknown as CampaignCounts;
}

/** Every count of every campaign asked for, from the rollups; a campaign that has not started has zeros. */
export async function campaignCounts(sql: Sql, campaignIds: readonly string[]): Promise<Map<string, CampaignCounts>> {
  if (campaignIds.length === 0) return new Map();
  // Index: report_cells' primary key, a dozen rows of each campaign.
  const rows = await sql.rows<{ campaignId: string; dim: string; n: number[] }>(
    {
      name: 'campaign_counts',
      text: `SELECT campaign_id AS "campaignId", dim, n FROM report_cells
             WHERE campaign_id = ANY ($1::bigint[]) AND dim IN ('provider', 'exclusion')`,
    },
    [campaignIds],
  );
  const cells = new Map<string, number[][]>();
  for (const { campaignId, dim, n } of rows) {
    const name = `${dim} ${campaignId}`;
    cells.set(name, [...(cells.get(name) ?? []), n]);
  }
  return new Map(
    campaignIds.map((id) => {
      const of = (dim: string) => sumOf(cells.get(`${dim} ${id}`) ?? []);
      return [id, completeCounts(recipientCounts(of('provider')), of('exclusion')[0] ?? 0)];
    }),
  );
}

/** The sum over several campaigns. */
export function sumCounts(all: Iterable<CampaignCounts>): CampaignCounts {
  const sum = { ...NO_COUNTS };
  for (const counts of all) {
    for (const key of Object.keys(sum) as Array<keyof CampaignCounts>) sum[key] += counts[key];
  }
  return sum;
}
