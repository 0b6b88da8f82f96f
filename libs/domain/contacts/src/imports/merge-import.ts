import type { Database, Transaction } from '#platform/database';
import { STATUS_OF_REASON } from '../contact.repository.js';
import { registerTags } from '../tag.repository.js';
import type { Target } from './column-mapping.js';
import { countMerged, keepImport } from './import.repository.js';
import type { ImportRow, MergeProgress, ReadProgress } from './import.repository.js';
import { ImportStopped } from './import-stopped.js';
import { findStagedTags, isStaged, stagingTable } from './staging.js';

/** Rows of the file per transaction: locks on contacts are held for about a second. */
const CHUNK_ROWS = 10_000;
/** Chunks at work at once. */
const LANES = 2;
/** On contacts whose address is not valid, where the import was told to mark them. */
export const RISKY_TAG = 'risky';
/** Off while some thousand rows are looked up in tables that may have millions. */
export const PLANNER_OFF = ['enable_hashjoin', 'enable_mergejoin', 'enable_seqscan'];

/**
 * Merges the staged rows into contacts and the list, chunk by chunk, two of them at a time: they name different people.
 * Each chunk commits behind the one before it, with its counts and with the ordinal it reached, under the lease: a runner
 * that was cancelled or taken over commits nothing, and one that takes over goes on behind the last chunk.
 */
export async function mergeImport(
  db: Database,
  row: ImportRow,
  read: ReadProgress,
  signal?: AbortSignal,
): Promise<void> {
  await db.transaction((tx) => prepare(tx, row, read));
  let from = row.mergedTo;
  let last: Promise<void> = Promise.resolve();
  let failed = false;
  const lane = async () => {
    while (from < read.rows && !failed) {
      signal?.throwIfAborted();
      const chunk = { from, to: Math.min(from + CHUNK_ROWS, read.rows) };
      last = mergeChunk(db, row, read, chunk, last);
      from = chunk.to;
      await last;
    }
  };
  const noteFailure = (error: unknown) => {
    failed = true;
    throw error;
  };
  const ends = await Promise.allSettled(Array.from({ length: LANES }, () => lane().catch(noteFailure)));
  for (const end of ends) if (end.status === 'rejected') throw end.reason;
}

/** @param before the chunk that has to be committed first */
function mergeChunk(
  db: Database,
  row: ImportRow,
  read: ReadProgress,
  { from, to }: { from: number; to: number },
  before: Promise<void>,
): Promise<void> {
  return db.transaction(async (tx) => {
    // A chunk looks up some thousand rows of tables that may have millions and grow as it runs, so that their
    // statistics lag: index lookups only, never a hash of the whole table. Scalar subqueries for the same reason.
    await tx.run("SELECT set_config(name, 'off', true) FROM unnest($1::text[]) name", [PLANNER_OFF]);
    const counts = await mergeRange(tx, row, from, to);
    await before;
    await keep(tx, row, read);
    await countMerged(tx, row.id, to, counts);
  });
}

/** Makes sure that this runner may go on, and has something to go on with. */
async function keep(tx: Transaction, row: ImportRow, read: ReadProgress): Promise<void> {
  if (!(await keepImport(tx, row, 'merging', read))) throw new ImportStopped();
  // The sweep runs the import again: it is read again, and merging goes on from here.
  if (!(await isStaged(tx, row.id))) throw new Error(`the staged rows of import ${row.id} are gone`);
}

/** Puts every tag on the list of tags, so that no chunk has to. */
async function prepare(tx: Transaction, row: ImportRow, read: ReadProgress): Promise<void> {
  await keep(tx, row, read);
  const { tags, risky } = row.plan;
  const marks = risky === 'tag' && Object.keys(read.quality).length > 0 ? [RISKY_TAG] : [];
  await registerTags(tx, row.workspaceId, [...(await findStagedTags(tx, row.id)), ...tags, ...marks]);
}

async function mergeRange(tx: Transaction, row: ImportRow, from: number, to: number): Promise<MergeProgress> {
  const range = [row.id, row.workspaceId, from, to];
  const before = await tx.first<{ staged: number; suppressed: number }>(
    `SELECT count(*)::int AS staged,
       count((SELECT min(x.id) FROM suppressions x WHERE x.workspace_id = $1
         AND x.canonical IN (s.canonical, '@' || s.domain)))::int AS suppressed
     FROM ${rowsOf(row)} s WHERE s.n > $2 AND s.n <= $3`,
    range.slice(1),
  );
  const { staged = 0, suppressed = 0 } = before ?? {};
  const membership = [row.listId, row.plan.status, JSON.stringify(row.plan.consent), row.plan.tags];
  const created = (await tx.first<{ n: number }>(createSql(row), [...range, ...membership]))?.n ?? 0;
  if (created === staged) return { created, updated: 0, unchanged: 0, suppressed };
  const updated = (await tx.first<{ n: number }>(updateSql(row), [...range, ...membership]))?.n ?? 0;
  return { created, updated, unchanged: staged - created - updated, suppressed };
}

/** The staged rows the import is to take. */
function rowsOf(row: ImportRow): string {
  const table = stagingTable(row.id);
  return row.plan.risky === 'skip' ? `(SELECT * FROM ${table} WHERE NOT risky)` : table;
}

/** Tags of the file and of the import; it may mark who is risky. */
function tagsOfRow(row: ImportRow): string {
  const given =
    row.plan.risky === 'tag'
      ? `(CASE WHEN s.risky THEN $8::text[] || ARRAY['${RISKY_TAG}'] ELSE $8 END)`
      : '$8::text[]';
  return `CASE WHEN s.tags @> ${given} THEN s.tags
  ELSE s.tags || ARRAY(SELECT t FROM unnest(${given}) t WHERE t <> ALL (s.tags)) END`;
}

/** Addresses nobody has yet. Who is inserted by someone else at this moment is left for {@link updateSql}. */
function createSql(row: ImportRow): string {
  return `
    WITH created AS (
      INSERT INTO contacts (workspace_id, email, canonical, domain, international, name, locale, timezone, fields, tags,
        import_id, status)
      SELECT $2, s.email, s.canonical, s.domain, s.international, coalesce(s.name, ''), s.locale, s.timezone, s.fields,
        ${tagsOfRow(row)}, $1, coalesce((SELECT ${STATUS_OF_REASON.replaceAll('s.reason', 'x.reason')}
          FROM suppressions x WHERE x.workspace_id = $2 AND x.canonical = s.canonical), 'active')
      FROM ${rowsOf(row)} s
      WHERE s.n > $3 AND s.n <= $4 ORDER BY s.n
      ON CONFLICT (workspace_id, canonical) DO NOTHING RETURNING id
    ), joined AS (
      INSERT INTO list_members (list_id, contact_id, workspace_id, status, consent, import_id)
      SELECT $5, id, $2, $6, $7, $1 FROM created
    )
    SELECT count(*)::int AS n FROM created`;
}

/**
 * Contacts that were there: changed by the import's rule, with their image kept for the undo, and put on the list
 * unless they are or were on it. Counts those of whom anything changed.
 */
function updateSql(row: ImportRow): string {
  const set = changesOf(row);
  return `
    WITH present AS MATERIALIZED (
      SELECT c.id, c.version, c.name, c.locale, c.timezone, c.fields, c.tags, ${set} ,
        (SELECT m.status FROM list_members m WHERE m.list_id = $5 AND m.contact_id = c.id) IS NULL AS joins
      FROM ${rowsOf(row)} s
      JOIN contacts c ON c.workspace_id = $2 AND c.canonical = s.canonical
      WHERE s.n > $3 AND s.n <= $4 AND c.import_id IS DISTINCT FROM $1
      ORDER BY c.id FOR NO KEY UPDATE OF c
    ), changed AS (
      SELECT * FROM present
      WHERE (name, locale, timezone, fields, tags) IS DISTINCT FROM (new_name, new_locale, new_timezone, new_fields, new_tags)
    ), kept AS (
      INSERT INTO import_undo (import_id, contact_id, before, after_version)
      SELECT $1, id, jsonb_build_object('name', name, 'locale', locale, 'timezone', timezone, 'fields', fields, 'tags', tags),
        version + 1
      FROM changed ON CONFLICT (contact_id, import_id) DO NOTHING
    ), written AS (
      UPDATE contacts c SET name = new_name, locale = new_locale, timezone = new_timezone, fields = new_fields,
        tags = new_tags, version = c.version + 1, updated_at = now()
      FROM changed WHERE c.id = changed.id
    ), joined AS (
      INSERT INTO list_members (list_id, contact_id, workspace_id, status, consent, import_id)
      SELECT $5, id, $2, $6, $7, $1 FROM present WHERE joins ON CONFLICT (list_id, contact_id) DO NOTHING
    )
    SELECT count(*)::int AS n FROM present
    WHERE joins OR (name, locale, timezone, fields, tags)
      IS DISTINCT FROM (new_name, new_locale, new_timezone, new_fields, new_tags)`;
}

/** What becomes of a contact that was there. An empty cell erases only where the plan says so; tags are only added. */
function changesOf(row: ImportRow): string {
  const tags = tagsOfRow(row);
  const allTags = `CASE WHEN c.tags @> (${tags}) THEN c.tags
    ELSE (c.tags || ARRAY(SELECT t FROM unnest(${tags}) t WHERE t <> ALL (c.tags)))[1:100] END AS new_tags`;
  switch (row.plan.existing) {
    case 'update': {
      const erased = new Set(row.plan.eraseEmpty ? row.plan.mapping : []);
      const fields = [...erased].flatMap((target) => (target?.startsWith('field:') ? [`'${target.slice(6)}'`] : []));
      const old = (column: string, empty: string) => (erased.has(column as Target) ? empty : `c.${column}`);
      return `coalesce(s.name, ${old('name', "''")}) AS new_name, coalesce(s.locale, ${old('locale', 'NULL')}) AS new_locale,
        coalesce(s.timezone, ${old('timezone', 'NULL')}) AS new_timezone,
        ${fields.length ? `(c.fields - ARRAY[${fields.join()}])` : 'c.fields'} || s.fields AS new_fields, ${allTags}`;
    }
    case 'fill':
      return `CASE WHEN c.name = '' THEN coalesce(s.name, '') ELSE c.name END AS new_name,
        coalesce(c.locale, s.locale) AS new_locale, coalesce(c.timezone, s.timezone) AS new_timezone,
        s.fields || c.fields AS new_fields, ${allTags}`;
    case 'skip':
      // $8 is named so that it has a type in this statement too.
      return `c.name AS new_name, c.locale AS new_locale, c.timezone AS new_timezone, c.fields AS new_fields,
        CASE WHEN $8::text[] IS NULL THEN c.tags ELSE c.tags END AS new_tags`;
  }
}
