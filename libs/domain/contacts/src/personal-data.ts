import type { z } from 'zod';
import type { Contact } from '#contracts';
import type { Sql } from '#platform/database';

/** Newest entries of each part; one person has hundreds. */
const PART_MAX = 10_000;

/** Who it is about: some parts know a person by the contact, others by the address alone. */
const ME = 'WITH me AS (SELECT $1::bigint AS workspace_id, $2::bigint AS contact_id, $3::text AS canonical)';

/** What is kept about the person besides the contact itself, a part by a query, each newest first. */
const PARTS = {
  memberships: `SELECT l.name AS list, m.status, m.consent, m.created_at AS "joinedAt", m.unsubscribed_at AS "leftAt",
      m.unsubscribed_source AS "leftBy"
    FROM me JOIN list_members m USING (workspace_id, contact_id) JOIN lists l ON l.id = m.list_id
    ORDER BY m.created_at DESC`,
  suppressions: `SELECT s.reason, s.note, s.detail, s.created_at AS "at", s.expires_at AS "expiresAt"
    FROM me JOIN suppressions s USING (workspace_id, canonical) ORDER BY s.created_at DESC`,
  campaigns: `SELECT k.name AS campaign, r.email AS address, r.status, r.accepted_at AS "acceptedAt",
      r.opened_at AS "openedAt", r.clicked_at AS "clickedAt", r.replied_at AS "repliedAt", r.bounced_at AS "bouncedAt",
      r.bounce_detail AS "bounce", r.unsubscribed_at AS "unsubscribedAt", r.complained_at AS "complainedAt"
    FROM me JOIN campaign_recipients r USING (workspace_id, contact_id) JOIN campaigns k ON k.id = r.campaign_id
    ORDER BY r.campaign_id DESC`,
  activity: `SELECT e.at, e.type, e.human, k.name AS campaign, l.name AS list, e.client, e.detail
    FROM me JOIN events e USING (workspace_id, contact_id)
      LEFT JOIN campaigns k ON k.id = e.campaign_id LEFT JOIN lists l ON l.id = e.list_id
    ORDER BY e.at DESC`,
  purchases: `SELECT p.order_id AS "order", p.amount::text AS amount, p.currency, p.bought_at AS "at"
    FROM me JOIN purchases p USING (workspace_id, contact_id) ORDER BY p.bought_at DESC, p.id DESC`,
  replies: `SELECT m.received_at AS "receivedAt", t.subject, m.text
    FROM me JOIN reply_threads t ON t.workspace_id = me.workspace_id AND t.address = me.canonical
      JOIN reply_mails m ON m.thread_id = t.id
    ORDER BY m.received_at DESC`,
  triggeredMail: `SELECT m.created_at AS "createdAt", m.subject, m.data, m.status, m.accepted_at AS "acceptedAt"
    FROM me JOIN messages m USING (workspace_id, canonical) ORDER BY m.id DESC`,
  formRequests: `SELECT f.name AS form, r.person, r.requested_at AS "requestedAt", r.confirmed_at AS "confirmedAt"
    FROM me JOIN subscription_requests r USING (workspace_id, canonical) JOIN forms f ON f.id = r.form_id
    ORDER BY r.requested_at DESC`,
};

/** Everything kept about one person, as they may ask for it (GDPR articles 15 and 20, 个人信息保护法 第四十五条). */
export async function collectPersonalData(
  sql: Sql,
  workspaceId: string,
  contact: z.infer<typeof Contact>,
  canonical: string,
): Promise<Record<string, unknown>> {
  const { id, version: _version, lists: _lists, ...person } = contact;
  const parts: Record<string, unknown> = {};
  for (const [name, query] of Object.entries(PARTS)) {
    parts[name] = await sql.rows(`${ME} ${query} LIMIT ${PART_MAX}`, [workspaceId, id, canonical]);
  }
  return { exportedAt: new Date().toISOString(), contact: person, ...parts };
}
