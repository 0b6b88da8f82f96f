import type { Sql } from '#platform/database';
import { reached } from '#domain/campaigns';
import type { ClaimedBatch } from './claim-batch.js';

/** Who is asked about just before the wire. */
export interface SliceCheck {
  batch: ClaimedBatch;
  /** Lists of the campaign's audience, frozen at its start; null for any list. */
  lists: readonly string[] | null;
  /** Who would leave now. */
  seqs: readonly number[];
  /** Who left before and whose outcome the ledger does not have yet. */
  onTheWay: readonly number[];
}

/**
 * The last-moment check, in one statement: if the campaign is still sending and the lease still ours, it settles those
 * suppressed, unsubscribed or erased since the preparation and notes on the batch who is now on the way: what a
 * vanished owner may have sent is in that slice and nowhere else.
 *
 * @param owner id of this sender's journal
 * @returns who may be sent; null when the campaign was paused, cancelled or is over, or the lease is lost
 */
export async function checkSlice(sql: Sql, owner: string, check: SliceCheck): Promise<Set<number> | null> {
  const { batch, lists, seqs, onTheWay } = check;
  // The parameter is named either way, so that both statements have the same ones.
  const onList = lists ? 'm.list_id = ANY ($6::bigint[])' : '$6::bigint[] IS NULL';
  const row = await sql.first<{ ours: boolean; seqs: number[] }>(
    {
      name: lists ? 'check_slice' : 'check_slice_any_list',
      // Index: primary keys; suppressions by (workspace, canonical) and (workspace, domain); list_members by contact. The
      // rows are named by their keys twice, so that the ledger is never read through to join them.
      text: `
        WITH ours AS MATERIALIZED (
          SELECT b.id FROM send_batches b JOIN campaigns c ON c.id = b.campaign_id
          WHERE b.id = $1 AND b.fence = $2 AND b.lease_owner = $3 AND b.lease_until > now() AND c.status = 'sending'
            AND c.deadline_at > now()
          FOR NO KEY UPDATE OF b
        ), held AS MATERIALIZED (
          -- Imports held back, hardly ever any: what follows about them is then not looked at.
          SELECT id FROM imports WHERE workspace_id = $8 AND held_at IS NOT NULL
        ), checked AS MATERIALIZED (
          SELECT r.seq,
            CASE
              WHEN c.id IS NULL THEN 'erased'
              WHEN s.id IS NOT NULL OR d.id IS NOT NULL THEN 'suppressed'
              WHEN NOT EXISTS (
                SELECT 1 FROM list_members m
                WHERE m.contact_id = r.contact_id AND ${onList} AND m.status = 'subscribed'
              ) THEN 'unsubscribed'
              WHEN EXISTS (SELECT 1 FROM held) AND NOT EXISTS (
                SELECT 1 FROM list_members m
                WHERE m.contact_id = r.contact_id AND ${onList} AND m.status = 'subscribed'
                  AND (m.import_id IS NULL OR m.import_id NOT IN (SELECT id FROM held))
              ) AND NOT ${reached('r.contact_id')} THEN 'held'
            END AS stop
          FROM ours, campaign_recipients r
          LEFT JOIN contacts c ON c.id = r.contact_id
          LEFT JOIN suppressions s ON s.workspace_id = r.workspace_id AND s.canonical = r.canonical
          LEFT JOIN suppressions d ON d.workspace_id = r.workspace_id AND d.domain = c.domain
          WHERE r.campaign_id = $4 AND r.seq = ANY ($5::int[]) AND r.status = 'pending'
        ), stopped AS (
          UPDATE campaign_recipients r
          SET status = 'skipped', skip_reason = checked.stop, finished_at = now(), retry_at = NULL
          FROM checked
          WHERE r.campaign_id = $4 AND r.seq = ANY ($5::int[]) AND r.seq = checked.seq AND checked.stop IS NOT NULL
        ), noted AS (
          UPDATE send_batches SET slice = $7::int[] || ARRAY(SELECT seq FROM checked WHERE stop IS NULL)
          WHERE id IN (SELECT id FROM ours)
        )
        SELECT EXISTS (SELECT 1 FROM ours) AS ours, ARRAY(SELECT seq FROM checked WHERE stop IS NULL) AS seqs`,
    },
    [batch.id, batch.fence, owner, batch.campaignId, seqs, lists, onTheWay, batch.workspaceId],
  );
  return row?.ours ? new Set(row.seqs) : null;
}
