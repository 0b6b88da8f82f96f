import type { ContactStatus, SuppressionReason } from '#contracts';
import type { Sql } from '#platform/database';
import { markAddressStatus } from '#domain/contacts';

/** Weakest first: a reason replaces what stands before it. */
const BY_STRENGTH: readonly SuppressionReason[] = [
  ...(['quarantined', 'backed_off', 'unsubscribed', 'soft_bounce'] as const),
  ...(['manual', 'hard_bounce', 'complaint'] as const),
];

/** What the contact table shows for a suppressed address; who is only left alone for a while stays as they are. */
const STATUS: Record<SuppressionReason, ContactStatus> = {
  quarantined: 'active',
  backed_off: 'active',
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
  /** When it ends by itself; absent: never. */
  expiresAt?: Date | null;
}

/** The key of an entry that bars a whole domain. */
export function domainEntry(domain: string): string {
  return `@${domain}`;
}

/**
 * Bars an address, or by {@link domainEntry} a domain, from all mail of a workspace and marks its contact, if there is
 * one. Idempotent. Of two reasons the stronger stays with its evidence: complaint, hard_bounce, manual, soft_bounce,
 * unsubscribed, backed_off; but one that lasts longer replaces one that ends, and what had no end never gets one.
 * @returns true when the address was not on the list before
 */
export async function suppress(sql: Sql, request: SuppressRequest): Promise<boolean> {
  const { workspaceId, canonical, reason } = request;
  const stronger = 'array_position($8::text[], s.reason) < array_position($8::text[], excluded.reason)';
  const longer = `coalesce(excluded.expires_at, 'infinity') > s.expires_at`;
  const row = await sql.first<{ isNew: boolean }>(
    `INSERT INTO suppressions AS s (workspace_id, canonical, reason, note, detail, campaign_id, inbound_message_id,
       expires_at)
     VALUES ($1, $2, $3, $4, $5, $6, $7, $9)
     ON CONFLICT (workspace_id, canonical) DO UPDATE SET reason = excluded.reason,
       note = CASE WHEN excluded.note = '' THEN s.note ELSE excluded.note END, detail = excluded.detail,
       campaign_id = excluded.campaign_id, inbound_message_id = excluded.inbound_message_id,
       expires_at = CASE WHEN s.expires_at IS NOT NULL THEN excluded.expires_at END
     WHERE ${stronger} OR ${longer}
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
      request.expiresAt ?? null,
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
