import type { Sql } from '#platform/database';

/** A page as its visitors get it. */
export interface PublicArchive {
  workspaceId: string;
  slug: string;
  title: string;
  intro: string;
  indexed: boolean;
  workspace: { name: string; postalAddress: string; locale: string };
}
/** A campaign that the page shows. `compiled` is what engine/render made of its content. */
export interface ArchivedMail<Content> {
  id: string;
  name: string;
  startedAt: Date;
  compiled: Content;
}

/** @returns undefined for an address that is none, or whose page is off */
export function findArchive(sql: Sql, slug: string): Promise<PublicArchive | undefined> {
  return sql.first(
    `SELECT a.workspace_id AS "workspaceId", a.slug, a.title, a.intro, a.indexed,
       json_build_object('name', w.name, 'postalAddress', w.postal_address, 'locale', w.locale) AS workspace
     FROM archives a JOIN workspaces w ON w.id = a.workspace_id WHERE a.slug = $1 AND a.enabled`,
    [slug],
  );
}

const SHOWN = `SELECT k.id, k.name, k.started_at AS "startedAt", x.compiled
  FROM archive_campaigns a JOIN campaigns k ON k.id = a.campaign_id JOIN campaign_contents x ON x.campaign_id = k.id
  WHERE a.workspace_id = $1 AND k.workspace_id = $1 AND k.status = 'sent'`;

/** Newest first. Index: archive_campaigns_page. */
export function findArchivedMails<Content>(
  sql: Sql,
  workspaceId: string,
  { before, limit }: { before: string | null; limit: number },
): Promise<Array<ArchivedMail<Content>>> {
  return sql.rows(`${SHOWN} AND ($2::bigint IS NULL OR a.campaign_id < $2) ORDER BY a.campaign_id DESC LIMIT $3`, [
    workspaceId,
    before,
    limit,
  ]);
}

export function findArchivedMail<Content>(
  sql: Sql,
  workspaceId: string,
  id: string,
): Promise<ArchivedMail<Content> | undefined> {
  return sql.first(`${SHOWN} AND a.campaign_id = $2`, [workspaceId, id]);
}
