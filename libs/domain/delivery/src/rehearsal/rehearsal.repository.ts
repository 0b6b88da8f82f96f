import type { z } from 'zod';
import type { CampaignRehearsal, Prediction, RehearsalBody, RehearsalPhase } from '#contracts';
import type { CompiledContent } from '#engine/render';
import type { Sql } from '#platform/database';

export type RehearsalView = z.infer<typeof CampaignRehearsal>;
export type RehearsalOptions = z.infer<typeof RehearsalBody>;

/** What the process that runs one needs to know of it. */
export interface RehearsalTask {
  id: string;
  workspaceId: string;
  campaignId: string;
  options: RehearsalOptions;
  compiled: CompiledContent;
}

/** Who runs one says so at least this often; whoever is silent for longer has stopped. */
const LEASE = `interval '60 s'`;

type Row = Omit<RehearsalView, 'createdAt' | 'finishedAt'> & { createdAt: Date; finishedAt: Date | null };
/** One whose process is gone has failed, whether or not anybody wrote that down. */
const COLUMNS = `id, campaign_id AS "campaignId",
  CASE WHEN status = 'running' AND lease_until < now() THEN 'failed' ELSE status END AS status,
  phase, done, total, CASE WHEN status = 'running' AND lease_until < now() THEN 'INTERRUPTED' ELSE error END AS error,
  prediction, created_at AS "createdAt", finished_at AS "finishedAt"`;

/** A new one; what was still under way for the campaign is called off. */
export async function insertRehearsal(
  sql: Sql,
  row: { workspaceId: string; campaignId: string; options: RehearsalOptions; compiled: CompiledContent; by: string },
): Promise<RehearsalView> {
  await sql.run(
    `UPDATE rehearsals SET status = 'cancelled', compiled = NULL, finished_at = now()
     WHERE campaign_id = $1 AND status IN ('queued', 'running')`,
    [row.campaignId],
  );
  const made = await sql.first<Row>(
    `INSERT INTO rehearsals (workspace_id, campaign_id, options, compiled, created_by)
     VALUES ($1, $2, $3, $4, $5) RETURNING ${COLUMNS}`,
    [row.workspaceId, row.campaignId, JSON.stringify(row.options), JSON.stringify(row.compiled), row.by],
  );
  return view(made as Row);
}

export async function findRehearsal(sql: Sql, workspaceId: string, id: string): Promise<RehearsalView | undefined> {
  const row = await sql.first<Row>(`SELECT ${COLUMNS} FROM rehearsals WHERE workspace_id = $1 AND id = $2`, [
    workspaceId,
    id,
  ]);
  return row && view(row);
}

/** Those of a campaign, newest first. Index: rehearsals_campaign. */
export async function findRehearsals(
  sql: Sql,
  campaignId: string,
  page: { before: string | null; limit: number },
): Promise<RehearsalView[]> {
  const rows = await sql.rows<Row>(
    `SELECT ${COLUMNS} FROM rehearsals WHERE campaign_id = $1 AND ($2::bigint IS NULL OR id < $2)
     ORDER BY id DESC LIMIT $3`,
    [campaignId, page.before, page.limit],
  );
  return rows.map(view);
}

/** Takes one that waits, or whose process is gone. */
export function claimRehearsal(sql: Sql, id: string): Promise<RehearsalTask | undefined> {
  return sql.first<RehearsalTask>(
    `UPDATE rehearsals SET status = 'running', lease_until = now() + ${LEASE}
     WHERE id = $1 AND (status = 'queued' OR (status = 'running' AND lease_until < now())) AND compiled IS NOT NULL
     RETURNING id, workspace_id AS "workspaceId", campaign_id AS "campaignId", options, compiled`,
    [id],
  );
}

/** Notes how far it is. @returns false when it has been called off */
export async function noteProgress(
  sql: Sql,
  id: string,
  progress: { phase: RehearsalPhase; done: number; total: number },
): Promise<boolean> {
  const changed = await sql.run(
    `UPDATE rehearsals SET phase = $2, done = $3, total = $4, lease_until = now() + ${LEASE}
     WHERE id = $1 AND status = 'running'`,
    [id, progress.phase, progress.done, progress.total],
  );
  return changed > 0;
}

export async function finishRehearsal(
  sql: Sql,
  id: string,
  end: { prediction: z.infer<typeof Prediction> } | { error: string },
): Promise<void> {
  const prediction = 'prediction' in end ? JSON.stringify(end.prediction) : null;
  await sql.run(
    `UPDATE rehearsals SET status = CASE WHEN $2::jsonb IS NULL THEN 'failed' ELSE 'done' END, prediction = $2,
       error = $3, compiled = NULL, lease_until = NULL, finished_at = now()
     WHERE id = $1 AND status = 'running'`,
    [id, prediction, 'error' in end ? end.error.slice(0, 500) : null],
  );
}

/** @returns false when it was over already */
export async function cancelRehearsal(sql: Sql, id: string): Promise<boolean> {
  const changed = await sql.run(
    `UPDATE rehearsals SET status = 'cancelled', compiled = NULL, finished_at = now()
     WHERE id = $1 AND status IN ('queued', 'running')`,
    [id],
  );
  return changed > 0;
}

function view(row: Row): RehearsalView {
  return { ...row, createdAt: row.createdAt.toISOString(), finishedAt: row.finishedAt?.toISOString() ?? null };
}
