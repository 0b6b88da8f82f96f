import type { z } from 'zod';
import { notFound } from '#contracts';
import type { ContentBody, Page, Revision, RevisionContent } from '#contracts';
import { toPage } from '#platform/database';
import type { Sql } from '#platform/database';
import { decodeIdCursor } from '#domain/contacts';
import { actorLabel } from '#domain/workspaces';
import type { RequestContext } from '#domain/workspaces';
import { formatOf } from './content-format.js';

/** What has content: a template, a campaign, or a variant of its A/B test beside A. */
export type ContentOwner = { templateId: string } | { campaignId: string; variant?: number };

/** Revisions kept of one owner; older ones go. */
const KEPT = 50;
/** Saves of one person are one revision until it is so old. */
const COALESCED = '5 minutes';

interface RevisionRow {
  id: string;
  by: string | null;
  content: ContentBody;
  restoredFrom: string | null;
  createdAt: Date;
  updatedAt: Date;
}

const COLUMNS = `r.id, r.content, r.restored_from AS "restoredFrom", r.created_at AS "createdAt", r.updated_at AS "updatedAt",
  coalesce(u.email, k.name) AS by`;
const FROM = `FROM content_revisions r
  LEFT JOIN users u ON r.actor = 'user:' || u.id
  LEFT JOIN api_keys k ON r.actor = 'key:' || k.id`;

/**
 * Keeps what content is after a change, in the transaction of the change. The first change keeps what was before it too.
 * @param restoredFrom the revision it was taken from; a restored one always stands alone
 */
export async function recordRevision(
  tx: Sql,
  ctx: RequestContext,
  owner: ContentOwner,
  { before, after, restoredFrom = null }: { before: ContentBody; after: ContentBody; restoredFrom?: string | null },
): Promise<void> {
  if (JSON.stringify(before) === JSON.stringify(after) && restoredFrom === null) return;
  const { column, id, variant } = columnOf(owner);
  const actor = actorLabel(ctx.actor);
  const latest = await tx.first<{ id: string; open: boolean }>(
    `SELECT id, actor = $2 AND restored_from IS NULL AND created_at > now() - interval '${COALESCED}' AS open
     FROM content_revisions WHERE ${column} = $1 AND variant = $3 ORDER BY id DESC LIMIT 1`,
    [id, actor, variant],
  );
  if (latest?.open && restoredFrom === null) {
    await tx.run('UPDATE content_revisions SET content = $2, updated_at = now() WHERE id = $1', [
      latest.id,
      JSON.stringify(after),
    ]);
    return;
  }
  const insert = (content: ContentBody, by: string | null, from: string | null) =>
    tx.run(
      `INSERT INTO content_revisions (workspace_id, ${column}, variant, content, actor, restored_from) VALUES ($1, $2, $3, $4, $5, $6)`,
      [ctx.workspaceId, id, variant, JSON.stringify(content), by, from],
    );
  if (!latest && !isEmpty(before)) await insert(before, null, null);
  await insert(after, actor, restoredFrom);
  await tx.run(
    `DELETE FROM content_revisions WHERE ${column} = $1 AND variant = $2 AND id <= (
       SELECT id FROM content_revisions WHERE ${column} = $1 AND variant = $2 ORDER BY id DESC OFFSET ${KEPT} LIMIT 1)`,
    [id, variant],
  );
}

/** Variants from this one on are gone, or stand in another place: what they said before is not theirs. */
export async function forgetVariants(tx: Sql, campaignId: string, from: number): Promise<void> {
  await tx.run('DELETE FROM content_revisions WHERE campaign_id = $1 AND variant >= $2', [campaignId, from]);
}

/** Newest first. Whether the owner is the workspace's is the caller's to have asked. */
export async function listRevisions(
  sql: Sql,
  owner: ContentOwner,
  query: { limit: number; cursor?: string | undefined },
): Promise<Page<z.infer<typeof Revision>>> {
  const { column, id, variant } = columnOf(owner);
  const rows = await sql.rows<RevisionRow>(
    `SELECT ${COLUMNS} ${FROM} WHERE r.${column} = $1 AND r.variant = $4 AND ($2::bigint IS NULL OR r.id < $2)
     ORDER BY r.id DESC LIMIT $3`,
    [id, decodeIdCursor(query.cursor), query.limit + 1, variant],
  );
  return toPage(rows, query.limit, (row) => [row.id], toView);
}

/** @throws DomainError NOT_FOUND for one that is not of this owner, or no longer kept */
export async function getRevision(
  sql: Sql,
  owner: ContentOwner,
  revisionId: string,
): Promise<z.infer<typeof RevisionContent>> {
  const { column, id, variant } = columnOf(owner);
  const row = await sql.first<RevisionRow>(
    `SELECT ${COLUMNS} ${FROM} WHERE r.${column} = $1 AND r.id = $2 AND r.variant = $3`,
    [id, revisionId, variant],
  );
  if (!row) throw notFound('revision', revisionId);
  return { ...toView(row), content: row.content };
}

function toView({ content, createdAt, updatedAt, ...row }: RevisionRow): z.infer<typeof Revision> {
  return {
    ...row,
    subject: content.subject,
    format: formatOf(content),
    createdAt: createdAt.toISOString(),
    updatedAt: updatedAt.toISOString(),
  };
}

function columnOf(owner: ContentOwner): { column: 'template_id' | 'campaign_id'; id: string; variant: number } {
  return 'templateId' in owner
    ? { column: 'template_id', id: owner.templateId, variant: 0 }
    : { column: 'campaign_id', id: owner.campaignId, variant: owner.variant ?? 0 };
}

function isEmpty({ subject, html, mjml, text, document }: ContentBody): boolean {
  return !subject && !html && !mjml && !text && !document;
}
