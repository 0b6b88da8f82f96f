import type { SuppressionReason } from '#contracts';
import { PAST_LIMITS } from '#engine/address-quality';
import type { PastBehaviour } from '#engine/address-quality';
import type { Sql } from '#platform/database';

export interface Member {
  contactId: string;
  email: string;
  domain: string;
  past: PastBehaviour;
}
interface MemberRow {
  contactId: string;
  email: string;
  domain: string;
  suppressed: SuppressionReason | null;
  mails: number;
  engaged: boolean | null;
  complained: boolean | null;
  /** Campaigns: the last that was accepted and kept, the last that was told gone, those that failed for a time. */
  lastGood: string | null;
  lastHard: string | null;
  softs: string[] | null;
}

/**
 * The next members of a list who have not left it, with what the ledger tells about their present address. Reads the
 * ledger by contact (index campaign_recipients_contact), so that its cost is the page's, whatever the size of the list.
 */
export async function findMembers(
  sql: Sql,
  workspaceId: string,
  listId: string,
  after: string,
  limit: number,
): Promise<Member[]> {
  const rows = await sql.rows<MemberRow>(
    `SELECT m.contact_id AS "contactId", c.email, c.domain, s.reason AS suppressed, p.*
     FROM (SELECT contact_id FROM list_members
           WHERE list_id = $2 AND contact_id > $3 AND status <> 'unsubscribed' ORDER BY contact_id LIMIT $4) m
     JOIN contacts c ON c.id = m.contact_id AND c.workspace_id = $1
     LEFT JOIN suppressions s ON s.workspace_id = $1 AND s.canonical = c.canonical
     CROSS JOIN LATERAL (
       SELECT count(*) FILTER (WHERE r.accepted_at IS NOT NULL AND r.bounced_at IS NULL)::int AS mails,
         bool_or(coalesce(r.opened_at, r.clicked_at, r.replied_at) IS NOT NULL) AS engaged,
         bool_or(r.complained_at IS NOT NULL) AS complained,
         max(r.campaign_id) FILTER (WHERE r.accepted_at IS NOT NULL AND r.bounced_at IS NULL) AS "lastGood",
         max(r.campaign_id) FILTER (WHERE r.bounce_kind = 'hard') AS "lastHard",
         array_agg(r.campaign_id::text) FILTER (WHERE r.bounce_kind = 'soft') AS softs
       FROM campaign_recipients r
       WHERE r.contact_id = c.id AND r.workspace_id = $1 AND r.canonical = c.canonical) p
     ORDER BY m.contact_id`,
    [workspaceId, listId, after, limit],
  );
  return rows.map(({ contactId, email, domain, ...row }) => ({ contactId, email, domain, past: pastOf(row) }));
}

function pastOf(row: Omit<MemberRow, 'contactId' | 'email' | 'domain'>): PastBehaviour {
  const lastGood = BigInt(row.lastGood ?? 0);
  return {
    hardBounced: row.suppressed === 'hard_bounce' || (row.lastHard !== null && BigInt(row.lastHard) > lastGood),
    complained: row.suppressed === 'complaint' || row.complained === true,
    softBounces:
      row.suppressed === 'soft_bounce'
        ? PAST_LIMITS.softBounces
        : (row.softs ?? []).filter((campaign) => BigInt(campaign) > lastGood).length,
    mails: row.mails,
    engaged: row.engaged === true,
  };
}
