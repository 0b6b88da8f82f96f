import type { CampaignCounts } from '#contracts';
import type { Sql } from '#platform/database';
import { NO_COUNTS, campaignCounts } from './campaign-counts.js';
import { RecentAnswers } from './recent-answers.js';

/** Counts of a campaign under way hold this long at least, in milliseconds. */
const LIVE_MS = 500;
/** Ten minutes after its end a campaign's counts change by the odd open: they hold longer. */
const QUIET_AFTER_MS = 600_000;
const QUIET_MS = 15_000;
/** A long list must not take every connection of the process. */
const AT_ONCE = 3;

/**
 * Counts for lists, the dashboard and the live view, a moment old: half a second for small campaigns that are being
 * sent, ten times as long as counting takes for large ones, fifteen seconds for those that ended a while ago.
 */
export class RecentCounts {
  private readonly answers = new RecentAnswers<CampaignCounts>(5_000);

  /** The counts of each campaign; those it has are not counted again. */
  async of(
    sql: Sql,
    campaigns: ReadonlyArray<{ id: string; finishedAt: Date | null }>,
  ): Promise<Map<string, CampaignCounts>> {
    const quietSince = Date.now() - QUIET_AFTER_MS;
    const found = new Map<string, CampaignCounts>();
    for (let from = 0; from < campaigns.length; from += AT_ONCE) {
      const counting = campaigns.slice(from, from + AT_ONCE).map(async ({ id, finishedAt }) => {
        const quiet = finishedAt !== null && finishedAt.getTime() < quietSince;
        found.set(id, await this.answers.get(id, quiet ? QUIET_MS : LIVE_MS, () => countOne(sql, id)));
      });
      await Promise.all(counting);
    }
    return found;
  }
}

async function countOne(sql: Sql, id: string): Promise<CampaignCounts> {
  return (await campaignCounts(sql, [id])).get(id) ?? { ...NO_COUNTS };
}
