import type { HygieneRule } from '#contracts';
import type { RuleSetting } from '#engine/hygiene';
import type { Sql } from '#platform/database';
import type { StoredEntry } from '#domain/suppressions';

export interface ChangeRow {
  id: string;
  rule: HygieneRule;
  before: RuleSetting;
  after: RuleSetting;
  suppressed: number;
  freed: number;
  actor: string;
  at: Date;
  undoneAt: Date | null;
  undoable: boolean;
}

const COLUMNS = `c.id, c.rule, c.before, c.after, c.suppressed, c.freed, c.at,
  coalesce((SELECT u.name FROM users u WHERE c.actor = 'user:' || u.id), c.actor) AS actor, c.undone_at AS "undoneAt",
  c.undone_at IS NULL AND NOT EXISTS (
    SELECT 1 FROM hygiene_changes x WHERE x.workspace_id = c.workspace_id AND x.rule = c.rule AND x.id > c.id
      AND x.undone_at IS NULL) AS undoable`;

export async function insertChange(
  sql: Sql,
  workspaceId: string,
  change: Pick<ChangeRow, 'rule' | 'before' | 'after' | 'actor'>,
): Promise<string> {
  const row = await sql.first<{ id: string }>(
    `INSERT INTO hygiene_changes (workspace_id, rule, before, after, actor) VALUES ($1, $2, $3, $4, $5) RETURNING id`,
    [workspaceId, change.rule, JSON.stringify(change.before), JSON.stringify(change.after), change.actor],
  );
  return row!.id;
}

/** A page, newest first. Index: hygiene_changes_page. */
export function findChanges(
  sql: Sql,
  workspaceId: string,
  page: { before: string | null; limit: number },
): Promise<ChangeRow[]> {
  return sql.rows(
    `SELECT ${COLUMNS} FROM hygiene_changes c WHERE c.workspace_id = $1 AND ($2::bigint IS NULL OR c.id < $2)
     ORDER BY c.id DESC LIMIT $3`,
    [workspaceId, page.before, page.limit + 1],
  );
}

export function findChange(sql: Sql, workspaceId: string, id: string): Promise<ChangeRow | undefined> {
  return sql.first(`SELECT ${COLUMNS} FROM hygiene_changes c WHERE c.workspace_id = $1 AND c.id = $2`, [
    workspaceId,
    id,
  ]);
}

/** Keeps what a replay found, for the undo. */
export async function keepBefore(
  sql: Sql,
  changeId: string,
  entries: ReadonlyArray<{ canonical: string; before: StoredEntry | null }>,
): Promise<void> {
  await sql.run(
    `INSERT INTO hygiene_change_addresses (change_id, canonical, before)
     SELECT $1, * FROM unnest($2::text[], $3::jsonb[])`,
    [
      changeId,
      entries.map(({ canonical }) => canonical),
      entries.map(({ before }) => (before === null ? null : JSON.stringify(before))),
    ],
  );
}

export async function countEffects(
  sql: Sql,
  changeId: string,
  { suppressed, freed }: Pick<ChangeRow, 'suppressed' | 'freed'>,
): Promise<void> {
  await sql.run('UPDATE hygiene_changes SET suppressed = $2, freed = $3 WHERE id = $1', [changeId, suppressed, freed]);
}

/** @returns false when it was undone already */
export async function markUndone(sql: Sql, changeId: string): Promise<boolean> {
  return (
    (await sql.run('UPDATE hygiene_changes SET undone_at = now() WHERE id = $1 AND undone_at IS NULL', [changeId])) > 0
  );
}

/** What a replay touched, in the order of the names. */
export function findTouched(
  sql: Sql,
  changeId: string,
  after: string,
  limit: number,
): Promise<{ canonical: string; before: StoredEntry | null }[]> {
  return sql.rows(
    `SELECT canonical, before FROM hygiene_change_addresses WHERE change_id = $1 AND canonical > $2
     ORDER BY canonical LIMIT $3`,
    [changeId, after, limit],
  );
}
