import pg from 'pg';
import type { ApiClient } from '../../test/support/api-client.js';
import { setUp, startProduct } from '../../test/support/product.js';
import type { Product } from '../../test/support/product.js';
import { addFields, addList, addReaders } from './audience.js';
import { person } from './content.js';
import { row, rowAtMost } from './report.js';
import type { Benchmark, Check, Result } from './report.js';
import { p95 } from './timing.js';

const PAGE = 50;
/** What a person at the table waits for: the first page, and a page that something was asked for. */
const FIRST_MS = 300;
const FILTERED_MS = 1_000;

/** The contact table as its screen asks for it, a page with the number of all that fit. */
export const contacts: Benchmark = {
  summary: 'pages of the contact table, filtered and searched: against a page by index',
  options: { contacts: 1_000_000 },
  run: async ({ contacts: count = 0 }) => {
    const product = await startProduct();
    try {
      return await measure(product, await setUp(product), count);
    } finally {
      await product.stop();
    }
  },
};

async function measure(product: Product, api: ApiClient, count: number): Promise<Result> {
  const { list, small, segment } = await fill(product, api, count);
  const reference = await byIndex(product);
  const addressOf = (round: number) => person((round * 7_919) % count).email;
  const questions: [name: string, limit: number, query: (round: number) => string][] = [
    ['first page', FIRST_MS, () => ''],
    ['sorted by address', FIRST_MS, () => 'sort=email'],
    ['a list of everybody', FILTERED_MS, () => `list=${list}&membership=subscribed`],
    ['a list of one in a thousand', FILTERED_MS, () => `list=${small}`],
    ['who left', FILTERED_MS, () => 'membership=unsubscribed'],
    ['a segment', FILTERED_MS, () => `segment=${segment}`],
    ['search of an address', FILTERED_MS, (round) => `q=${encodeURIComponent(addressOf(round))}`],
    ['search of what nobody is called', FILTERED_MS, (round) => `q=nobody${round}`],
  ];
  const rows = [row('a page by index, p95', 'ms', [reference, null, null])];
  for (const [name, limit, query] of questions) {
    const took = await p95((round) => api.get(`/contacts?limit=${PAGE}&count=true&${query(round)}`));
    rows.push(rowAtMost(`${name}, p95`, 'ms', [took, limit, took / limit], [1, null]));
  }
  return { checks: await rightCounts(api, { list, small, count }), rows };
}

/** Everybody is on one list, which one in twenty has left; one in a thousand is on another. */
async function fill(product: Product, api: ApiClient, count: number) {
  await addFields(api);
  const [list, small] = [await addList(api, 'readers'), await addList(api, 'few')];
  await addReaders(product, count, (n) => [
    { list, status: n % 20 === 0 ? 'unsubscribed' : 'subscribed' },
    ...(n % 1_000 === 0 ? [{ list: small }] : []),
  ]);
  const points = { kind: 'field', type: 'number', key: 'points', test: { op: 'gte', value: 50 } };
  const rule = { version: 1, root: { kind: 'all', of: [points] } };
  const { id: segment } = await api.post<{ id: string }>('/segments', { name: 'many points', rule });
  return { list, small, segment };
}

async function byIndex(product: Product): Promise<number> {
  const db = new pg.Client({ connectionString: product.databaseUrl() });
  await db.connect();
  try {
    return await p95(() => db.query('SELECT * FROM contacts ORDER BY id DESC LIMIT $1', [PAGE]));
  } finally {
    await db.end();
  }
}

async function rightCounts(
  api: ApiClient,
  { list, small, count }: { list: string; small: string; count: number },
): Promise<Check[]> {
  const expected = {
    '': count,
    [`list=${list}&membership=subscribed`]: count - Math.ceil(count / 20),
    [`list=${small}`]: Math.ceil(count / 1_000),
    'q=nobody': 0,
  };
  return Promise.all(
    Object.entries(expected).map(async ([query, wanted]) => {
      const { total } = await api.get<{ total: number }>(`/contacts?limit=1&count=true&${query}`);
      return { name: `contacts?${query}`, ok: total === wanted, detail: `${total} of ${wanted}` };
    }),
  );
}
