import type { z } from 'zod';
import type { ImportCheck } from '#contracts';
import type { Database, Sql, Transaction } from '#platform/database';
import { findErrorSamples, keepImport } from './import.repository.js';
import type { ImportRow, ReadProgress } from './import.repository.js';
import { ImportStopped } from './import-stopped.js';
import { PLANNER_OFF } from './merge-import.js';
import { stagingTable } from './staging.js';

type Check = z.infer<typeof ImportCheck>;
type Sample = Check['samples']['fresh'][number];

const CHUNK_ROWS = 20_000;
const SAMPLES = 10;
const ERROR_GROUPS = ['duplicates', 'invalid', 'risky'] as const;

/** Which rows of {@link COMPARED} are of a group. */
const GROUPS = {
  fresh: 'id IS NULL',
  existing: 'id IS NOT NULL',
  left: "membership = 'unsubscribed'",
  suppressed: 'suppressed',
} as const;
const CHANGED = `id IS NOT NULL AND (name IS NOT NULL AND name <> old_name
  OR locale IS NOT NULL AND locale IS DISTINCT FROM old_locale
  OR timezone IS NOT NULL AND timezone IS DISTINCT FROM old_timezone
  OR NOT old_fields @> fields OR NOT old_tags @> tags)`;
const FILLED = `id IS NOT NULL AND (name IS NOT NULL AND old_name = '' OR locale IS NOT NULL AND old_locale IS NULL
  OR timezone IS NOT NULL AND old_timezone IS NULL OR (fields || old_fields) <> old_fields OR NOT old_tags @> tags)`;

/** Compares what is staged with the database, and changes nothing: the dry run of {@link mergeImport}. */
export async function checkImport(
  db: Database,
  row: ImportRow,
  read: ReadProgress,
  signal?: AbortSignal,
): Promise<Check> {
  const counts = { fresh: 0, changed: 0, filled: 0, existing: 0, onList: 0, left: 0, suppressed: 0 };
  const samples: Record<keyof typeof GROUPS, Sample[]> = { fresh: [], existing: [], left: [], suppressed: [] };
  for (let from = 0; from < read.rows; from += CHUNK_ROWS) {
    signal?.throwIfAborted();
    await db.transaction(async (tx) => {
      if (!(await keepImport(tx, row, 'merging', read))) throw new ImportStopped();
      await tx.run("SELECT set_config(name, 'off', true) FROM unnest($1::text[]) name", [PLANNER_OFF]);
      const range = [row.workspaceId, row.listId, from, from + CHUNK_ROWS];
      const found = await tx.first<typeof counts>(countSql(row), range);
      for (const name of Object.keys(counts) as (keyof typeof counts)[]) counts[name] += found?.[name] ?? 0;
      for (const group of Object.keys(GROUPS) as (keyof typeof GROUPS)[]) {
        const missing = SAMPLES - samples[group].length;
        if (missing > 0 && (found?.[group] ?? 0) > 0) {
          samples[group].push(...(await findSamples(tx, row, group, [...range, missing])));
        }
      }
    });
  }
  return { ...counts, samples: { ...samples, ...(await errorSamples(db, row.id)) } };
}

function compared(row: ImportRow): string {
  return `SELECT s.n, s.email, s.name, s.locale, s.timezone, s.fields, s.tags, c.id, c.name AS old_name,
      c.locale AS old_locale, c.timezone AS old_timezone, c.fields AS old_fields, c.tags AS old_tags,
      (SELECT m.status FROM list_members m WHERE m.list_id = $2::bigint AND m.contact_id = c.id) AS membership,
      (SELECT min(x.id) FROM suppressions x WHERE x.workspace_id = $1
        AND x.canonical IN (s.canonical, '@' || s.domain)) IS NOT NULL AS suppressed
    FROM ${stagingTable(row.id)} s LEFT JOIN contacts c ON c.workspace_id = $1 AND c.canonical = s.canonical
    WHERE s.n > $3 AND s.n <= $4`;
}

function countSql(row: ImportRow): string {
  const groups = Object.entries({ ...GROUPS, changed: CHANGED, filled: FILLED, onList: 'membership IS NOT NULL' });
  const counts = groups.map(([name, is]) => `count(*) FILTER (WHERE ${is})::int AS "${name}"`);
  return `SELECT ${counts.join()} FROM (${compared(row)}) compared`;
}

interface Compared extends Properties {
  email: string;
  id: string | null;
  oldName: string;
  oldLocale: string | null;
  oldTimezone: string | null;
  oldFields: Record<string, unknown>;
  oldTags: string[];
}
interface Properties {
  name: string | null;
  locale: string | null;
  timezone: string | null;
  fields: Record<string, unknown>;
  tags: string[];
}

async function findSamples(
  tx: Transaction,
  row: ImportRow,
  group: keyof typeof GROUPS,
  values: readonly unknown[],
): Promise<Sample[]> {
  const rows = await tx.rows<Compared>(
    `SELECT email, id, name, locale, timezone, fields, tags, old_name AS "oldName", old_locale AS "oldLocale",
       old_timezone AS "oldTimezone", old_fields AS "oldFields", old_tags AS "oldTags"
     FROM (${compared(row)}) compared WHERE ${GROUPS[group]} ORDER BY n LIMIT $5`,
    values,
  );
  return rows.map((found) => ({
    email: found.email,
    name: found.name ?? found.oldName ?? '',
    changes: found.id === null ? [] : changesOf(found),
  }));
}

/** What overwriting would change; a property that is not in the file is left alone. */
function changesOf(row: Compared): Sample['changes'] {
  const pairs: [string, unknown, unknown][] = [
    ['name', row.oldName, row.name],
    ['locale', row.oldLocale, row.locale],
    ['timezone', row.oldTimezone, row.timezone],
    ...Object.entries(row.fields).map(
      ([key, value]) => [`field:${key}`, row.oldFields[key], value] as [string, unknown, unknown],
    ),
    ['tags', row.oldTags.join(', '), [...new Set([...row.oldTags, ...row.tags])].join(', ')],
  ];
  return pairs
    .filter(([, before, after]) => after !== null && after !== before)
    .map(([property, before, after]) => ({ property, before: shown(before), after: shown(after) }));
}

function shown(value: unknown): string {
  return value === null || value === undefined ? '' : String(value).slice(0, 200);
}

async function errorSamples(sql: Sql, id: string) {
  const found = await Promise.all(ERROR_GROUPS.map((group) => findErrorSamples(sql, id, group, SAMPLES)));
  const [duplicates = [], invalid = [], risky = []] = found;
  return { duplicates: duplicates.map(({ line, cells }) => ({ line, cells })), invalid, risky };
}
