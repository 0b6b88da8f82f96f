import type { z } from 'zod';
import type { SunsetRule } from '#contracts';
import type { Sql } from '#platform/database';

export type Rule = z.infer<typeof SunsetRule>;

/** What holds until a workspace says otherwise: nothing is done. */
const OFF: Rule = { enabled: false, mails: 12, days: 180, graceDays: 14 };

export async function findSunsetRule(sql: Sql, workspaceId: string): Promise<Rule> {
  const row = await sql.first<Rule>(
    'SELECT enabled, mails, days, grace_days AS "graceDays" FROM sunset_rules WHERE workspace_id = $1',
    [workspaceId],
  );
  return row ?? OFF;
}

export async function saveSunsetRule(sql: Sql, workspaceId: string, rule: Rule): Promise<void> {
  await sql.run(
    `INSERT INTO sunset_rules (workspace_id, enabled, mails, days, grace_days) VALUES ($1, $2, $3, $4, $5)
     ON CONFLICT (workspace_id) DO UPDATE SET enabled = $2, mails = $3, days = $4, grace_days = $5`,
    [workspaceId, rule.enabled, rule.mails, rule.days, rule.graceDays],
  );
}

/** A page of contacts, the last of them, and who of them is silent. */
export interface SilentPage {
  last: string | null;
  size: number;
  silent: string[];
}

/** In SQL: what the ledger `r` says of a person; an open proves nothing, since privacy proxies open everything. */
const ENGAGED = 'greatest(max(r.clicked_at), max(r.replied_at))';

/**
 * The next contacts of a workspace, and who of them got at least so many mails over at least so many days since their
 * last click or reply. Only who is subscribed somewhere and not suppressed: others get no mail anyway. By contact id
 * (contacts_page), the ledger by contact.
 */
export async function findSilentContacts(
  sql: Sql,
  workspaceId: string,
  rule: Pick<Rule, 'mails' | 'days'>,
  after: string,
  limit: number,
): Promise<SilentPage> {
  const rows = await sql.rows<{ id: string; silent: boolean }>(
    `SELECT c.id, c.status = 'active' AND p.silent
       AND EXISTS (SELECT 1 FROM list_members m WHERE m.contact_id = c.id AND m.status = 'subscribed') AS silent
     FROM (SELECT id, status FROM contacts WHERE workspace_id = $1 AND id > $2 ORDER BY id LIMIT $3) c
     CROSS JOIN LATERAL (
       SELECT count(*) >= $4 AND min(since.accepted_at) <= now() - make_interval(days => $5) AS silent
       FROM (SELECT ${ENGAGED} AS at FROM campaign_recipients r WHERE r.contact_id = c.id AND r.workspace_id = $1) last
       JOIN campaign_recipients since ON since.contact_id = c.id AND since.workspace_id = $1
         AND since.accepted_at IS NOT NULL AND since.bounced_at IS NULL AND since.accepted_at > coalesce(last.at, '-infinity')) p
     ORDER BY c.id`,
    [workspaceId, after, limit, rule.mails, rule.days],
  );
  return pageOf(rows);
}

/**
 * The next members of a re-engagement list, and who of them stayed silent: a campaign to this list reached them so many
 * days ago, and no click or reply to anything came since.
 */
export async function findStillSilent(
  sql: Sql,
  workspaceId: string,
  listId: string,
  rule: Pick<Rule, 'graceDays'>,
  after: string,
  limit: number,
): Promise<SilentPage> {
  const rows = await sql.rows<{ id: string; silent: boolean }>(
    `SELECT m.contact_id AS id, c.status = 'active' AND p.asked <= now() - make_interval(days => $5)
       AND p.answered IS NOT TRUE AS silent
     FROM (SELECT contact_id FROM list_members
           WHERE list_id = $2 AND contact_id > $3 AND status = 'subscribed' ORDER BY contact_id LIMIT $4) m
     JOIN contacts c ON c.id = m.contact_id AND c.workspace_id = $1
     CROSS JOIN LATERAL (
       SELECT asked.at AS asked,
         (SELECT ${ENGAGED} >= asked.at FROM campaign_recipients r WHERE r.contact_id = c.id AND r.workspace_id = $1) AS answered
       FROM (SELECT min(r.accepted_at) AS at FROM campaign_recipients r JOIN campaigns k ON k.id = r.campaign_id
             WHERE r.contact_id = c.id AND r.workspace_id = $1 AND r.bounced_at IS NULL
               AND k.audience->'lists' ? $2::text) asked) p
     ORDER BY m.contact_id`,
    [workspaceId, listId, after, limit, rule.graceDays],
  );
  return pageOf(rows);
}

function pageOf(rows: readonly { id: string; silent: boolean | null }[]): SilentPage {
  const silent = rows.filter((row) => row.silent === true).map(({ id }) => id);
  return { last: rows.at(-1)?.id ?? null, size: rows.length, silent };
}
