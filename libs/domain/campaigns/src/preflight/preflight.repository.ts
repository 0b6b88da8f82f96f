import type { LinkAnswer } from '#engine/preflight';
import type { Sql } from '#platform/database';
import type { MissingData } from './missing-data.js';

/** A link and what it answered. */
export interface CheckedLink {
  url: string;
  reply: LinkAnswer;
}

export interface PreflightRow {
  campaignId: string;
  workspaceId: string;
  key: string;
  status: 'queued' | 'running' | 'done';
  urls: string[];
  needed: string[];
  done: number;
  links: CheckedLink[];
  missing: MissingData[];
  finishedAt: Date | null;
}

/** Who works on one says so at least this often. */
const LEASE = `interval '60 s'`;
const COLUMNS = `campaign_id AS "campaignId", workspace_id AS "workspaceId", key, status, urls, needed, done, links,
  missing, finished_at AS "finishedAt"`;

export function findPreflight(sql: Sql, campaignId: string): Promise<PreflightRow | undefined> {
  return sql.first(`SELECT ${COLUMNS} FROM preflights WHERE campaign_id = $1`, [campaignId]);
}

/**
 * Asks for a check; what was under way for another content or audience is superseded.
 * @returns false where just this is under way
 */
export async function askPreflight(
  sql: Sql,
  row: Pick<PreflightRow, 'campaignId' | 'workspaceId' | 'key' | 'urls' | 'needed'>,
): Promise<boolean> {
  const changed = await sql.run(
    `INSERT INTO preflights (campaign_id, workspace_id, key, status, urls, needed) VALUES ($1, $2, $3, 'queued', $4, $5)
     ON CONFLICT (campaign_id) DO UPDATE SET key = excluded.key, status = 'queued', urls = excluded.urls,
       needed = excluded.needed, done = 0, links = '[]', missing = '[]', lease_until = now(), finished_at = NULL
     WHERE preflights.key <> excluded.key OR preflights.status = 'done'`,
    [row.campaignId, row.workspaceId, row.key, row.urls, row.needed],
  );
  return changed > 0;
}

/** Takes one that waits, or whose process is gone. */
export function claimPreflight(sql: Sql, campaignId: string): Promise<PreflightRow | undefined> {
  return sql.first(
    `UPDATE preflights SET status = 'running', lease_until = now() + ${LEASE}
     WHERE campaign_id = $1 AND (status = 'queued' OR (status = 'running' AND lease_until < now()))
     RETURNING ${COLUMNS}`,
    [campaignId],
  );
}

export function findStalePreflights(sql: Sql): Promise<{ campaignId: string }[]> {
  return sql.rows(
    `SELECT campaign_id AS "campaignId" FROM preflights WHERE status <> 'done' AND lease_until < now() LIMIT 100`,
  );
}

/** @returns false when it has been superseded */
export async function notePreflight(sql: Sql, { campaignId, key }: PreflightRow, done: number): Promise<boolean> {
  const changed = await sql.run(
    `UPDATE preflights SET done = $3, lease_until = now() + ${LEASE}
     WHERE campaign_id = $1 AND key = $2 AND status = 'running'`,
    [campaignId, key, done],
  );
  return changed > 0;
}

export async function finishPreflight(
  sql: Sql,
  { campaignId, key }: PreflightRow,
  { links, missing }: Pick<PreflightRow, 'links' | 'missing'>,
): Promise<void> {
  await sql.run(
    `UPDATE preflights SET status = 'done', done = cardinality(urls), links = $3, missing = $4, finished_at = now()
     WHERE campaign_id = $1 AND key = $2 AND status = 'running'`,
    [campaignId, key, JSON.stringify(links), JSON.stringify(missing)],
  );
}

/** What is remembered of links, by digest in hex; an hour at most. */
export function findLinkChecks(
  sql: Sql,
  workspaceId: string,
  digests: readonly Buffer[],
): Promise<{ digest: string; reply: LinkAnswer }[]> {
  return sql.rows(
    `SELECT encode(digest, 'hex') AS digest, reply FROM link_checks
     WHERE workspace_id = $1 AND digest = ANY ($2::bytea[]) AND checked_at > now() - interval '1 hour'`,
    [workspaceId, digests],
  );
}

export async function rememberLink(sql: Sql, workspaceId: string, digest: Buffer, reply: LinkAnswer): Promise<void> {
  await sql.run(
    `WITH old AS (DELETE FROM link_checks WHERE workspace_id = $1 AND checked_at < now() - interval '1 day')
     INSERT INTO link_checks (workspace_id, digest, reply) VALUES ($1, $2, $3)
     ON CONFLICT (workspace_id, digest) DO UPDATE SET reply = excluded.reply, checked_at = now()`,
    [workspaceId, digest, JSON.stringify(reply)],
  );
}
