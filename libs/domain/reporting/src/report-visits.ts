import type { z } from 'zod';
import type { CampaignReport } from '#contracts';
import type { Sql } from '#platform/database';
import type { RecipientCounts } from './campaign-counts.js';
import { cellsOf } from './report-cells.js';
import type { ReportCell } from './report-cells.js';

type Report = z.infer<typeof CampaignReport>;
type Visits = Pick<Report, 'opens' | 'clicks' | 'links'>;

/** Opens and clicks: unique visitors as the ledger noted them, requests as the events tell, and the same by link. */
export async function reportVisits(
  sql: Sql,
  campaignId: string,
  whole: RecipientCounts,
  cells: readonly ReportCell[],
): Promise<Visits> {
  const visits = cellsOf(cells, 'visit');
  const [opens = 0, openers = 0] = visits.get('opened:true') ?? [];
  const total = (key: string) => visits.get(key)?.[0] ?? 0;
  return {
    opens: {
      // A person whose pictures stay off is known to have opened by the click: one open each that no request tells of.
      human: { unique: whole.opened, total: opens + Math.max(0, whole.opened - openers) },
      machine: { unique: whole.machineOpened, total: total('opened:false') },
    },
    clicks: {
      human: { unique: whole.clicked, total: total('clicked:true') },
      machine: { unique: whole.machineClicked, total: total('clicked:false') },
    },
    links: await linkTable(sql, campaignId, cellsOf(cells, 'link')),
  };
}

async function linkTable(sql: Sql, campaignId: string, links: Map<string, number[]>): Promise<Report['links']> {
  const content = await sql.first<{ links: Array<{ url: string }> }>(
    'SELECT links FROM campaign_contents WHERE campaign_id = $1',
    [campaignId],
  );
  return (content?.links ?? []).map(({ url }, index) => {
    const clicks = (human: boolean) => {
      const [total = 0, unique = 0] = links.get(`${index}:${human}`) ?? [];
      return { unique, total };
    };
    return { index, url, human: clicks(true), machine: clicks(false) };
  });
}
