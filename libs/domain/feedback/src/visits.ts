import type { Fact } from '#contracts';
import { readAgent } from '#engine/user-agent';
import type { Transaction } from '#platform/database';
import { endBackOff } from '#domain/suppressions';

export type Visit = Extract<Fact, { type: 'opened' | 'clicked' }>;

/**
 * Writes a batch of opens and clicks: every request is an event, and the first one by a person and the first one by a
 * machine are noted on the ledger row. A person who clicks has opened, whatever the pixel says.
 *
 * One statement for the batch, and one more where somebody clicked: the tracker answers thousands of requests a second.
 */
export async function applyVisits(tx: Transaction, visits: readonly Visit[]): Promise<void> {
  if (visits.length === 0) return;
  await tx.run(
    {
      name: 'apply_visits',
      text: `
        WITH visits AS (
          SELECT * FROM unnest($1::bigint[], $2::int[], $3::timestamptz[], $4::text[], $5::boolean[], $6::int[], $7::text[], $8::text[])
            AS v (campaign_id, seq, at, type, human, link, detail, client)
        ), firsts AS (
          SELECT campaign_id, seq, min(at) FILTER (WHERE human) AS opened,
            min(at) FILTER (WHERE NOT human AND type = 'opened') AS machine_opened,
            min(at) FILTER (WHERE human AND type = 'clicked') AS clicked,
            min(at) FILTER (WHERE NOT human AND type = 'clicked') AS machine_clicked
          FROM visits GROUP BY campaign_id, seq
        ), marked AS (
          UPDATE campaign_recipients r SET
            opened_at = coalesce(r.opened_at, f.opened),
            machine_opened_at = coalesce(r.machine_opened_at, f.machine_opened),
            clicked_at = coalesce(r.clicked_at, f.clicked),
            machine_clicked_at = coalesce(r.machine_clicked_at, f.machine_clicked)
          FROM firsts f
          WHERE r.campaign_id = f.campaign_id AND r.seq = f.seq AND (
            (r.opened_at IS NULL AND f.opened IS NOT NULL)
            OR (r.machine_opened_at IS NULL AND f.machine_opened IS NOT NULL)
            OR (r.clicked_at IS NULL AND f.clicked IS NOT NULL)
            OR (r.machine_clicked_at IS NULL AND f.machine_clicked IS NOT NULL))
        )
        INSERT INTO events (at, workspace_id, campaign_id, seq, contact_id, type, human, link, detail, client)
        SELECT v.at, r.workspace_id, v.campaign_id, v.seq, r.contact_id, v.type, v.human, v.link, v.detail, v.client
        FROM visits v JOIN campaign_recipients r ON r.campaign_id = v.campaign_id AND r.seq = v.seq`,
    },
    [
      visits.map((visit) => visit.recipient.campaignId),
      visits.map((visit) => visit.recipient.seq),
      visits.map((visit) => visit.at),
      visits.map((visit) => visit.type),
      visits.map((visit) => visit.visitor.human),
      visits.map((visit) => (visit.type === 'clicked' ? visit.link : null)),
      visits.map((visit) => visit.visitor.machineRule ?? visit.visitor.userAgent.slice(0, 200)),
      visits.map(({ visitor }) => (visitor.human ? clientOf(visitor.userAgent) : null)),
    ],
  );
  const clicks = visits.filter((visit) => visit.type === 'clicked' && visit.visitor.human);
  if (clicks.length > 0) {
    await endBackOff(
      tx,
      clicks.map((visit) => visit.recipient),
    );
  }
}

/** Client and device, as the rollups group by them. */
function clientOf(userAgent: string): string {
  const { client, device } = readAgent(userAgent);
  return `${client}/${device}`;
}
