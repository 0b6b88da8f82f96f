import type { RecipientRef, UnsubscribeReason } from '#contracts';
import type { Sql } from '#platform/database';

/** Longest comment that is kept, in characters. */
const COMMENT_MAX = 500;

/** Keeps why somebody left; the latest answer counts. Who has not left has no reason to. */
export async function noteUnsubscribeReason(
  sql: Sql,
  recipient: RecipientRef,
  reason: UnsubscribeReason,
  comment: string,
): Promise<void> {
  await sql.run(
    `INSERT INTO unsubscribe_reasons AS u (campaign_id, seq, reason, comment)
     SELECT campaign_id, seq, $3, $4 FROM campaign_recipients
     WHERE campaign_id = $1 AND seq = $2 AND unsubscribed_at IS NOT NULL
     ON CONFLICT (campaign_id, seq) DO UPDATE SET reason = excluded.reason, comment = excluded.comment, at = now()`,
    [recipient.campaignId, recipient.seq, reason, comment.trim().slice(0, COMMENT_MAX)],
  );
}
