import type { Sql } from '#platform/database';

/** What a workspace says about its page. */
export interface ArchiveSettings {
  enabled: boolean;
  slug: string;
  title: string;
  intro: string;
  indexed: boolean;
}

export function findSettings(sql: Sql, workspaceId: string): Promise<ArchiveSettings | undefined> {
  return sql.first('SELECT enabled, slug, title, intro, indexed FROM archives WHERE workspace_id = $1', [workspaceId]);
}

export async function saveSettings(sql: Sql, workspaceId: string, settings: ArchiveSettings): Promise<void> {
  await sql.run(
    `INSERT INTO archives (workspace_id, enabled, slug, title, intro, indexed) VALUES ($1, $2, $3, $4, $5, $6)
     ON CONFLICT (workspace_id) DO UPDATE SET enabled = $2, slug = $3, title = $4, intro = $5, indexed = $6`,
    [workspaceId, settings.enabled, settings.slug, settings.title, settings.intro, settings.indexed],
  );
}

/** Index: archive_campaigns_page. */
export async function countShown(sql: Sql, workspaceId: string): Promise<number> {
  const row = await sql.first<{ n: number }>(
    'SELECT count(*)::int AS n FROM archive_campaigns WHERE workspace_id = $1',
    [workspaceId],
  );
  return row?.n ?? 0;
}

export interface SentRow {
  id: string;
  name: string;
  subject: string;
  startedAt: Date;
  shown: boolean;
}

/** Index: campaigns_page. */
export function findSentCampaigns(
  sql: Sql,
  workspaceId: string,
  { id = null, q, before, limit }: { id?: string | null; q: string | null; before: string | null; limit: number },
): Promise<SentRow[]> {
  return sql.rows(
    `SELECT k.id, k.name, k.content->>'subject' AS subject, k.started_at AS "startedAt", a.campaign_id IS NOT NULL AS shown
     FROM campaigns k LEFT JOIN archive_campaigns a ON a.campaign_id = k.id
     WHERE k.workspace_id = $1 AND k.status = 'sent' AND ($2::bigint IS NULL OR k.id = $2)
       AND ($3::text IS NULL OR lower(k.name || ' ' || (k.content->>'subject')) LIKE $3)
       AND ($4::bigint IS NULL OR k.id < $4)
     ORDER BY k.id DESC LIMIT $5`,
    [workspaceId, id, q, before, limit],
  );
}

export async function showCampaign(sql: Sql, workspaceId: string, id: string): Promise<void> {
  await sql.run(
    'INSERT INTO archive_campaigns (campaign_id, workspace_id) VALUES ($1, $2) ON CONFLICT (campaign_id) DO NOTHING',
    [id, workspaceId],
  );
}

export async function hideCampaign(sql: Sql, workspaceId: string, id: string): Promise<void> {
  await sql.run('DELETE FROM archive_campaigns WHERE workspace_id = $1 AND campaign_id = $2', [workspaceId, id]);
}
