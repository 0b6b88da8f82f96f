import type { HygieneRule, SuppressionReason } from '#contracts';
import type { Sql } from '#platform/database';
import { markAddressStatuses } from '#domain/contacts';

/** Weakest first: a reason replaces what stands before it. */
const BY_STRENGTH: readonly SuppressionReason[] = [
  ...(['quarantined', 'backed_off', 'unsubscribed', 'soft_bounce'] as const),
  ...(['manual', 'hard_bounce', 'complaint'] as const),
];

/** Whether a reason replaces another that stands already. */
export function isStronger(reason: SuppressionReason, than: SuppressionReason): boolean {
  return BY_STRENGTH.indexOf(reason) > BY_STRENGTH.indexOf(than);
}

export interface SuppressRequest {
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
  /** The row of the decision table that says so. */
  rule?: HygieneRule | null;
}

/** The key of an entry that bars a whole domain. */
export function domainEntry(domain: string): string {
  return `@${domain}`;
}

/**
 * Bars an address, or by {@link domainEntry} a domain, from all mail of a workspace and marks its contact, if there is
 * one. Idempotent. Of two reasons the stronger stays with its evidence: complaint, hard_bounce, manual, soft_bounce,
 * unsubscribed, backed_off; but one that lasts longer replaces one that ends, and what had no end never gets one.
 * @returns true when it was not on the list before
 */
export async function suppress(sql: Sql, request: SuppressRequest & { workspaceId: string }): Promise<boolean> {
  return (await suppressAll(sql, request.workspaceId, [request])) === 1;
}

/**
 * The same for many, no address twice. Of two that suppress the same addresses in one transaction with other things both
 * give them in one order.
 * @returns how many were not on the list before
 */
export async function suppressAll(
  sql: Sql,
  workspaceId: string,
  requests: readonly SuppressRequest[],
): Promise<number> {
  if (requests.length === 0) return 0;
  const stronger = 'array_position($9::text[], s.reason) < array_position($9::text[], excluded.reason)';
  const longer = `coalesce(excluded.expires_at, 'infinity') > s.expires_at`;
  const rows = await sql.rows<{ canonical: string; isNew: boolean }>(
    {
      name: 'suppress_all',
      text: `INSERT INTO suppressions AS s (workspace_id, canonical, reason, note, detail, campaign_id, inbound_message_id,
       expires_at, rule)
     SELECT $1, r.* FROM unnest($2::text[], $3::text[], $4::text[], $5::text[], $6::bigint[], $7::bigint[],
       $8::timestamptz[], $10::text[]) AS r
     ON CONFLICT (workspace_id, canonical) DO UPDATE SET reason = excluded.reason,
       note = CASE WHEN excluded.note = '' THEN s.note ELSE excluded.note END, detail = excluded.detail,
       campaign_id = excluded.campaign_id, inbound_message_id = excluded.inbound_message_id,
       rule = excluded.rule,
       expires_at = CASE WHEN s.expires_at IS NOT NULL THEN excluded.expires_at END
     WHERE ${stronger} OR ${longer}
     RETURNING s.canonical, s.xmax = 0 AS "isNew"`,
    },
    [
      workspaceId,
      requests.map(({ canonical }) => canonical),
      requests.map(({ reason }) => reason),
      requests.map(({ note }) => clip(note, 500)),
      requests.map(({ detail }) => clip(detail, 1000)),
      requests.map(({ campaignId }) => campaignId ?? null),
      requests.map(({ inboundMessageId }) => inboundMessageId ?? null),
      requests.map(({ expiresAt }) => expiresAt ?? null),
      BY_STRENGTH,
      requests.map(({ rule }) => rule ?? null),
    ],
  );
  // Who is not among the rows is on the list for a reason at least as strong, and the contact was marked with it.
  if (rows.length > 0) {
    await markAddressStatuses(
      sql,
      workspaceId,
      rows.map(({ canonical }) => canonical),
    );
  }
  return rows.filter(({ isNew }) => isNew).length;
}

/** Postgres stores no NUL, and servers' words can be long. */
function clip(text: string | undefined, max: number): string {
  return (text ?? '').replaceAll('\0', '').slice(0, max);
}
