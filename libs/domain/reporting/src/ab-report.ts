import type { z } from 'zod';
import { testsTimes } from '#contracts';
import type { AbMetric, AbReport } from '#contracts';
import { REST, judgeVariants, rateInterval } from '#engine/ab-test';
import type { ArmCounts } from '#engine/ab-test';
import type { Database } from '#platform/database';
import { findAbTest, findCampaignById, variantsOf } from '#domain/campaigns';
import type { AbTestRow, CampaignRow } from '#domain/campaigns';
import { recipientCounts } from './campaign-counts.js';
import type { RecipientCounts } from './campaign-counts.js';

type Report = z.infer<typeof AbReport>;

/** How the A/B test of a campaign stands, from one snapshot of the rollups; null where nothing is tested. */
export function abReport(db: Database, campaignId: string): Promise<Report | null> {
  return db.transaction(async (tx) => {
    await tx.run('SET TRANSACTION ISOLATION LEVEL REPEATABLE READ, READ ONLY');
    const test = await findAbTest(tx, campaignId);
    const campaign = test && (await findCampaignById(tx, campaignId));
    if (!campaign) return null;
    const rows = await tx.rows<{ dim: string; key: string; n: number[] }>(
      `SELECT dim, key, n FROM report_cells WHERE campaign_id = $1 AND (dim = 'arm' OR (dim, key) = ('exclusion', 'hold_out'))`,
      [campaignId],
    );
    const countsOf = (arm: number) =>
      recipientCounts(rows.find(({ dim, key }) => dim === 'arm' && key === String(arm))?.n ?? []);
    const heldOut = rows.find(({ dim }) => dim === 'exclusion')?.n[0] ?? 0;
    return reportOf(campaign, test, { countsOf, heldOut });
  });
}

interface Counted {
  countsOf(arm: number): RecipientCounts;
  heldOut: number;
}

function reportOf(campaign: CampaignRow, test: AbTestRow, { countsOf, heldOut }: Counted): Report {
  const { sample, holdOut, metric, durationMinutes, fallback, verdict, winner, chosenBy } = test;
  const ofTimes = testsTimes(test);
  const rest = shown(countsOf(REST));
  const arms = variantsOf(campaign, test).map(({ variant, fromName, content, own }) => {
    const counts = countsOf(variant);
    const counted = test.counted?.[variant];
    // Present counts go on after the verdict; those of different hours may only be compared as they were judged.
    const arm = ofTimes && counted ? counted : armCounts(counts, metric);
    return {
      ...{ variant, subject: content.subject, fromName, ownContent: variant > 0 && own },
      sendAt: ofTimes ? sendTime(campaign, test, variant) : null,
      ...{ sentFrom: instant(counted?.from), sentUntil: instant(counted?.until) },
      ...shown(counts),
      ...{ measured: arm.delivered, acted: arm.acted },
      interval: rateInterval(arm),
    };
  });
  return {
    campaignId: campaign.id,
    state: stateOf(campaign, test, rest.prepared),
    ...{ ofTimes, metric, sample, holdOut, durationMinutes, fallback },
    ...{ arms, rest, heldOut },
    now: ofTimes ? null : judgeVariants(arms),
    ...{ verdict, winner, chosenBy },
    measuredFrom: test.measuredFrom?.toISOString() ?? null,
    decidesAt: test.measuredFrom
      ? new Date(test.measuredFrom.getTime() + durationMinutes * 60_000).toISOString()
      : null,
    judgedAt: test.judgedAt?.toISOString() ?? null,
    chosenAt: test.chosenAt?.toISOString() ?? null,
  };
}

/** When a variant was to leave: A with the campaign. */
function sendTime({ scheduledAt, startedAt }: CampaignRow, { variants }: AbTestRow, variant: number): string | null {
  const at = variant === 0 ? (scheduledAt ?? startedAt)?.toISOString() : variants[variant - 1]?.sendAt;
  return instant(at);
}

function instant(at: string | null | undefined): string | null {
  return at ? new Date(at).toISOString() : null;
}

function stateOf(campaign: CampaignRow, test: AbTestRow, waiting: number): Report['state'] {
  if (!campaign.startedAt) return 'draft';
  if (test.winner !== null) return 'decided';
  if (campaign.status === 'cancelled' || campaign.status === 'failed') return 'stopped';
  if (test.judgedAt) return waiting > 0 ? 'asking' : 'decided';
  return test.measuredFrom ? 'measuring' : 'sampling';
}

function shown(counts: RecipientCounts): Report['rest'] {
  const { prepared, accepted, bounced, opened, clicked, openedByAny, unsubscribed, complained } = counts;
  const delivered = accepted - bounced;
  return { prepared, accepted, delivered, opened, clicked, openedByAny, unsubscribed, complained };
}

/** Who clicked and bounced afterwards is in one count and not in the other: no rate is above 100 %. */
function armCounts(counts: RecipientCounts, metric: AbMetric): ArmCounts {
  const delivered = counts.accepted - counts.bounced;
  return { delivered, acted: Math.min(counts[metric], delivered) };
}
