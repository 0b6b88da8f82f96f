import type { WaitingGroups } from '#contracts';
import type { Sql } from '#platform/database';

/** Batches looked at, of 500 recipients each: some tens of milliseconds, also in a campaign to a million. */
const BATCHES_MAX = 60;
const GROUPS_MAX = 20;

type Row = Omit<WaitingGroups['groups'][number], 'retryAt'> & { retryAt: Date; batches: number };

/**
 * Who waits for another try and why, by provider and reply, the most frequent first. Only batches that were begun can
 * have somebody who does.
 *
 * Index: send_batches_campaign (campaign_id, status), campaign_recipients_batch (batch_id, seq).
 */
export async function waitingGroups(sql: Sql, campaignId: string): Promise<WaitingGroups> {
  const rows = await sql.rows<Row>(
    `WITH begun AS MATERIALIZED (
       SELECT id FROM send_batches WHERE campaign_id = $1 AND status IN ('ready', 'leased') AND fence > 0
       ORDER BY id DESC LIMIT ${BATCHES_MAX + 1}
     )
     SELECT r.provider, CASE r.attempts->-1->>'kind' WHEN 'unreachable' THEN 'unreachable' ELSE 'deferred' END AS kind,
       (r.attempts->-1->>'code')::int AS code, count(*)::int AS count, min(r.attempts->-1->>'text') AS sample,
       min(r.retry_at) AS "retryAt", (SELECT count(*)::int FROM begun) AS batches
     FROM begun JOIN campaign_recipients r ON r.batch_id = begun.id
     WHERE r.campaign_id = $1 AND r.status = 'pending' AND r.retry_at IS NOT NULL
     GROUP BY 1, 2, 3 ORDER BY 4 DESC, 1, 3 LIMIT ${GROUPS_MAX}`,
    [campaignId],
  );
  return {
    whole: (rows[0]?.batches ?? 0) <= BATCHES_MAX,
    groups: rows.map(({ batches: _, retryAt, sample, ...group }) => ({
      ...group,
      sample: sample ?? '',
      retryAt: retryAt.toISOString(),
    })),
  };
}
