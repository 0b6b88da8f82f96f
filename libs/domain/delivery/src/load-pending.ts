import type { Sql } from '#platform/database';
import type { ClaimedBatch } from './claim-batch.js';

/** One recipient who waits to be sent, with everything a render needs. */
export interface PendingRecipient {
  seq: number;
  contactId: string;
  email: string;
  name: string;
  international: boolean;
  fields: Record<string, string | number | boolean | null>;
  tags: string[];
  attempts: number;
}

/** Everyone in a claimed batch who may be tried now; whether they still may be sent is asked again before the wire. */
export function loadPending(sql: Sql, batch: ClaimedBatch): Promise<PendingRecipient[]> {
  return sql.rows<PendingRecipient>(
    {
      name: 'load_pending',
      // Index: campaign_recipients_batch (batch_id, seq); contacts by key.
      text: `
        SELECT r.seq, r.contact_id AS "contactId", r.email, coalesce(c.name, '') AS name, coalesce(c.international, false) AS international,
          coalesce(c.fields, '{}') AS fields, coalesce(c.tags, '{}') AS tags, jsonb_array_length(r.attempts) AS attempts
        FROM campaign_recipients r LEFT JOIN contacts c ON c.id = r.contact_id
        WHERE r.campaign_id = $1 AND r.batch_id = $2 AND r.status = 'pending'
          AND (r.retry_at IS NULL OR r.retry_at <= now())
        ORDER BY r.seq`,
    },
    [batch.campaignId, batch.id],
  );
}
