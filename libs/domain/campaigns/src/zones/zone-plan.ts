import type { z } from 'zod';
import { invalid } from '#contracts';
import type { ZonePlan } from '#contracts';
import type { Sql } from '#platform/database';
import { audienceRules } from '../audience-rules.js';
import { EVERYBODY, candidates } from '../audience-sql.js';
import type { CampaignRow } from '../campaign.repository.js';
import { beginningOf, zoneTime } from './zone-times.js';

type Plan = z.infer<typeof ZonePlan>;
type Zone = Plan['zones'][number];

/** A time of the day for everybody, each by their own clock. */
export interface RecipientTime {
  /** `YYYY-MM-DDTHH:mm:ss` */
  wall: string;
  /** Zone of contacts that have none. */
  timezone: string;
}

const NO_PLAN: Plan = {
  frozen: false,
  begins: null,
  ends: null,
  timezone: null,
  withZone: 0,
  withoutZone: 0,
  zones: [],
};

/**
 * When whom of an audience would be sent to.
 * @param begins when the sending begins, if that is settled, in milliseconds since 1970
 */
export async function planZones(
  sql: Sql,
  campaign: Pick<CampaignRow, 'workspaceId' | 'audience'>,
  { wall, timezone }: RecipientTime,
  nowMs: number,
  begins: number | null = null,
): Promise<Plan> {
  const counted = await countZones(sql, campaign);
  const clockOf = (zone: string) => (zone !== '' && zoneTime(zone, wall, null) ? zone : timezone);
  const first =
    begins ??
    beginningOf(
      counted.map(({ zone }) => clockOf(zone)),
      wall,
      nowMs,
    );
  const zones = counted.flatMap(({ zone, recipients }): Zone[] => {
    const time = zoneTime(clockOf(zone), wall, first);
    if (!time) return [];
    const at = new Date(time.at).toISOString();
    return [{ zone: zone || null, at, nextDay: time.nextDay, recipients, state: 'waiting' }];
  });
  return summary(zones, timezone, first === null ? null : new Date(first));
}

/**
 * When the first zone of the campaign's audience is due.
 * @throws DomainError VALIDATION_FAILED at `at`: TIME_PAST when the hour has passed for everybody
 */
export async function beginOfZones(
  sql: Sql,
  campaign: Pick<CampaignRow, 'workspaceId' | 'audience'>,
  time: RecipientTime,
  nowMs: number,
): Promise<Date> {
  const { begins } = await planZones(sql, campaign, time, nowMs);
  if (begins === null) throw invalid('at', 'TIME_PAST', 'That time has passed in the zone of every recipient.');
  return new Date(begins);
}

/** The plan of a campaign: as contacts are now until it is prepared, then as it was prepared. */
export async function zonePlanOf(sql: Sql, campaign: CampaignRow, nowMs: number): Promise<Plan> {
  const { recipientTime: wall, timezone, scheduledAt, frozenAt } = campaign;
  if (wall === null || timezone === null) return NO_PLAN;
  if (!frozenAt) {
    const begins = campaign.status === 'scheduled' ? (scheduledAt?.getTime() ?? null) : null;
    return planZones(sql, campaign, { wall, timezone }, nowMs, begins);
  }
  const rows = await frozenZones(sql, campaign.id);
  const zones = rows.map(({ zone, dueAt, recipients, open }): Zone => {
    const first = zoneTime(zone || timezone, wall, null) ?? zoneTime(timezone, wall, null);
    const nextDay = first !== null && first.at < dueAt.getTime();
    const state = !open ? 'done' : dueAt.getTime() > nowMs ? 'waiting' : 'sending';
    return { zone: zone || null, at: dueAt.toISOString(), nextDay, recipients, state };
  });
  return { ...summary(zones, timezone, scheduledAt), frozen: true };
}

function summary(unsorted: Zone[], timezone: string, begins: Date | null): Plan {
  const zones = unsorted.sort((one, other) => one.at.localeCompare(other.at) || other.recipients - one.recipients);
  const count = (some: Zone[]) => some.reduce((sum, { recipients }) => sum + recipients, 0);
  return {
    frozen: false,
    begins: begins?.toISOString() ?? null,
    ends: zones.at(-1)?.at ?? null,
    timezone,
    withZone: count(zones.filter(({ zone }) => zone !== null)),
    withoutZone: count(zones.filter(({ zone }) => zone === null)),
    zones,
  };
}

/** Who would get it, by time zone; '' is none. As costly as counting the audience. */
async function countZones(
  sql: Sql,
  campaign: Pick<CampaignRow, 'workspaceId' | 'audience'>,
): Promise<Array<{ zone: string; recipients: number }>> {
  const { ctes, values } = candidates(await audienceRules(sql, campaign), EVERYBODY);
  return sql.rows(
    `WITH ${ctes} SELECT coalesce(k.timezone, '') AS zone, count(*)::int AS recipients
     FROM candidates c JOIN contacts k ON k.id = c.id WHERE c.reason IS NULL GROUP BY 1`,
    values,
  );
}

function frozenZones(
  sql: Sql,
  campaignId: string,
): Promise<Array<{ zone: string; dueAt: Date; recipients: number; open: boolean }>> {
  // Index: send_batches_campaign (campaign_id, status).
  return sql.rows(
    `SELECT z.zone, z.due_at AS "dueAt", z.recipients, o.due_at IS NOT NULL AS open
     FROM campaign_zones z
     LEFT JOIN (SELECT DISTINCT due_at FROM send_batches WHERE campaign_id = $1 AND status <> 'done') o USING (due_at)
     WHERE z.campaign_id = $1`,
    [campaignId],
  );
}
