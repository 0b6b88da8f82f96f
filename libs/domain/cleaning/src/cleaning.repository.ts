import type { AddressReason, AddressVerdict, CleaningAction, CleaningKind, CleaningStatus } from '#contracts';
import type { Sql, Transaction } from '#platform/database';
import type { Rule } from './sunset.repository.js';

export interface CleaningChoice {
  reason: AddressReason;
  action: CleaningAction;
}
/** How often each thing was done. */
export interface CleaningDone {
  left: number;
  suppressed: number;
  corrected: number;
  tagged: number;
  invited: number;
  unchanged: number;
}
export interface CleaningRecord {
  id: string;
  workspaceId: string;
  listId: string;
  listName: string;
  kind: CleaningKind;
  /** Of a sunset, as it was when this began. */
  rule: Rule | null;
  /** Begun by the schedule of the workspace, and applied without a person. */
  scheduled: boolean;
  status: CleaningStatus;
  total: number;
  judged: number;
  verdicts: Partial<Record<AddressVerdict, number>>;
  reasons: Partial<Record<AddressReason, number>>;
  unanswered: number;
  actions: CleaningChoice[] | null;
  tag: string | null;
  done: Partial<CleaningDone>;
  reached: string;
  fence: number;
  createdAt: Date;
  judgedAt: Date | null;
  appliedAt: Date | null;
  undoneAt: Date | null;
}
const COLUMNS = `k.id, k.workspace_id AS "workspaceId", k.list_id AS "listId", l.name AS "listName", k.status, k.total, k.judged,
  k.kind, k.rule, k.scheduled, k.verdicts, k.reasons, k.unanswered, k.actions, k.tag, k.done, k.reached, k.fence, k.created_at AS "createdAt",
  k.judged_at AS "judgedAt", k.applied_at AS "appliedAt", k.undone_at AS "undoneAt"`;
const TABLES = 'cleanings k JOIN lists l ON l.id = k.list_id';

/** How long a runner may be silent before another one takes over. */
const LEASE = "interval '60 seconds'";
/** A cleaning that kills its runner this often is given up. */
export const ATTEMPTS_MAX = 20;
const MOVING = `('queued', 'judging', 'applying', 'undoing')`;

export function findCleaning(sql: Sql, workspaceId: string, id: string): Promise<CleaningRecord | undefined> {
  return sql.first(`SELECT ${COLUMNS} FROM ${TABLES} WHERE k.workspace_id = $1 AND k.id = $2`, [workspaceId, id]);
}

/** Of one list, newest first (index cleanings_list). */
export function findCleanings(
  sql: Sql,
  workspaceId: string,
  listId: string,
  page: { before: string | null; limit: number },
): Promise<CleaningRecord[]> {
  return sql.rows(
    `SELECT ${COLUMNS} FROM ${TABLES}
     WHERE k.workspace_id = $1 AND k.list_id = $2 AND ($3::bigint IS NULL OR k.id < $3) ORDER BY k.id DESC LIMIT $4`,
    [workspaceId, listId, page.before, page.limit + 1],
  );
}

/** What the schedule of a workspace did, newest first (index cleanings_scheduled). */
export function findScheduledCleanings(sql: Sql, workspaceId: string, limit: number): Promise<CleaningRecord[]> {
  return sql.rows(
    `SELECT ${COLUMNS} FROM ${TABLES} WHERE k.workspace_id = $1 AND k.scheduled ORDER BY k.id DESC LIMIT $2`,
    [workspaceId, limit],
  );
}

/** How many a cleaning will look at. */
const TOTAL: Record<CleaningKind, string> = {
  list: "(SELECT count(*) FROM list_members WHERE list_id = $2 AND status <> 'unsubscribed')",
  invite: '(SELECT count(*) FROM contacts WHERE workspace_id = $1)',
  suppress: "(SELECT count(*) FROM list_members WHERE list_id = $2 AND status = 'subscribed')",
};

/** Undefined while another one of the list is on its way. Earlier ones that were never applied are dropped. */
export async function insertCleaning(
  tx: Transaction,
  workspaceId: string,
  listId: string,
  createdBy: string,
  what: { kind: CleaningKind; rule: Rule | null; scheduled?: boolean },
): Promise<string | undefined> {
  const { kind, rule, scheduled = false } = what;
  // Two at once wait for each other here.
  await tx.run('SELECT 1 FROM lists WHERE id = $1 FOR NO KEY UPDATE', [listId]);
  const moving = await tx.first(`SELECT 1 FROM cleanings WHERE list_id = $1 AND status IN ${MOVING}`, [listId]);
  if (moving) return undefined;
  await tx.run(
    `DELETE FROM cleanings WHERE list_id = $1 AND kind = $2 AND status IN ('ready', 'cancelled', 'failed')`,
    [listId, kind],
  );
  const row = await tx.first<{ id: string }>(
    `INSERT INTO cleanings (workspace_id, list_id, created_by, kind, rule, scheduled, total)
     SELECT $1, $2, $3, $4, $5, $6, ${TOTAL[kind]} RETURNING id`,
    [workspaceId, listId, createdBy, kind, rule && JSON.stringify(rule), scheduled],
  );
  return row?.id;
}

/** Takes the lease of one that waits or whose runner has fallen silent. */
export function takeCleaning(sql: Sql, id: string): Promise<CleaningRecord | undefined> {
  return sql.first(
    `WITH taken AS (
       UPDATE cleanings SET status = CASE status WHEN 'queued' THEN 'judging' ELSE status END, fence = fence + 1,
         lease_until = now() + ${LEASE}
       WHERE id = $1 AND status IN ${MOVING} AND (lease_until IS NULL OR lease_until < now()) RETURNING *)
     SELECT ${COLUMNS} FROM taken k JOIN lists l ON l.id = k.list_id`,
    [id],
  );
}

/** Renews the lease and locks the row; false when it was cancelled, deleted or taken over. */
export async function keepCleaning(sql: Sql, { id, fence }: Pick<CleaningRecord, 'id' | 'fence'>): Promise<boolean> {
  const kept = await sql.run(
    `UPDATE cleanings SET lease_until = now() + ${LEASE} WHERE id = $1 AND fence = $2 AND status IN ${MOVING}`,
    [id, fence],
  );
  return kept > 0;
}

export async function releaseCleaning(sql: Sql, { id, fence }: Pick<CleaningRecord, 'id' | 'fence'>): Promise<void> {
  await sql.run('UPDATE cleanings SET lease_until = now() WHERE id = $1 AND fence = $2', [id, fence]);
}

/** Writes how far judging has come, in the transaction of its rows. */
export async function countJudged(tx: Transaction, row: CleaningRecord): Promise<void> {
  await tx.run(
    'UPDATE cleanings SET judged = $2, verdicts = $3, reasons = $4, unanswered = $5, reached = $6 WHERE id = $1',
    [row.id, row.judged, JSON.stringify(row.verdicts), JSON.stringify(row.reasons), row.unanswered, row.reached],
  );
}

/** Writes how far applying or undoing has come, in the transaction of its changes. */
export async function countDone(tx: Transaction, row: CleaningRecord): Promise<void> {
  await tx.run('UPDATE cleanings SET done = $2, reached = $3 WHERE id = $1', [
    row.id,
    JSON.stringify(row.done),
    row.reached,
  ]);
}

/** Takes it from one of the states to another; false when it is in none of them. */
export async function moveCleaning(
  sql: Sql,
  id: string,
  from: readonly CleaningStatus[],
  to: CleaningStatus,
): Promise<boolean> {
  const at = { ready: 'judged_at', applied: 'applied_at', undone: 'undone_at' }[to as string];
  const moved = await sql.run(
    `UPDATE cleanings SET status = $3, lease_until = NULL, reached = 0 ${at ? `, ${at} = now()` : ''} WHERE id = $1 AND status = ANY ($2)`,
    [id, from, to],
  );
  return moved > 0;
}

export async function setActions(
  sql: Sql,
  id: string,
  actions: readonly CleaningChoice[],
  tag: string | null,
): Promise<void> {
  await sql.run(`UPDATE cleanings SET actions = $2, tag = $3, done = '{}' WHERE id = $1`, [
    id,
    JSON.stringify(actions),
    tag,
  ]);
}

/** Those that wait for a runner or have lost theirs. */
export async function findStaleCleanings(sql: Sql): Promise<string[]> {
  const rows = await sql.rows<{ id: string }>(
    `SELECT id FROM cleanings WHERE status IN ${MOVING}
       AND (lease_until < now() OR lease_until IS NULL) ORDER BY id LIMIT 100`,
  );
  return rows.map(({ id }) => id);
}
