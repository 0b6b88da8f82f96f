import type { z } from 'zod';
import type { CampaignReport } from '#contracts';
import type { Sql } from '#platform/database';

type Report = z.infer<typeof CampaignReport>;
type Visits = Pick<Report, 'opens' | 'clicks' | 'links'>;

/** Who is known by the ledger to have opened or clicked, people and machines apart. */
export interface UniqueVisitors {
  opened: number;
  machineOpened: number;
  clicked: number;
  machineClicked: number;
}

interface Row {
  type: 'opened' | 'clicked';
  human: boolean;
  link: number | null;
  total: number;
  unique: number;
}

/**
 * Opens and clicks: unique visitors as the ledger noted them, requests as the events tell, and the same by link.
 *
 * Index: events_campaign (campaign_id, type, at). 90 ms for 100,000 visits of one campaign.
 */
export async function reportVisits(sql: Sql, campaignId: string, unique: UniqueVisitors): Promise<Visits> {
  const rows = await sql.rows<Row>(
    {
      name: 'report_visits',
      text: `
        SELECT type, human, link, sum(visits)::int AS total, count(*)::int AS unique
        FROM (
          SELECT type, human, link, seq, count(*) AS visits FROM events
          WHERE campaign_id = $1 AND type IN ('opened', 'clicked') AND human IS NOT NULL
          GROUP BY type, human, link, seq
        ) visitors
        GROUP BY type, human, link`,
    },
    [campaignId],
  );
  const total = (type: Row['type'], human: boolean) =>
    sum(rows.filter((row) => row.type === type && row.human === human));
  return {
    opens: {
      human: { unique: unique.opened, total: total('opened', true).total + openedByClick(rows, unique) },
      machine: { unique: unique.machineOpened, total: total('opened', false).total },
    },
    clicks: {
      human: { unique: unique.clicked, total: total('clicked', true).total },
      machine: { unique: unique.machineClicked, total: total('clicked', false).total },
    },
    links: await linkTable(sql, campaignId, rows),
  };
}

/** A person whose pictures stay off is known to have opened by the click: one open each that no request tells of. */
function openedByClick(rows: Row[], unique: UniqueVisitors): number {
  return Math.max(0, unique.opened - sum(rows.filter((row) => row.type === 'opened' && row.human)).unique);
}

function sum(rows: Row[]): { unique: number; total: number } {
  return rows.reduce((all, row) => ({ unique: all.unique + row.unique, total: all.total + row.total }), {
    unique: 0,
    total: 0,
  });
}

async function linkTable(sql: Sql, campaignId: string, rows: Row[]): Promise<Report['links']> {
  const content = await sql.first<{ links: Array<{ url: string }> }>(
    'SELECT links FROM campaign_contents WHERE campaign_id = $1',
    [campaignId],
  );
  return (content?.links ?? []).map(({ url }, index) => {
    const clicks = (human: boolean) =>
      sum(rows.filter((row) => row.type === 'clicked' && row.link === index && row.human === human));
    return { index, url, human: clicks(true), machine: clicks(false) };
  });
}
