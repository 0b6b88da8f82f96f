import type { Sql, Transaction } from '#platform/database';
import type { ClaimedBatch } from './claim-batch.js';

/** One recipient on the way to the wire, with everything a render needs. */
export interface SliceRecipient {
  seq: number;
  email: string;
  name: string;
  international: boolean;
  fields: Record<string, string | number | boolean | null>;
  tags: string[];
  attempts: number;
}

interface CheckedRecipient extends SliceRecipient {
  /** Why it may not be sent any more; null for almost everyone. */
  stop: 'suppressed' | 'unsubscribed' | 'erased' | null;
}

/** What became of the request for a slice. */
export type Slice =
  | { kind: 'recipients'; recipients: SliceRecipient[] }
  /** Nobody in the batch may be tried now. */
  | { kind: 'empty' }
  /** The campaign was paused or cancelled, or the lease is lost. */
  | { kind: 'stopped' };

/**
 * The last-moment check: takes up to `limit` pending recipients of a claimed batch if the campaign is still sending
 * and the lease still ours, leaves out (and settles) those suppressed, unsubscribed or erased since the preparation,
 * and notes on the batch who is now on the way: what a vanished owner may have sent is in that slice and nowhere else.
 *
 * @param only seq numbers to check again, after the wait for leave to send; null takes whoever comes first
 */
export function takeSlice(
  db: { transaction<T>(work: (tx: Transaction) => Promise<T>): Promise<T> },
  owner: string,
  batch: ClaimedBatch,
  limit: number,
  only: readonly number[] | null = null,
): Promise<Slice> {
  return db.transaction(async (tx) => {
    if (!(await stillOurs(tx, owner, batch))) return { kind: 'stopped' };
    const checked = await loadPending(tx, batch, limit, only);
    if (checked.length === 0) return { kind: 'empty' };
    const stopped = checked.filter((recipient) => recipient.stop !== null);
    if (stopped.length > 0) await settleStopped(tx, batch, stopped);
    const recipients = checked.filter((recipient) => recipient.stop === null);
    await tx.run({ name: 'note_slice', text: 'UPDATE send_batches SET slice = $2 WHERE id = $1' }, [
      batch.id,
      recipients.map((recipient) => recipient.seq),
    ]);
    return { kind: 'recipients', recipients };
  });
}

async function stillOurs(tx: Sql, owner: string, batch: ClaimedBatch): Promise<boolean> {
  const row = await tx.first(
    {
      name: 'batch_still_ours',
      text: `SELECT 1 FROM send_batches b JOIN campaigns c ON c.id = b.campaign_id
             WHERE b.id = $1 AND b.fence = $2 AND b.lease_owner = $3 AND b.lease_until > now() AND c.status = 'sending'
               AND c.deadline_at > now()
             FOR NO KEY UPDATE OF b`,
    },
    [batch.id, batch.fence, owner],
  );
  return row !== undefined;
}

function loadPending(
  tx: Sql,
  batch: ClaimedBatch,
  limit: number,
  only: readonly number[] | null,
): Promise<CheckedRecipient[]> {
  return tx.rows<CheckedRecipient>(
    {
      name: 'load_slice',
      // Index: campaign_recipients_batch (pending rows of the batch); contacts, suppressions, memberships by key.
      text: `
        SELECT r.seq, r.email, coalesce(c.name, '') AS name, coalesce(c.international, false) AS international,
          coalesce(c.fields, '{}') AS fields, coalesce(c.tags, '{}') AS tags, jsonb_array_length(r.attempts) AS attempts,
          CASE
            WHEN c.id IS NULL THEN 'erased'
            WHEN s.id IS NOT NULL THEN 'suppressed'
            WHEN NOT EXISTS (
              SELECT 1 FROM list_members m WHERE m.contact_id = r.contact_id AND m.status = 'subscribed'
                AND m.list_id = ANY (SELECT jsonb_array_elements_text(k.audience->'lists')::bigint)
            ) THEN 'unsubscribed'
          END AS stop
        FROM campaign_recipients r
        JOIN campaigns k ON k.id = r.campaign_id
        LEFT JOIN contacts c ON c.id = r.contact_id
        LEFT JOIN suppressions s ON s.workspace_id = r.workspace_id AND s.canonical = r.canonical
        WHERE r.campaign_id = $1 AND r.batch_id = $2 AND r.status = 'pending'
          AND (r.retry_at IS NULL OR r.retry_at <= now()) AND ($4::int[] IS NULL OR r.seq = ANY ($4))
        ORDER BY r.seq LIMIT $3`,
    },
    [batch.campaignId, batch.id, limit, only],
  );
}

function settleStopped(tx: Sql, batch: ClaimedBatch, stopped: CheckedRecipient[]): Promise<void> {
  return skipRecipients(
    tx,
    batch,
    stopped.map(({ seq, stop }) => ({ seq, reason: stop ?? '' })),
  );
}

/** Settles recipients that are not to be sent, each with its reason. */
export async function skipRecipients(
  sql: Sql,
  batch: ClaimedBatch,
  skipped: ReadonlyArray<{ seq: number; reason: string }>,
): Promise<void> {
  await sql.run(
    `UPDATE campaign_recipients r SET status = 'skipped', skip_reason = o.reason, finished_at = now(), retry_at = NULL
     FROM unnest($2::int[], $3::text[]) AS o (seq, reason)
     WHERE r.campaign_id = $1 AND r.seq = o.seq AND r.status = 'pending'`,
    [batch.campaignId, skipped.map((entry) => entry.seq), skipped.map((entry) => entry.reason)],
  );
}
