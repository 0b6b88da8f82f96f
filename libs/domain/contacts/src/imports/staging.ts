import type { Sql, Transaction } from '#platform/database';
import { UNFINISHED } from './import.repository.js';
import type { ImportErrorRow } from './import.repository.js';
import type { ImportRow } from './import-row.js';

/** The unlogged table an import is staged in; one per import, so that dropping it costs nothing. */
export function stagingTable(importId: string): string {
  if (!/^\d{1,19}$/.test(importId)) throw new Error('not an import id');
  return `import_staging_${importId}`;
}

export async function createStaging(tx: Transaction, importId: string): Promise<void> {
  await dropStaging(tx, importId);
  await tx.run(
    `CREATE UNLOGGED TABLE ${stagingTable(importId)} (
       n int NOT NULL, email text NOT NULL, canonical text NOT NULL, domain text NOT NULL, international boolean NOT NULL,
       name text, locale text, timezone text, fields jsonb NOT NULL, tags text[] NOT NULL, risky boolean NOT NULL
     ) WITH (autovacuum_enabled = false)`,
  );
}

/** Readies the staged rows for merging by ranges of `n`; row 0 says that they are there. */
export async function indexStaging(tx: Transaction, importId: string): Promise<void> {
  await tx.run(
    `INSERT INTO ${stagingTable(importId)} VALUES (0, '', '', '', false, NULL, NULL, NULL, '{}', '{}', false)`,
  );
  await tx.run(`CREATE INDEX ON ${stagingTable(importId)} (n)`);
  await tx.run(`ANALYZE ${stagingTable(importId)}`);
}

/** False before everything is staged, and when a crash of Postgres has emptied the unlogged table. */
export async function isStaged(sql: Sql, importId: string): Promise<boolean> {
  const table = await sql.first('SELECT 1 WHERE to_regclass($1) IS NOT NULL', [stagingTable(importId)]);
  if (!table) return false;
  return (await sql.first(`SELECT 1 FROM ${stagingTable(importId)} WHERE n = 0`)) !== undefined;
}

/** Every tag the file gives to somebody. */
export async function findStagedTags(sql: Sql, importId: string): Promise<string[]> {
  const rows = await sql.rows<{ tag: string }>(
    `SELECT DISTINCT unnest(tags) AS tag FROM ${stagingTable(importId)} WHERE tags <> '{}'`,
  );
  return rows.map(({ tag }) => tag);
}

export async function dropStaging(sql: Sql, importId: string): Promise<void> {
  await sql.run(`DROP TABLE IF EXISTS ${stagingTable(importId)}`);
}

/** Drops what runs that died left, once their import has ended. */
export async function dropEndedStaging(sql: Sql): Promise<void> {
  const rows = await sql.rows<{ id: string }>(
    `SELECT id FROM (SELECT substring(relname FROM '^import_staging_(\\d+)$')::bigint AS id FROM pg_class
       WHERE relkind = 'r' AND relname LIKE 'import\\_staging\\_%' AND pg_table_is_visible(oid)) found
     WHERE id IS NOT NULL AND NOT EXISTS (
       SELECT 1 FROM imports i WHERE i.id = found.id AND i.status IN ${UNFINISHED})`,
  );
  for (const { id } of rows) await dropStaging(sql, id);
}

/** @param pieces lines of {@link copyLine}, encoded */
export async function copyStaged(tx: Transaction, importId: string, pieces: readonly Buffer[]): Promise<void> {
  await tx.copyInto(
    `COPY ${stagingTable(importId)} (n, email, canonical, domain, international, name, locale, timezone, fields, tags, risky) FROM STDIN`,
    each(pieces),
  );
}

/** A row in the text format of COPY. */
export function copyLine(n: number, row: ImportRow, risky: boolean): string {
  const { email, canonical, domain, international, name, locale, timezone, fields, tags } = row;
  return (
    `${n}\t${escape(email)}\t${escape(canonical)}\t${domain}\t${international ? 't' : 'f'}\t${orNull(name)}\t` +
    `${orNull(locale)}\t${orNull(timezone)}\t${escape(JSON.stringify(fields))}\t${escape(arrayLiteral(tags))}\t${risky ? 't' : 'f'}\n`
  );
}

export async function insertErrors(sql: Sql, importId: string, errors: readonly ImportErrorRow[]): Promise<void> {
  if (errors.length === 0) return;
  // jsonb carries the cells: unnest can't take arrays of unequal length.
  await sql.run(
    `INSERT INTO import_errors (import_id, line, code, message, cells)
     SELECT $1, e.line, e.code, e.message, ARRAY(SELECT jsonb_array_elements_text(e.cells))
     FROM jsonb_to_recordset($2::jsonb) e(line int, code text, message text, cells jsonb)
     ON CONFLICT (import_id, line) DO NOTHING`,
    [importId, JSON.stringify(errors)],
  );
}

export async function clearErrors(sql: Sql, importId: string): Promise<void> {
  await sql.run('DELETE FROM import_errors WHERE import_id = $1', [importId]);
}

async function* each(pieces: readonly Buffer[]): AsyncGenerator<Buffer> {
  yield* pieces;
}

const SPECIAL = /[\\\t\n\r]/g;
const SPECIAL_AT_ALL = /[\\\t\n\r]/;
const ESCAPED: Record<string, string> = { '\\': '\\\\', '\t': '\\t', '\n': '\\n', '\r': '\\r' };

function escape(text: string): string {
  return !SPECIAL_AT_ALL.test(text) ? text : text.replace(SPECIAL, (character) => ESCAPED[character] ?? character);
}

function orNull(text: string | null): string {
  return text === null ? '\\N' : escape(text);
}

function arrayLiteral(items: readonly string[]): string {
  if (items.length === 0) return '{}';
  return `{${items.map((item) => `"${item.replace(/["\\]/g, '\\$&')}"`).join(',')}}`;
}
