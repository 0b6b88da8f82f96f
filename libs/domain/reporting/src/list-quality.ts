import type { z } from 'zod';
import { QUALITY_LIMITS, notFound } from '#contracts';
import type { ListQuality, QualityFigures, QualityLevel } from '#contracts';
import type { Database } from '#platform/database';

/** What is looked at: the newest campaigns to the list in these days, and of their rows so many. */
const DAYS = 90;
const CAMPAIGNS_MAX = 20;
const MESSAGES_MAX = 200_000;
/** Import sources and domains shown, those with most hard bounces first. */
const SHOWN = 20;

interface Row {
  kind: 'overall' | 'import' | 'domain';
  importId: string | null;
  fileName: string | null;
  source: string | null;
  domain: string | null;
  sent: number;
  delivered: number;
  hard: number;
  complaints: number;
  unsubscribed: number;
  reached: number;
  silent: number;
  messages: number;
  campaigns: number;
}

/**
 * How good the addresses of a list are, by what became of its mail: as a whole, by import and by domain. One statement
 * over at most 200,000 rows of the ledger, newest campaigns first, so that its cost has an end whatever the list's size.
 * @throws DomainError NOT_FOUND
 */
export async function listQuality(
  db: Database,
  workspaceId: string,
  listId: string,
): Promise<z.infer<typeof ListQuality>> {
  const list = await db.first('SELECT 1 FROM lists WHERE workspace_id = $1 AND id = $2', [workspaceId, listId]);
  if (!list) throw notFound('list', listId);
  const since = new Date(Date.now() - DAYS * 86_400_000);
  const rows = await db.rows<Row>(SQL, [workspaceId, listId, since, CAMPAIGNS_MAX, MESSAGES_MAX, SHOWN]);
  const overall = rows.find(({ kind }) => kind === 'overall');
  return {
    since: since.toISOString(),
    campaigns: overall?.campaigns ?? 0,
    truncated: (overall?.messages ?? 0) >= MESSAGES_MAX,
    overall: figures(overall),
    imports: rows
      .filter(({ kind }) => kind === 'import')
      .map((row) => ({ ...figures(row), importId: row.importId, fileName: row.fileName, source: row.source })),
    domains: rows.filter(({ kind }) => kind === 'domain').map((row) => ({ ...figures(row), domain: row.domain ?? '' })),
  };
}

/**
 * Parameters: $1 workspace, $2 list, $3 since, $4 campaigns, $5 messages, $6 rows of each kind. The ledger is read by its
 * primary key, campaign by campaign; a person's rows are put together before they are grouped, so that `reached` and
 * `silent` count people.
 */
const SQL = `
  WITH recent AS (
    SELECT id FROM campaigns WHERE workspace_id = $1 AND audience->'lists' ? $2::text AND started_at > $3
    ORDER BY id DESC LIMIT $4
  ), messages AS (
    SELECT r.* FROM (SELECT id FROM recent ORDER BY id DESC) k
    CROSS JOIN LATERAL (
      SELECT campaign_id, contact_id, split_part(canonical, '@', 2) AS domain, status,
        accepted_at IS NOT NULL AND bounced_at IS NULL AND status = 'accepted' AS delivered, bounce_kind = 'hard' AS hard,
        complained_at IS NOT NULL AS complained, unsubscribed_at IS NOT NULL AS unsubscribed,
        coalesce(opened_at, clicked_at, replied_at) IS NOT NULL AS engaged
      FROM campaign_recipients
      WHERE campaign_id = k.id AND workspace_id = $1 AND status IN ('accepted', 'rejected', 'expired')) r
    LIMIT $5
  ), people AS (
    SELECT m.import_id, g.domain, g.contact_id, count(*) AS sent, count(*) FILTER (WHERE delivered) AS delivered,
      count(*) FILTER (WHERE hard) AS hard, count(*) FILTER (WHERE complained) AS complaints,
      count(*) FILTER (WHERE unsubscribed) AS unsubscribed, bool_or(engaged) AS engaged
    FROM messages g JOIN list_members m ON m.list_id = $2::bigint AND m.contact_id = g.contact_id
    GROUP BY m.import_id, g.domain, g.contact_id
  ), grouped AS (
    SELECT CASE WHEN grouping(import_id) = 0 THEN 'import' WHEN grouping(domain) = 0 THEN 'domain' ELSE 'overall' END AS kind,
      import_id, domain, coalesce(sum(sent), 0)::int AS sent, coalesce(sum(delivered), 0)::int AS delivered,
      coalesce(sum(hard), 0)::int AS hard, coalesce(sum(complaints), 0)::int AS complaints,
      coalesce(sum(unsubscribed), 0)::int AS unsubscribed, count(*) FILTER (WHERE delivered > 0)::int AS reached,
      count(*) FILTER (WHERE delivered > 0 AND NOT engaged)::int AS silent
    FROM people GROUP BY GROUPING SETS ((), (import_id), (domain))
  ), ranked AS (
    SELECT *, row_number() OVER (PARTITION BY kind ORDER BY hard DESC, sent DESC, import_id, domain) AS place FROM grouped
  )
  SELECT r.kind, r.import_id AS "importId", i.file_name AS "fileName", i.options->'consent'->>'source' AS source, r.domain,
    r.sent, r.delivered, r.hard, r.complaints, r.unsubscribed, r.reached, r.silent,
    (SELECT count(*)::int FROM messages) AS messages, (SELECT count(*)::int FROM recent) AS campaigns
  FROM ranked r LEFT JOIN imports i ON i.id = r.import_id AND i.workspace_id = $1
  WHERE r.place <= $6 ORDER BY r.kind, r.place`;

const NONE = { sent: 0, delivered: 0, hard: 0, complaints: 0, unsubscribed: 0, reached: 0, silent: 0 };

function figures(row: typeof NONE = NONE): z.infer<typeof QualityFigures> {
  const { sent, delivered, hard, complaints, unsubscribed, reached, silent } = row;
  const hardLevel = levelOf(hard, sent, QUALITY_LIMITS.hard);
  const complaintLevel = levelOf(complaints, delivered, QUALITY_LIMITS.complaints);
  return { sent, delivered, hard, complaints, unsubscribed, reached, silent, hardLevel, complaintLevel };
}

function levelOf(count: number, of: number, limits: { warn: number; stop: number }): QualityLevel {
  if (count > of * limits.stop) return 'stop';
  return count > of * limits.warn ? 'warn' : 'ok';
}
