import type { Transaction } from '#platform/database';
import { zoneTime } from '#domain/campaigns';
import type { CampaignRow } from '#domain/campaigns';

/**
 * Divides the batches of a chunk that has just been prepared by when their recipients are due, where the campaign goes
 * to each by their own clock. In the transaction of the chunk: before it ends nobody can claim them.
 *
 * Index: campaign_recipients' unique (campaign, contact), read as a range.
 * @param range contact ids of the chunk: above `after`, up to and including `upTo`
 */
export async function splitByZone(
  tx: Transaction,
  campaign: CampaignRow,
  { after, upTo }: { after: string; upTo: string },
): Promise<void> {
  const { recipientTime, timezone, scheduledAt } = campaign;
  if (recipientTime === null || timezone === null) return;
  const found = await tx.rows<{ zone: string }>(
    `SELECT DISTINCT ${ZONE} AS zone FROM campaign_recipients r LEFT JOIN contacts c ON c.id = r.contact_id
     WHERE r.campaign_id = $1 AND r.contact_id > $2 AND r.contact_id <= $3`,
    [campaign.id, after, upTo],
  );
  if (found.length === 0) return;
  // The hour that was chosen counts from when sending was to begin: a late start sends late, not a day later.
  const begins = scheduledAt?.getTime() ?? null;
  const due = found.map(
    ({ zone }) => zoneTime(zone, recipientTime, begins) ?? zoneTime(timezone, recipientTime, begins),
  );
  const times = due.map((time) => new Date(time?.at ?? begins ?? 0));
  await tx.run(SPLIT, [campaign.id, after, upTo, found.map(({ zone }) => zone), times]);
  // Who is due last has as long for retries as who is due first.
  await tx.run(
    `UPDATE campaigns SET deadline_at = greatest(deadline_at, $2::timestamptz + make_interval(hours => deadline_hours))
     WHERE id = $1`,
    [campaign.id, new Date(Math.max(...times.map(Number)))],
  );
}

const ZONE = `coalesce(c.timezone, '')`;
/** One part of each batch keeps its row; a new one is a copy of it but for its number, size and time. */
const SPLIT = `
  WITH placed AS MATERIALIZED (
    SELECT r.seq, r.batch_id, z.zone, z.due
    FROM campaign_recipients r LEFT JOIN contacts c ON c.id = r.contact_id
    JOIN unnest($4::text[], $5::timestamptz[]) AS z (zone, due) ON z.zone = ${ZONE}
    WHERE r.campaign_id = $1 AND r.contact_id > $2 AND r.contact_id <= $3
  ),
  counted AS (
    SELECT batch_id, due, count(*)::int AS size, row_number() OVER (PARTITION BY batch_id ORDER BY due) AS place
    FROM placed GROUP BY batch_id, due
  ),
  parts AS MATERIALIZED (
    SELECT *, CASE WHEN place = 1 THEN batch_id ELSE nextval(pg_get_serial_sequence('send_batches', 'id')) END AS id
    FROM counted
  ),
  first_parts AS (
    UPDATE send_batches b SET size = p.size, due_at = p.due, ready_at = greatest(b.ready_at, p.due)
    FROM parts p WHERE p.place = 1 AND b.id = p.batch_id
  ),
  other_parts AS (
    INSERT INTO send_batches OVERRIDING SYSTEM VALUE
    SELECT (jsonb_populate_record(b, jsonb_build_object('id', p.id, 'size', p.size, 'due_at', p.due,
      'ready_at', greatest(b.ready_at, p.due)))).*
    FROM parts p JOIN send_batches b ON b.id = p.batch_id WHERE p.place > 1
  ),
  moved AS (
    UPDATE campaign_recipients r SET batch_id = p.id
    FROM placed x JOIN parts p USING (batch_id, due)
    WHERE p.place > 1 AND r.campaign_id = $1 AND r.seq = x.seq
  )
  INSERT INTO campaign_zones (campaign_id, zone, due_at, recipients)
  SELECT $1, zone, due, count(*)::int FROM placed GROUP BY zone, due
  ON CONFLICT (campaign_id, zone) DO UPDATE SET recipients = campaign_zones.recipients + excluded.recipients`;
