import type { CampaignCounts } from '#contracts';
import type { Sql } from '#platform/database';

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

/**
 * The table of report counts, word by word, as aggregates over the ledger; whoever counts recipients selects these. A
 * report of non-delivery about a recipient whose own acceptance is uncertain does not make them *bounced*:
 * `delivered = accepted − bounced` has to balance.
 */
export const LEDGER_COUNTS = `count(*)::int AS prepared,
  count(*) FILTER (WHERE status = 'pending')::int AS pending,
  count(*) FILTER (WHERE status = 'pending' AND retry_at IS NOT NULL)::int AS deferred,
  count(*) FILTER (WHERE status = 'accepted')::int AS accepted,
  count(*) FILTER (WHERE status = 'rejected')::int AS rejected,
  count(*) FILTER (WHERE status = 'expired')::int AS expired,
  count(*) FILTER (WHERE status = 'uncertain')::int AS uncertain,
  count(*) FILTER (WHERE status = 'skipped')::int AS skipped,
  count(bounced_at) FILTER (WHERE status = 'accepted')::int AS bounced,
  count(bounced_at) FILTER (WHERE status = 'accepted' AND bounce_kind = 'hard')::int AS "bouncedHard",
  count(opened_at)::int AS opened,
  count(clicked_at)::int AS clicked,
  count(replied_at)::int AS replied,
  count(unsubscribed_at)::int AS unsubscribed,
  count(complained_at)::int AS complained`;

/** What {@link LEDGER_COUNTS} selects; the rest of the counts follows from it and the exclusions. */
export type LedgerCounts = Omit<CampaignCounts, 'candidates' | 'excluded' | 'bouncedSoft' | 'delivered'>;

/** The whole table of counts. */
export function completeCounts(ledger: LedgerCounts, excluded: number): CampaignCounts {
  return {
    ...ledger,
    excluded,
    candidates: ledger.prepared + excluded,
    bouncedSoft: ledger.bounced - ledger.bouncedHard,
    delivered: ledger.accepted - ledger.bounced,
  };
}

/** Every count of every campaign asked for; a campaign that has not started has zeros. */
export async function campaignCounts(sql: Sql, campaignIds: readonly string[]): Promise<Map<string, CampaignCounts>> {
  if (campaignIds.length === 0) return new Map();
  // Index: the ledger's key, campaign by campaign: with an array of ids Postgres reads the partition's other campaigns
  // too. 60 ms for each 100,000 recipients.
  const ledgers = await sql.rows<LedgerCounts & { campaignId: string }>(
    {
      name: 'campaign_counts',
      text: `SELECT id AS "campaignId", counted.* FROM unnest($1::bigint[]) AS id
             CROSS JOIN LATERAL (SELECT ${LEDGER_COUNTS} FROM campaign_recipients WHERE campaign_id = id) counted`,
    },
    [campaignIds],
  );
  // Index: campaign_exclusions' primary key, alone.
  const exclusions = await sql.rows<{ campaignId: string; excluded: number }>(
    {
      name: 'exclusion_counts',
      text: `SELECT campaign_id AS "campaignId", count(*)::int AS excluded FROM campaign_exclusions
             WHERE campaign_id = ANY ($1::bigint[]) GROUP BY campaign_id`,
    },
    [campaignIds],
  );
  const ledgerOf = new Map(ledgers.map(({ campaignId, ...ledger }) => [campaignId, ledger]));
  const excludedOf = new Map(exclusions.map((row) => [row.campaignId, row.excluded]));
  return new Map(campaignIds.map((id) => [id, completeCounts(ledgerOf.get(id) ?? NO_COUNTS, excludedOf.get(id) ?? 0)]));
}

/** The sum over several campaigns. */
export function sumCounts(all: Iterable<CampaignCounts>): CampaignCounts {
  const sum = { ...NO_COUNTS };
  for (const counts of all) {
    for (const key of Object.keys(sum) as Array<keyof CampaignCounts>) sum[key] += counts[key];
  }
  return sum;
}
