import type { ContactStatus, SuppressionReason } from '#contracts';
import type { Sql } from '#platform/database';
import { markAddressStatus } from '#domain/contacts';

/** Weakest first: a reason replaces what stands before it. */
const BY_STRENGTH: readonly SuppressionReason[] = ['unsubscribed', 'soft_bounce', 'manual', 'hard_bounce', 'complaint'];

/** What the contact table shows for a suppressed address. */
const STATUS: Record<SuppressionReason, ContactStatus> = {
  hard_bounce: 'bounced',
  soft_bounce: 'bounced',
  complaint: 'complained',
  unsubscribed: 'suppressed',
  manual: 'suppressed',
};

export interface SuppressRequest {
  workspaceId: string;
  canonical: string;
  reason: SuppressionReason;
  /** A person's words. */
  note?: string;
  /** The server's words. */
  detail?: string;
  campaignId?: string | null;
  inboundMessageId?: string | null;
}

/**
 * Bars an address from all mail of a workspace and marks its contact, if there is one. Idempotent. Of two reasons the
 * stronger stays with its evidence: complaint, hard_bounce, manual, soft_bounce, unsubscribed.
 * @returns true when the address was not on the list before
 */
export async function suppress(sql: Sql, request: SuppressRequest): Promise<boolean> {
  const { workspaceId, canonical, reason } = request;
  const strength = 'array_position($8::text[], %)';
  const row = await sql.first<{ isNew: boolean }>(
    `INSERT INTO suppressions AS s (workspace_id, canonical, reason, note, detail, campaign_id, inbound_message_id)
     VALUES ($1, $2, $3, $4, $5, $6, $7)
     ON CONFLICT (workspace_id, canonical) DO UPDATE SET reason = excluded.reason,
       note = CASE WHEN excluded.note = '' THEN s.note ELSE excluded.note END, detail = excluded.detail,
       campaign_id = excluded.campaign_id, inbound_message_id = excluded.inbound_message_id
     WHERE ${strength.replace('%', 's.reason')} < ${strength.replace('%', 'excluded.reason')}
     RETURNING s.xmax = 0 AS "isNew"`,
    [
      workspaceId,
      canonical,
      reason,
      clip(request.note, 500),
      clip(request.detail, 1000),
      request.campaignId ?? null,
      request.inboundMessageId ?? null,
      BY_STRENGTH,
    ],
  );
  // No row: a reason at least as strong stands already, and the contact was marked with it.
  if (row) await markAddressStatus(sql, workspaceId, canonical, STATUS[reason]);
  return row?.isNew ?? false;
}

/** Postgres stores no NUL, and servers' words can be long. */
function clip(text: string | undefined, max: number): string {
  return (text ?? '').replaceAll('\0', '').slice(0, max);
}
