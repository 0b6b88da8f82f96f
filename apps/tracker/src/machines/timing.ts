import type { Sql } from '#platform/database';
import type { Visit } from '#domain/feedback';
import { isImageProxy } from './rules.js';

/** A person can't follow a link of a mail that was handed over less than this ago. */
const CLICK_MS = 1_000;
/** An image proxy that comes this early looks ahead for nobody in particular. */
const PROXY_MS = 2_000;
/** Clocks of two machines may differ; beyond this the comparison means nothing. */
const SKEW_MS = 5_000;

/**
 * Machines known by their haste: who clicks, or fetches through a proxy, at the moment the next server took the message.
 * One look at the ledger for the visits of a batch that this can concern.
 *
 * Index: the ledger's primary key.
 */
export async function judgeByTiming(sql: Sql, visits: readonly Visit[]): Promise<Visit[]> {
  const suspects = visits.filter((visit) => hasteLimit(visit) > 0);
  if (suspects.length === 0) return [...visits];
  const rows = await sql.rows<{ key: string; status: string; acceptedAt: Date | null }>(
    {
      name: 'visit_timing',
      text: `SELECT campaign_id || '.' || seq AS key, status, accepted_at AS "acceptedAt"
             FROM unnest($1::bigint[], $2::int[]) AS v (campaign_id, seq) JOIN campaign_recipients USING (campaign_id, seq)`,
    },
    [suspects.map((visit) => visit.recipient.campaignId), suspects.map((visit) => visit.recipient.seq)],
  );
  const ledger = new Map(rows.map((row) => [row.key, row]));
  return visits.map((visit) => {
    const row = ledger.get(`${visit.recipient.campaignId}.${visit.recipient.seq}`);
    if (!row || !isHasty(visit, row)) return visit;
    const machineRule = visit.type === 'clicked' ? 'click-at-delivery' : 'proxy-at-delivery';
    return { ...visit, visitor: { ...visit.visitor, human: false, machineRule } };
  });
}

function hasteLimit({ type, visitor }: Visit): number {
  if (!visitor.human) return 0;
  if (type === 'clicked') return CLICK_MS;
  return isImageProxy(visitor.userAgent) ? PROXY_MS : 0;
}

function isHasty(visit: Visit, row: { status: string; acceptedAt: Date | null }): boolean {
  // Still pending: the message is out, and the sender is about to write so.
  if (row.acceptedAt === null) return row.status === 'pending';
  const after = visit.at.getTime() - row.acceptedAt.getTime();
  return after > -SKEW_MS && after < hasteLimit(visit);
}
