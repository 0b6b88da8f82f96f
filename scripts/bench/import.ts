import { Readable } from 'node:stream';
import { pipeline } from 'node:stream/promises';
import pg from 'pg';
import { from as copyFrom } from 'pg-copy-streams';
import type { ApiClient } from '../../test/support/api-client.js';
import { setUp, startProduct } from '../../test/support/product.js';
import type { Product } from '../../test/support/product.js';
import { until } from '../../test/support/until.js';
import { addList } from './audience.js';
import { LONG_MS } from './campaign.js';
import { peakMb } from './cpu.js';
import { row, rowAtMost } from './report.js';
import type { Benchmark, Check, Result } from './report.js';

const MEMORY_MB = 300;
/** Rows by number: one in ten repeats the row before it, one in fifty has no address, three in ten exist. */
const isDuplicate = (n: number) => n % 10 === 9;
const isInvalid = (n: number) => n % 50 === 7;
const isExisting = (n: number) => n % 10 === 1 || n % 10 === 4 || n % 10 === 6;
const addressOf = (n: number) => `person${n}@mail${n % 40}.bench.test`;

/** A file of people, of whom some are there already, from the upload to the last of them written. */
export const importFile: Benchmark = {
  summary: 'a CSV with duplicates, errors and existing contacts: against COPY into the same indexed table',
  options: { rows: 1_000_000 },
  run: async ({ rows = 0 }) => {
    const product = await startProduct();
    try {
      return await measure(product, await setUp(product), rows);
    } finally {
      await product.stop();
    }
  },
};

async function measure(product: Product, api: ApiClient, rows: number): Promise<Result> {
  for (const [key, type] of [
    ['city', 'text'],
    ['phone', 'text'],
    ['points', 'number'],
  ]) {
    await api.post('/fields', { key, label: key, type });
  }
  const list = await addList(api, 'people');
  await withDatabase(product, (db) => addExisting(db, rows));
  const content = fileOf(rows);
  const started = performance.now();
  const { id } = await api.upload(
    `/lists/${list}/imports`,
    { name: 'people.csv', type: 'text/csv', content },
    { consent: { source: 'bench' } },
  );
  await until(async () => ['done', 'failed'].includes((await api.get(`/imports/${id}`)).status), {
    what: 'the import to be done',
    timeoutMs: LONG_MS,
    detail: () => product.output(),
  });
  const ours = (rows * 1000) / (performance.now() - started);
  const bare = await withDatabase(product, (db) => bareCopy(db, rows));
  const peak = peakMb([product.pids().api ?? 0]);
  return {
    checks: [await everyRowCounted(api, id, rows), await everybodyOnce(product, list, rows)],
    rows: [
      row('against COPY into the same indexed table', 'rows/s', [ours, bare, ours / bare], [0.3, 0.5]),
      rowAtMost('peak memory of the api', 'MB', [peak, MEMORY_MB, peak / MEMORY_MB], [1, 0.5]),
    ],
  };
}

async function withDatabase<T>(product: Product, work: (db: pg.Client) => Promise<T>): Promise<T> {
  const db = new pg.Client({ connectionString: product.databaseUrl() });
  await db.connect();
  try {
    return await work(db);
  } finally {
    await db.end();
  }
}

function fileOf(rows: number): string {
  const lines = ['email,name,city,phone,points'];
  for (let n = 0; n < rows; n += 1) {
    const who = isDuplicate(n) ? n - 1 : n;
    lines.push(`${isInvalid(n) ? `person${n}` : addressOf(who)},客户${n},城市${n % 300},138${n},${n % 1000}`);
  }
  return lines.join('\n');
}

function contactLine(n: number, workspace: string, points: number): string {
  const fields = JSON.stringify({ city: `城市${n % 300}`, phone: `138${n}`, points });
  return [workspace, addressOf(n), addressOf(n), `mail${n % 40}.bench.test`, `客户${n}`, fields].join('\t') + '\n';
}

/** Contacts that are there already; what the file says of them differs in one field. */
async function addExisting(db: pg.Client, rows: number): Promise<void> {
  await copyPeople(db, 'contacts', rows, (n) => isExisting(n) && !isInvalid(n), -1);
  await db.query('VACUUM ANALYZE contacts');
}

/** The same number of rows into a table of the same columns and indexes. @returns rows a second */
async function bareCopy(db: pg.Client, rows: number): Promise<number> {
  await db.query('CREATE TABLE bench_contacts (LIKE contacts INCLUDING ALL)');
  const started = performance.now();
  await copyPeople(db, 'bench_contacts', rows, () => true, 1);
  const seconds = (performance.now() - started) / 1000;
  await db.query('DROP TABLE bench_contacts');
  return rows / seconds;
}

async function copyPeople(
  db: pg.Client,
  table: string,
  rows: number,
  isMeant: (n: number) => boolean,
  points: number,
): Promise<void> {
  const { rows: found } = await db.query<{ id: string }>('SELECT min(id) AS id FROM workspaces');
  const workspace = found[0]?.id ?? '';
  function* text(): Generator<string> {
    let lines = '';
    for (let n = 0; n < rows; n += 1) {
      if (isMeant(n)) lines += contactLine(n, workspace, points < 0 ? points : n % 1000);
      if (lines.length < 65_536) continue;
      yield lines;
      lines = '';
    }
    yield lines;
  }
  const columns = '(workspace_id, email, canonical, domain, name, fields)';
  await pipeline(Readable.from(text()), db.query(copyFrom(`COPY ${table} ${columns} FROM STDIN`)));
}

function expected(rows: number) {
  const counts = { rows, created: 0, updated: 0, unchanged: 0, duplicates: 0, invalid: 0 };
  for (let n = 0; n < rows; n += 1) {
    if (isInvalid(n)) counts.invalid += 1;
    else if (isDuplicate(n)) counts.duplicates += 1;
    else if (isExisting(n)) counts.updated += 1;
    else counts.created += 1;
  }
  return counts;
}

async function everyRowCounted(api: ApiClient, id: string, rows: number): Promise<Check> {
  const found = await api.get<Record<string, unknown>>(`/imports/${id}`);
  const ok = Object.entries(expected(rows)).every(([name, count]) => found[name] === count);
  const detail = Object.keys(expected(0)).map((name) => `${name} ${String(found[name])}`);
  return { name: 'every row is counted, as what it is', ok: ok && found.status === 'done', detail: detail.join(', ') };
}

async function everybodyOnce(product: Product, list: string, rows: number): Promise<Check> {
  const { created, updated } = expected(rows);
  const [found] = await product.sql<{ contacts: number; members: number; right: number }>(
    `SELECT (SELECT count(*)::int FROM contacts) AS contacts,
       (SELECT count(*)::int FROM list_members WHERE list_id = $1) AS members,
       (SELECT count(*)::int FROM contacts WHERE (fields->>'points')::int
         = substring(email FROM '^person(\\d+)@')::int % 1000) AS right`,
    [list],
  );
  const people = created + updated;
  const ok = found?.contacts === people && found.members === people && found.right === people;
  return { name: 'everybody is there once, on the list, with what the file says', ok, detail: JSON.stringify(found) };
}
