import type { z } from 'zod';
import { EXCLUSION_REASONS } from '#contracts';
import type { AudienceReport, ExclusionReason } from '#contracts';
import type { Sql } from '#platform/database';
import type { CampaignRow } from '#domain/campaigns';
import { CANDIDATES, NO_UPPER_BOUND } from './audience-sql.js';

type Report = z.infer<typeof AudienceReport>;

/** Who would get the campaign now, or, once it has started, who was prepared and who was left out and why. */
export async function countAudience(sql: Sql, campaign: CampaignRow): Promise<Report> {
  const frozen = campaign.frozenAt !== null;
  const rows = frozen ? await frozenExclusions(sql, campaign.id) : await liveCounts(sql, campaign);
  const prepared = frozen ? campaign.preparedCount : (rows.find((row) => row.reason === null)?.count ?? 0);
  return { ...summary(rows, prepared), frozen, preparing: frozen && !campaign.preparedAt };
}

function summary(
  rows: ReasonCount[],
  prepared: number,
): Pick<Report, 'prepared' | 'excluded' | 'candidates' | 'exclusions'> {
  const exclusions = EXCLUSION_REASONS.map((reason) => ({
    reason,
    count: rows.find((row) => row.reason === reason)?.count ?? 0,
  })).filter((entry) => entry.count > 0);
  const excluded = exclusions.reduce((sum, entry) => sum + entry.count, 0);
  return { prepared, excluded, candidates: prepared + excluded, exclusions };
}

interface ReasonCount {
  reason: ExclusionReason | null;
  count: number;
}

/** The same for rules that are not saved yet. */
export async function countDraftAudience(
  sql: Sql,
  workspaceId: string,
  audience: CampaignRow['audience'],
): Promise<Report> {
  const rows = await liveCounts(sql, { workspaceId, audience });
  return { ...summary(rows, rows.find((row) => row.reason === null)?.count ?? 0), frozen: false, preparing: false };
}

function liveCounts(
  sql: Sql,
  { workspaceId, audience }: Pick<CampaignRow, 'workspaceId' | 'audience'>,
): Promise<ReasonCount[]> {
  return sql.rows<ReasonCount>(
    `WITH ${CANDIDATES} SELECT reason, count(*)::int AS count FROM candidates GROUP BY reason`,
    [workspaceId, audience.lists, audience.excludeLists, '0', NO_UPPER_BOUND],
  );
}

function frozenExclusions(sql: Sql, campaignId: string): Promise<ReasonCount[]> {
  return sql.rows<ReasonCount>(
    'SELECT reason, count(*)::int AS count FROM campaign_exclusions WHERE campaign_id = $1 GROUP BY reason',
    [campaignId],
  );
}
