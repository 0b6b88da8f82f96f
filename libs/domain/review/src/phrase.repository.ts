import type { BounceReason, InboundKind } from '#contracts';
import type { Sql } from '#platform/database';

export interface LearnedRow {
  id: string;
  phrase: string;
  kind: InboundKind;
  reason: BounceReason | null;
  createdAt: Date;
}
const COLUMNS = 'id, phrase, kind, reason, created_at AS "createdAt"';

/** A page, newest first. */
export function findLearned(
  sql: Sql,
  workspaceId: string,
  page: { before: string | null; limit: number },
): Promise<LearnedRow[]> {
  return sql.rows(
    `SELECT ${COLUMNS} FROM learned_phrases WHERE workspace_id = $1 AND ($2::bigint IS NULL OR id < $2)
     ORDER BY id DESC LIMIT $3`,
    [workspaceId, page.before, page.limit + 1],
  );
}

export async function countLearned(sql: Sql, workspaceId: string): Promise<number> {
  const row = await sql.first<{ n: number }>('SELECT count(*)::int AS n FROM learned_phrases WHERE workspace_id = $1', [
    workspaceId,
  ]);
  return row?.n ?? 0;
}

/** @returns undefined where the phrase is known already */
export function insertLearned(
  sql: Sql,
  rule: { workspaceId: string; phrase: string; kind: InboundKind; reason: BounceReason | null; actor: string },
): Promise<LearnedRow | undefined> {
  return sql.first(
    `INSERT INTO learned_phrases (workspace_id, phrase, kind, reason, created_by) VALUES ($1, $2, $3, $4, $5)
     ON CONFLICT DO NOTHING RETURNING ${COLUMNS}`,
    [rule.workspaceId, rule.phrase, rule.kind, rule.reason, rule.actor],
  );
}

/** @returns undefined where there is none */
export function deleteLearned(sql: Sql, workspaceId: string, id: string): Promise<LearnedRow | undefined> {
  return sql.first(`DELETE FROM learned_phrases WHERE workspace_id = $1 AND id = $2 RETURNING ${COLUMNS}`, [
    workspaceId,
    id,
  ]);
}

/** Stored mails that a preview looks at, the newest. */
export const LOOKED_AT = 10_000;

/** How the newest stored mails with a phrase are classified today. Index: inbound_messages_page. */
export function countHits(
  sql: Sql,
  workspaceId: string,
  phrase: string,
): Promise<{ kind: InboundKind; reason: BounceReason | null; count: number }[]> {
  return sql.rows(
    `SELECT m.kind, CASE WHEN m.kind = 'bounce' THEN m.verdict->'recipients'->0->>'reason' END AS reason,
       count(*)::int AS count
     FROM (SELECT kind, verdict FROM inbound_messages WHERE workspace_id = $1 ORDER BY id DESC LIMIT ${LOOKED_AT}) AS m
     WHERE strpos(m.verdict->>'words', $2) > 0 AND m.kind IS NOT NULL
     GROUP BY 1, 2 ORDER BY 3 DESC LIMIT 50`,
    [workspaceId, phrase],
  );
}
