import type { z } from 'zod';
import { notFound } from '#contracts';
import type { NewReportShare, ReportShare } from '#contracts';
import { hashToken, randomToken } from '#platform/crypto';
import type { Sql } from '#platform/database';
import { actorLabel } from '#domain/workspaces';
import type { RequestContext } from '#domain/workspaces';

type View = z.infer<typeof ReportShare>;
interface Row extends Omit<View, 'createdAt' | 'expiresAt'> {
  createdAt: Date;
  expiresAt: Date;
}

const COLUMNS = 'id, created_at AS "createdAt", created_by AS "createdBy", expires_at AS "expiresAt"';
/** A campaign has at most so many links at once. */
const LIMIT = 50;

/** Whom a valid link lets see what. */
export interface OpenedShare {
  workspaceId: string;
  campaignId: string;
  workspace: string;
  locale: string;
  name: string;
  subject: string;
  expiresAt: Date;
}

/** Links that are valid now, the newest first. */
export async function listShares(sql: Sql, workspaceId: string, campaignId: string): Promise<View[]> {
  const rows = await sql.rows<Row>(
    `SELECT ${COLUMNS} FROM report_shares
     WHERE workspace_id = $1 AND campaign_id = $2 AND expires_at > now() ORDER BY id DESC LIMIT ${LIMIT}`,
    [workspaceId, campaignId],
  );
  return rows.map(view);
}

/** Makes a link. Its token is told here and never again: only its hash is stored. */
export async function createShare(
  sql: Sql,
  ctx: RequestContext,
  campaignId: string,
  days: number,
): Promise<z.infer<typeof NewReportShare>> {
  const token = randomToken();
  const rows = await sql.rows<Row>(
    `WITH gone AS (
       DELETE FROM report_shares WHERE campaign_id = $2 AND (expires_at <= now() OR id NOT IN (
         SELECT id FROM report_shares WHERE campaign_id = $2 ORDER BY id DESC LIMIT ${LIMIT - 1}))
     )
     INSERT INTO report_shares (workspace_id, campaign_id, token_hash, created_by, expires_at)
     VALUES ($1, $2, $3, $4, now() + make_interval(days => $5)) RETURNING ${COLUMNS}`,
    [ctx.workspaceId, campaignId, hashToken(token), actorLabel(ctx.actor), days],
  );
  return { ...view(rows[0] as Row), token };
}

/**
 * @returns id of its campaign
 * @throws DomainError NOT_FOUND for a link that is not (any more) one of this workspace
 */
export async function withdrawShare(sql: Sql, workspaceId: string, id: string): Promise<string> {
  const gone = await sql.first<{ campaignId: string }>(
    'DELETE FROM report_shares WHERE workspace_id = $1 AND id = $2 RETURNING campaign_id AS "campaignId"',
    [workspaceId, id],
  );
  if (!gone) throw notFound('share', id);
  return gone.campaignId;
}

/** @throws DomainError NOT_FOUND for a token that is unknown, expired or withdrawn: nobody learns which */
export async function openShare(sql: Sql, token: string): Promise<OpenedShare> {
  const row = await sql.first<OpenedShare>(
    `SELECT s.workspace_id AS "workspaceId", s.campaign_id AS "campaignId", w.name AS workspace, w.locale, k.name,
       k.content->>'subject' AS subject, s.expires_at AS "expiresAt"
     FROM report_shares s JOIN campaigns k ON k.id = s.campaign_id JOIN workspaces w ON w.id = s.workspace_id
     WHERE s.token_hash = $1 AND s.expires_at > now()`,
    [hashToken(token)],
  );
  if (!row) throw notFound('shared report', token.slice(0, 6));
  return row;
}

function view({ createdAt, expiresAt, ...row }: Row): View {
  return { ...row, createdAt: createdAt.toISOString(), expiresAt: expiresAt.toISOString() };
}
