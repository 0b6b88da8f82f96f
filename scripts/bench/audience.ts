import { Readable } from 'node:stream';
import { pipeline } from 'node:stream/promises';
import pg from 'pg';
import { from as copyFrom } from 'pg-copy-streams';
import type { ApiClient } from '../../test/support/api-client.js';
import type { Product } from '../../test/support/product.js';
import { person } from './content.js';

const FIELDS = [
  ['city', 'text'],
  ['points', 'number'],
  ['vip', 'boolean'],
  ['salutation', 'text'],
] as const;

/** The contact fields that the benchmarks' content names. */
export async function addFields(api: ApiClient): Promise<void> {
  for (const [key, type] of FIELDS) await api.post('/fields', { key, label: key, type });
}

export async function addList(api: ApiClient, name: string): Promise<string> {
  return (await api.post<{ id: string }>('/lists', { name })).id;
}

/**
 * Puts readers 0 … `count - 1` into the workspace by COPY (how fast an import is, is another benchmark's question), and
 * into lists by number.
 * @param listsOf lists of the reader with this number, with the membership status
 */
export async function addReaders(
  product: Product,
  count: number,
  listsOf: (n: number) => ReadonlyArray<{ list: string; status?: 'subscribed' | 'unsubscribed' }>,
): Promise<void> {
  const db = new pg.Client({ connectionString: product.databaseUrl() });
  await db.connect();
  try {
    const { rows } = await db.query<{ workspace: string; above: string }>(
      'SELECT (SELECT min(id) FROM workspaces) AS workspace, coalesce((SELECT max(id) FROM contacts), 0) AS above',
    );
    const { workspace = '', above = '0' } = rows[0] ?? {};
    await copy(db, 'contacts (workspace_id, email, canonical, domain, name, fields, tags)', count, (n) => {
      const { email, name, fields, tags } = person(n);
      const domain = email.slice(email.indexOf('@') + 1);
      return [[workspace, email, email, domain, name, JSON.stringify(fields), `{${tags.map(quoted).join(',')}}`]];
    });
    await copy(db, 'list_members (list_id, contact_id, workspace_id, status)', count, (n) =>
      listsOf(n).map(({ list, status = 'subscribed' }) => [list, String(Number(above) + n + 1), workspace, status]),
    );
    await db.query('VACUUM ANALYZE contacts, list_members');
  } finally {
    await db.end();
  }
}

function copy(db: pg.Client, table: string, count: number, rowsOf: (n: number) => string[][]): Promise<void> {
  function* text(): Generator<string> {
    for (let n = 0; n < count; n += 1) for (const row of rowsOf(n)) yield `${row.map(escaped).join('\t')}\n`;
  }
  return pipeline(Readable.from(text()), db.query(copyFrom(`COPY ${table} FROM STDIN`)));
}

/** COPY's text format: these three would end a cell, a row or an escape. */
function escaped(cell: string): string {
  return cell.replace(/\\/g, '\\\\').replace(/\t/g, '\\t').replace(/\n/g, '\\n');
}

function quoted(element: string): string {
  return `"${element.replace(/["\\]/g, '\\$&')}"`;
}
