import type { z } from 'zod';
import { EXCLUSION_REASONS } from '#contracts';
import type { AudienceReport, ExclusionReason } from '#contracts';
import { HELD_OUT, armSizes } from '#engine/ab-test';
import type { Sql } from '#platform/database';
import { findAbTest, sharesOf } from './ab/ab-test.repository.js';
import type { CampaignRow } from './campaign.repository.js';
import { audienceRules } from './audience-rules.js';
import type { AudienceRules } from './audience-rules.js';
import { EVERYBODY, NO_UPPER_BOUND, candidates } from './audience-sql.js';

type Report = z.infer<typeof AudienceReport>;

/** Who would get the campaign now, or, once it has started, who was prepared and who was left out and why. */
export async function countAudience(sql: Sql, campaign: CampaignRow): Promise<Report> {
  const frozen = campaign.frozenAt !== null;
  const rows = frozen
    ? await frozenExclusions(sql, campaign.id)
    : await liveCounts(sql, await audienceRules(sql, campaign));
  if (!frozen) await leaveHeldOut(sql, campaign.id, rows);
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

/** Whom an A/B test will leave out of those who would get it. */
async function leaveHeldOut(sql: Sql, campaignId: string, rows: ReasonCount[]): Promise<void> {
  const test = await findAbTest(sql, campaignId);
  const included = rows.find((row) => row.reason === null);
  const count = (test && included && armSizes(sharesOf(test), included.count).get(HELD_OUT)) ?? 0;
  if (!included || count === 0) return;
  included.count -= count;
  rows.push({ reason: 'hold_out', count });
}

/** The same for rules that are not saved yet. */
export async function countDraftAudience(
  sql: Sql,
  workspaceId: string,
  audience: CampaignRow['audience'],
): Promise<Report> {
  const rows = await liveCounts(sql, await audienceRules(sql, { workspaceId, audience }));
  return { ...summary(rows, rows.find((row) => row.reason === null)?.count ?? 0), frozen: false, preparing: false };
}

function liveCounts(sql: Sql, rules: AudienceRules): Promise<ReasonCount[]> {
  const { ctes, values } = candidates(rules, EVERYBODY);
  return sql.rows<ReasonCount>(
    `WITH ${ctes} SELECT reason, count(*)::int AS count FROM candidates GROUP BY reason`,
    values,
  );
}

function frozenExclusions(sql: Sql, campaignId: string): Promise<ReasonCount[]> {
  return sql.rows<ReasonCount>(
    'SELECT reason, count(*)::int AS count FROM campaign_exclusions WHERE campaign_id = $1 GROUP BY reason',
    [campaignId],
  );
}

/** How far the first, cheap look goes. */
const FIRST_LOOK = 1_000;

/**
 * Whether anybody at all would get it. Nearly every audience has somebody among its first contacts, so that a start
 * does not wait for the count of a million; only when nobody is found there the whole audience is looked at.
 */
export async function reachesAnybody(
  sql: Sql,
  campaign: Pick<CampaignRow, 'workspaceId' | 'audience'>,
): Promise<boolean> {
  const rules = await audienceRules(sql, campaign);
  const within = async (after: string, upTo: string) => {
    const { ctes, values } = candidates(rules, { after, upTo });
    const row = await sql.first<{ found: boolean }>(
      `WITH ${ctes} SELECT EXISTS (SELECT 1 FROM candidates WHERE reason IS NULL) AS found`,
      values,
    );
    return row?.found === true;
  };
  const edge = await sql.first<{ id: string | null }>(
    `SELECT min(last) AS id FROM (
       SELECT (SELECT max(contact_id) FROM (
                 SELECT contact_id FROM list_members WHERE list_id = l.id ORDER BY contact_id LIMIT $2) head) AS last
       FROM unnest($1::bigint[]) AS l (id)
       UNION ALL
       SELECT max(id) FROM (
         SELECT id FROM contacts WHERE workspace_id = $3 AND $4 ORDER BY id LIMIT $2) head) edges`,
    [rules.lists, FIRST_LOOK, rules.workspaceId, rules.segments.length > 0],
  );
  if (!edge?.id) return false;
  return (await within('0', edge.id)) || within(edge.id, NO_UPPER_BOUND);
}
