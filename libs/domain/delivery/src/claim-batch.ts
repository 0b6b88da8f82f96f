import type { Database, Sql } from '#platform/database';

/** How long a lease lasts unless it is renewed. */
export const LEASE_SECONDS = 15;

/** A batch this process owns until its lease ends. */
export interface ClaimedBatch {
  id: string;
  campaignId: string;
  workspaceId: string;
  provider: string;
  /** Recipients on reserved domains: the sandbox only. */
  reserved: boolean;
  /** Which variant it gets: 0 is A, or the campaign where nothing is tested; REST has waited for the decision. */
  arm: number;
  /** Number of this claim; every write of the ledger carries it, so that a stale owner changes no row. */
  fence: string;
}

/** Batches that would only be given back: no account of the campaign has room for this provider now. */
export interface Resting {
  campaignId: string;
  provider: string;
}

/**
 * Takes a batch of the campaign that has the fewest at work, so that a small campaign does not stand behind a large one;
 * of that campaign the one that has waited longest, and while its accounts warm up one of the most engaged.
 *
 * Index: send_batches_ready (ready_at) where ready, send_batches_leased; all that are ready are sorted, 2,000 for a
 * million recipients. SKIP LOCKED lets any number of senders claim at once.
 * @param owner id of this sender's journal
 * @param resting left alone, so that a slow provider keeps no lane from the others
 */
export function claimBatch(
  sql: Sql,
  owner: string,
  resting: readonly Resting[] = [],
): Promise<ClaimedBatch | undefined> {
  return sql.first<ClaimedBatch>(
    {
      name: 'claim_batch',
      text: `
        UPDATE send_batches SET status = 'leased', lease_owner = $1, fence = fence + 1, slice = '{}',
          lease_until = now() + make_interval(secs => ${LEASE_SECONDS})
        WHERE id = (
          SELECT b.id FROM send_batches b
          JOIN campaigns c ON c.id = b.campaign_id AND c.status = 'sending' AND c.deadline_at > now()
          LEFT JOIN (SELECT campaign_id, count(*) AS batches FROM send_batches WHERE status = 'leased' GROUP BY 1) AS at_work
            ON at_work.campaign_id = b.campaign_id
          WHERE b.status = 'ready' AND b.ready_at <= now() AND (b.due_at IS NULL OR b.due_at + c.delayed_by <= now())
            AND NOT EXISTS (SELECT 1 FROM unnest($2::bigint[], $3::text[]) AS r (campaign_id, provider)
                            WHERE r.campaign_id = b.campaign_id AND r.provider = b.provider)
          ORDER BY coalesce(at_work.batches, 0), b.tier, b.ready_at, b.id
          FOR UPDATE OF b SKIP LOCKED LIMIT 1)
        RETURNING id, campaign_id AS "campaignId", workspace_id AS "workspaceId", provider, reserved, arm, fence`,
    },
    [owner, resting.map(({ campaignId }) => campaignId), resting.map(({ provider }) => provider)],
  );
}

/**
 * Renews the leases of all batches this sender still works on.
 * @returns ids of those still owned under their fence; the others are lost and must not be touched again
 */
export async function renewLeases(
  sql: Sql,
  owner: string,
  batches: ReadonlyArray<Pick<ClaimedBatch, 'id' | 'fence'>>,
): Promise<Set<string>> {
  const rows = await sql.rows<{ id: string }>(
    {
      name: 'renew_leases',
      text: `
        UPDATE send_batches b SET lease_until = now() + make_interval(secs => ${LEASE_SECONDS})
        FROM unnest($2::bigint[], $3::bigint[]) AS mine (id, fence)
        WHERE b.id = mine.id AND b.fence = mine.fence AND b.lease_owner = $1 AND b.status = 'leased'
        RETURNING b.id`,
    },
    [owner, batches.map((batch) => batch.id), batches.map((batch) => batch.fence)],
  );
  return new Set(rows.map((row) => row.id));
}

/**
 * Gives a batch back after its pass: done when nobody in it is pending, else ready again at the earliest retry.
 * @param notBefore seconds to wait at least (no account may send now); null where only the provider has no room now, so
 *   that the batch keeps its place among the others and is claimed again as soon as there is room
 */
export async function releaseBatch(
  db: Database,
  owner: string,
  batch: ClaimedBatch,
  notBefore: number | null = 0,
): Promise<void> {
  await db.transaction(async (tx) => {
    // Locked first, so that the count below sees who came back to life meanwhile (a chosen resend).
    await tx.first({ name: 'lock_batch', text: 'SELECT 1 FROM send_batches WHERE id = $1 FOR NO KEY UPDATE' }, [
      batch.id,
    ]);
    await tx.run(
      {
        name: 'release_batch',
        text: `
          UPDATE send_batches b SET lease_owner = NULL, lease_until = NULL, slice = '{}',
            status = CASE WHEN p.pending = 0 THEN 'done' ELSE 'ready' END,
            ready_at = greatest(coalesce(now() + make_interval(secs => $4::float8), b.ready_at), p.earliest)
          FROM (
            SELECT count(*) AS pending, min(coalesce(retry_at, '-infinity')) AS earliest
            FROM campaign_recipients WHERE campaign_id = $5 AND batch_id = $2 AND status = 'pending'
          ) p
          WHERE b.id = $2 AND b.fence = $3 AND b.lease_owner = $1`,
      },
      [owner, batch.id, batch.fence, notBefore, batch.campaignId],
    );
  });
}
