import type { AddressReason, ImportCheck, ImportOptions, ImportStatus, ImportUndo, Locale } from '#contracts';
import type { Sql, Transaction } from '#platform/database';
import type { Target } from './column-mapping.js';
import type { FileFormat } from './file-format.js';

/** What an import was told and what was found out from the head of the file; fixed when it is created. */
export interface ImportPlan {
  format: FileFormat;
  /** The first row, when it names the columns; cut to what the error file shows. */
  header: string[] | null;
  mapping: Target[];
  existing: ImportOptions['existing'];
  /** Whether an empty cell of a mapped column empties the property; absent in imports from before it was asked. */
  eraseEmpty?: boolean;
  status: ImportOptions['status'];
  tags: string[];
  /** What becomes of addresses that are not valid; absent in imports from before it was asked. */
  risky?: ImportOptions['risky'];
  /** null while nobody has given it: in a draft. */
  consent: ImportOptions['consent'] | null;
}
export interface ImportRow {
  id: string;
  workspaceId: string;
  /** null in a draft. */
  listId: string | null;
  listName: string | null;
  fileName: string;
  fileId: string;
  plan: ImportPlan;
  status: ImportStatus;
  phase: 'reading' | 'merging' | 'finished';
  bytes: number;
  bytesRead: number;
  rows: number;
  created: number;
  updated: number;
  unchanged: number;
  duplicates: number;
  invalid: number;
  suppressed: number;
  /** Rows by the gravest reason against their address. */
  quality: Partial<Record<AddressReason, number>>;
  heldAt: Date | null;
  heldMailed: number | null;
  heldBounced: number | null;
  releasedAt: Date | null;
  error: { code: string; message: string } | null;
  check: ImportCheck | null;
  undo: ImportUndo | null;
  fence: number;
  /** Runs since it was asked for. */
  attempts: number;
  mergedTo: number;
  createdAt: Date;
  finishedAt: Date | null;
}
const COLUMNS = `i.id, i.workspace_id AS "workspaceId", i.list_id AS "listId", l.name AS "listName",
  i.file_name AS "fileName", i.file_id AS "fileId", i.options AS plan, i.status, i.phase, i.bytes::float8 AS bytes,
  i.bytes_read::float8 AS "bytesRead", i.rows, i.created, i.updated, i.unchanged, i.duplicates, i.invalid, i.suppressed,
  i.quality, i.held_at AS "heldAt", i.held_mailed AS "heldMailed", i.held_bounced AS "heldBounced",
  i.released_at AS "releasedAt", i.error, i.check_result AS check, i.undo_result AS undo, i.fence, i.attempts,
  i.merged_to AS "mergedTo", i.created_at AS "createdAt", i.finished_at AS "finishedAt"`;
const TABLES = 'imports i LEFT JOIN lists l ON l.id = i.list_id';

/** How long a runner may be silent before another one takes its import over. */
export const LEASE = "interval '60 seconds'";
/** An import that kills its runner this often is given up. */
export const ATTEMPTS_MAX = 10;
/** Imports whose file and staged rows are still needed. */
export const UNFINISHED = "('draft', 'checking', 'checked', 'queued', 'running')";
/** How long a draft waits for a person. */
const DRAFT_KEPT = "interval '2 days'";

export function findImports(
  sql: Sql,
  workspaceId: string,
  page: { before: string | null; limit: number; q: string | null },
): Promise<ImportRow[]> {
  return sql.rows(
    `SELECT ${COLUMNS} FROM ${TABLES}
     WHERE i.workspace_id = $1 AND ($2::bigint IS NULL OR i.id < $2) AND ($3::text IS NULL OR lower(i.file_name) LIKE $3)
     ORDER BY i.id DESC LIMIT $4`,
    [workspaceId, page.before, page.q, page.limit + 1],
  );
}

export async function countImports(sql: Sql, workspaceId: string, q: string | null): Promise<number> {
  const row = await sql.first<{ n: number }>(
    'SELECT count(*)::int AS n FROM imports WHERE workspace_id = $1 AND ($2::text IS NULL OR lower(file_name) LIKE $2)',
    [workspaceId, q],
  );
  return row?.n ?? 0;
}

export function findImport(sql: Sql, workspaceId: string, id: string): Promise<ImportRow | undefined> {
  return sql.first(`SELECT ${COLUMNS} FROM ${TABLES} WHERE i.workspace_id = $1 AND i.id = $2`, [workspaceId, id]);
}

/** What the UI watches: imports that run, and those that ended within the last minute. */
export function findRecentImports(sql: Sql, workspaceId: string): Promise<ImportRow[]> {
  return sql.rows(
    `SELECT ${COLUMNS} FROM ${TABLES}
     WHERE i.workspace_id = $1 AND (i.finished_at IS NULL OR i.finished_at > now() - interval '1 minute')
     ORDER BY i.id DESC LIMIT 20`,
    [workspaceId],
  );
}

export type NewImport = Pick<ImportRow, 'workspaceId' | 'listId' | 'fileName' | 'fileId' | 'plan' | 'bytes'> & {
  createdBy: string;
  status: 'draft' | 'queued';
  headerKey: string | null;
};

export function insertImport(sql: Sql, row: NewImport): Promise<{ id: string } | undefined> {
  const { workspaceId, listId, fileName, fileId, plan, bytes, createdBy, status, headerKey } = row;
  return sql.first(
    `INSERT INTO imports (workspace_id, list_id, file_name, file_id, options, bytes, created_by, status, header_key)
     VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9) RETURNING id`,
    [workspaceId, listId, fileName, fileId, JSON.stringify(plan), bytes, createdBy, status, headerKey],
  );
}

/**
 * Has a draft checked, from the beginning or again; whoever checks it at the moment loses the lease.
 * @returns its fence; undefined when it is no draft any more
 */
export async function requestCheck(
  sql: Sql,
  id: string,
  draft: { plan: ImportPlan; listId: string | null; headerKey: string | null },
): Promise<number | undefined> {
  const asked = await sql.first<{ fence: number }>(
    `UPDATE imports SET status = 'checking', phase = 'reading', options = $2, list_id = $3, header_key = $4,
       check_result = NULL, error = NULL, finished_at = NULL, fence = fence + 1, attempts = 0, lease_until = now()
     WHERE id = $1 AND status IN ('draft', 'checking', 'checked') RETURNING fence`,
    [id, JSON.stringify(draft.plan), draft.listId, draft.headerKey],
  );
  return asked?.fence;
}

/** Ends a check with what it found. Only the one that holds the lease can. */
export async function finishCheck(
  sql: Sql,
  row: Pick<ImportRow, 'id' | 'fence'>,
  found: { check: ImportCheck } | { error: { code: string; message: string } },
): Promise<boolean> {
  const [check, error] = 'check' in found ? [found.check, null] : [null, found.error];
  const ended = await sql.run(
    `UPDATE imports SET status = $3, phase = 'finished', check_result = $4, error = $5, lease_until = NULL
     WHERE id = $1 AND fence = $2 AND status = 'checking'`,
    [row.id, row.fence, check ? 'checked' : 'draft', check && JSON.stringify(check), error && JSON.stringify(error)],
  );
  return ended > 0;
}

/** Lets a checked import be written. @returns its fence; undefined when it is not checked */
export async function startChecked(
  sql: Sql,
  id: string,
  listId: string,
  plan: ImportPlan,
): Promise<number | undefined> {
  const started = await sql.first<{ fence: number }>(
    `UPDATE imports SET status = 'queued', phase = 'reading', options = $2, list_id = $3, attempts = 0
     WHERE id = $1 AND status = 'checked' RETURNING fence`,
    [id, JSON.stringify(plan), listId],
  );
  return started?.fence;
}

/** Where the columns went the last time a file had this header. */
export async function findRememberedMapping(
  sql: Sql,
  workspaceId: string,
  headerKey: string,
): Promise<Target[] | undefined> {
  const row = await sql.first<{ mapping: Target[] }>(
    `SELECT options->'mapping' AS mapping FROM imports
     WHERE workspace_id = $1 AND header_key = $2 AND status IN ('queued', 'running', 'done', 'cancelled', 'undone')
       AND list_id IS NOT NULL ORDER BY id DESC LIMIT 1`,
    [workspaceId, headerKey],
  );
  return row?.mapping;
}

/** Drafts nobody came back to. */
export function dropOldDrafts(sql: Sql): Promise<number> {
  return sql.run(`DELETE FROM imports WHERE status IN ('draft', 'checked') AND created_at < now() - ${DRAFT_KEPT}`);
}

/**
 * Takes the lease of an import that waits or whose runner has fallen silent. What is staged in full is not read again,
 * and merging goes on behind what is merged.
 */
export function takeImport(sql: Sql, id: string): Promise<ImportRow | undefined> {
  return sql.first(
    `WITH taken AS (
       UPDATE imports SET status = CASE status WHEN 'queued' THEN 'running' ELSE status END, fence = fence + 1,
         attempts = attempts + 1, lease_until = now() + ${LEASE}
       WHERE id = $1 AND (status = 'queued' OR (status IN ('checking', 'running') AND lease_until <= now()))
       RETURNING *)
     SELECT ${COLUMNS} FROM taken i LEFT JOIN lists l ON l.id = i.list_id`,
    [id],
  );
}

export interface ReadProgress {
  bytesRead: number;
  rows: number;
  duplicates: number;
  invalid: number;
  quality: Partial<Record<AddressReason, number>>;
}

/**
 * Renews the lease; false when the import was cancelled, deleted or taken over. Locks the row for the transaction and
 * lets its commit not wait for the disk: after a crash the import goes on from what is there, and only the commit that
 * ends it must last, which makes those before it last.
 */
export async function keepImport(
  sql: Transaction,
  row: Pick<ImportRow, 'id' | 'fence'>,
  phase: 'reading' | 'merging',
  read: ReadProgress,
): Promise<boolean> {
  await sql.run('SET LOCAL synchronous_commit = off');
  const kept = await sql.run(
    `UPDATE imports SET phase = $3, bytes_read = $4, rows = $5, duplicates = $6, invalid = $7, quality = $8, lease_until = now() + ${LEASE}
     WHERE id = $1 AND fence = $2 AND status IN ('checking', 'running')`,
    [row.id, row.fence, phase, read.bytesRead, read.rows, read.duplicates, read.invalid, JSON.stringify(read.quality)],
  );
  return kept > 0;
}

export interface MergeProgress {
  created: number;
  updated: number;
  unchanged: number;
  suppressed: number;
}

/** Counts a merged chunk, in its transaction. */
export async function countMerged(sql: Sql, id: string, mergedTo: number, counts: MergeProgress): Promise<void> {
  await sql.run(
    `UPDATE imports SET merged_to = $2, created = created + $3, updated = updated + $4, unchanged = unchanged + $5,
       suppressed = suppressed + $6 WHERE id = $1`,
    [id, mergedTo, counts.created, counts.updated, counts.unchanged, counts.suppressed],
  );
}

/** Ends a run. Only the one that holds the lease can. */
export async function finishImport(
  sql: Sql,
  row: Pick<ImportRow, 'id' | 'fence'>,
  status: 'done' | 'failed',
  error: { code: string; message: string } | null,
): Promise<boolean> {
  const ended = await sql.run(
    `UPDATE imports SET status = $3, phase = 'finished', error = $4, finished_at = now(), lease_until = NULL
     WHERE id = $1 AND fence = $2 AND status = 'running'`,
    [row.id, row.fence, status, error ? JSON.stringify(error) : null],
  );
  return ended > 0;
}

/** Gives the lease back after a failure that may pass; the sweep finds the import. */
export async function releaseImport(sql: Sql, row: Pick<ImportRow, 'id' | 'fence'>): Promise<void> {
  await sql.run(
    "UPDATE imports SET lease_until = now() WHERE id = $1 AND fence = $2 AND status IN ('checking', 'running')",
    [row.id, row.fence],
  );
}

/** Takes an import from one of the states to another that ends it; false when it is in none of them. */
export async function endImport(
  sql: Sql,
  id: string,
  from: readonly ImportStatus[],
  to: 'cancelled' | 'undone',
): Promise<boolean> {
  const ended = await sql.run(
    `UPDATE imports SET status = $3, phase = 'finished', finished_at = now(), lease_until = NULL
     WHERE id = $1 AND status = ANY($2)`,
    [id, from, to],
  );
  return ended > 0;
}

export function keepUndo(sql: Sql, id: string, undo: ImportUndo): Promise<number> {
  return sql.run('UPDATE imports SET undo_result = $2 WHERE id = $1', [id, JSON.stringify(undo)]);
}

/** Imports that wait for a runner or have lost theirs. */
export async function findStaleImports(sql: Sql): Promise<string[]> {
  const rows = await sql.rows<{ id: string }>(
    `SELECT id FROM imports WHERE status IN ('checking', 'queued', 'running')
       AND (status = 'queued' AND created_at < now() - interval '5 seconds' OR lease_until < now())
     ORDER BY id LIMIT 100`,
  );
  return rows.map((row) => row.id);
}

export interface ImportErrorRow {
  line: number;
  code: string;
  message: string;
  cells: string[];
}

/** Whether risky rows are among those that are left out: they stand in import_errors in any case. */
function refused(row: Pick<ImportRow, 'plan'>): string {
  return row.plan.risky === 'skip' ? 'true' : "code NOT LIKE 'RISKY\\_%'";
}

/** Rows that are not taken, by line. */
export function findImportErrors(
  sql: Sql,
  row: Pick<ImportRow, 'id' | 'plan'>,
  afterLine: number,
  limit: number,
): Promise<ImportErrorRow[]> {
  return sql.rows(
    `SELECT line, code, message, cells FROM import_errors
     WHERE import_id = $1 AND line > $2 AND ${refused(row)} ORDER BY line LIMIT $3`,
    [row.id, afterLine, limit],
  );
}

/** The first rows of a group that are not taken as they are. */
export function findErrorSamples(
  sql: Sql,
  id: string,
  group: 'duplicates' | 'invalid' | 'risky',
  limit: number,
): Promise<Omit<ImportErrorRow, 'message'>[]> {
  const is = {
    duplicates: "code = 'DUPLICATE_IN_FILE'",
    invalid: "code <> 'DUPLICATE_IN_FILE' AND code NOT LIKE 'RISKY\\_%'",
    risky: "code LIKE 'RISKY\\_%'",
  }[group];
  return sql.rows(`SELECT line, code, cells FROM import_errors WHERE import_id = $1 AND ${is} ORDER BY line LIMIT $2`, [
    id,
    limit,
  ]);
}

/** Refused rows by reason, most frequent first. Rows past those that are kept for the error file are not among them. */
export function countImportErrors(
  sql: Sql,
  row: Pick<ImportRow, 'id' | 'plan'>,
): Promise<{ code: string; count: number }[]> {
  return sql.rows(
    `SELECT code, count(*)::int AS count FROM import_errors
     WHERE import_id = $1 AND code <> 'DUPLICATE_IN_FILE' AND ${refused(row)}
     GROUP BY code ORDER BY count DESC, code LIMIT 50`,
    [row.id],
  );
}

/** Language of a person, else of the workspace. */
export async function findReaderLocale(sql: Sql, workspaceId: string, userId: string | null): Promise<Locale> {
  const row = await sql.first<{ locale: Locale }>(
    'SELECT COALESCE((SELECT locale FROM users WHERE id = $2), locale) AS locale FROM workspaces WHERE id = $1',
    [workspaceId, userId],
  );
  return row?.locale ?? 'zh-CN';
}

/**
 * Holds back who came by an import and has not been reached yet: the audience leaves them out until a person releases
 * them. False when it is held already or was released once.
 */
export async function holdImport(sql: Sql, id: string, mailed: number, bounced: number): Promise<boolean> {
  const held = await sql.run(
    `UPDATE imports SET held_at = now(), held_mailed = $2, held_bounced = $3
     WHERE id = $1 AND held_at IS NULL AND released_at IS NULL`,
    [id, mailed, bounced],
  );
  return held > 0;
}

/** False when it is not held. */
export async function releaseHeldImport(sql: Sql, id: string): Promise<boolean> {
  const released = await sql.run(
    'UPDATE imports SET held_at = NULL, released_at = now() WHERE id = $1 AND held_at IS NOT NULL',
    [id],
  );
  return released > 0;
}
