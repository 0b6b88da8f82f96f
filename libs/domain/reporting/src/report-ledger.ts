import type { z } from 'zod';
import type { CampaignReport } from '#contracts';
import type { Sql } from '#platform/database';
import { LEDGER_COUNTS, NO_COUNTS } from './campaign-counts.js';
import type { LedgerCounts } from './campaign-counts.js';

/** What the report needs of the ledger beyond the table of counts. */
interface Further {
  machineOpened: number;
  machineClicked: number;
  autoReplied: number;
  lastMinute: number;
  /** When the last recipient was accepted, opened, clicked or bounced. */
  lastAt: Date | null;
}

export interface ReportLedger extends Further {
  counts: LedgerCounts;
  /** The largest first. */
  providers: z.infer<typeof CampaignReport>['providers'];
}

/**
 * The whole campaign and each of its providers in one pass.
 *
 * Index: the ledger's primary key. 70 ms at 100,000 recipients.
 */
export async function readLedger(sql: Sql, campaignId: string): Promise<ReportLedger> {
  const rows = await sql.rows<LedgerCounts & Further & { provider: string | null }>(
    {
      name: 'report_ledger',
      text: `
        SELECT provider, ${LEDGER_COUNTS},
          count(machine_opened_at)::int AS "machineOpened", count(machine_clicked_at)::int AS "machineClicked",
          count(auto_replied_at)::int AS "autoReplied",
          count(*) FILTER (WHERE accepted_at > now() - interval '1 minute')::int AS "lastMinute",
          greatest(max(accepted_at), max(opened_at), max(clicked_at), max(bounced_at)) AS "lastAt"
        FROM campaign_recipients WHERE campaign_id = $1
        GROUP BY GROUPING SETS ((provider), ()) ORDER BY count(*) DESC, provider LIMIT 101`,
    },
    [campaignId],
  );
  const whole = rows.find((row) => row.provider === null);
  const providers = rows.flatMap(({ provider, prepared, accepted, bounced, opened, clicked }) =>
    provider === null ? [] : [{ provider, prepared, accepted, bounced, opened, clicked }],
  );
  const { machineOpened = 0, machineClicked = 0, autoReplied = 0, lastMinute = 0, lastAt = null } = whole ?? {};
  return { counts: countsOf(whole), providers, machineOpened, machineClicked, autoReplied, lastMinute, lastAt };
}

function countsOf(row: LedgerCounts | undefined): LedgerCounts {
  const { candidates: _c, excluded: _e, bouncedSoft: _s, delivered: _d, ...none } = NO_COUNTS;
  const entries = Object.keys(none) as Array<keyof LedgerCounts>;
  return Object.fromEntries(entries.map((key) => [key, row?.[key] ?? 0])) as unknown as LedgerCounts;
}
