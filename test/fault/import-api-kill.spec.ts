import type { ApiClient } from '../support/api-client.js';
import { setUp, startProduct } from '../support/product.js';
import type { Product } from '../support/product.js';
import { until } from '../support/until.js';

const PEOPLE = 60_000;

let product: Product;
let api: ApiClient;
beforeAll(async () => {
  product = await startProduct();
  api = await setUp(product);
});
afterAll(() => product?.stop());

interface State {
  status: string;
  bytes: number;
  merged: number;
}
async function state(id: string): Promise<State> {
  const [row] = await product.sql<State>(
    'SELECT status, bytes_read::int AS bytes, merged_to AS merged FROM imports WHERE id = $1',
    [id],
  );
  return row!;
}

/** Kills the api as soon as the import is so far, and lets its successor begin before the lease has run out. */
async function killWhen(id: string, status: string, isFar: (state: State) => boolean): Promise<void> {
  const victim = product.pids().api!;
  await until(async () => isFar(await state(id)), {
    what: `the import to be ${status}`,
    detail: () => product.output(),
  });
  process.kill(victim, 'SIGKILL');
  await product.sql('UPDATE imports SET lease_until = now() WHERE id = $1 AND lease_until IS NOT NULL', [id]);
  expect((await state(id)).status).toBe(status);
  await until(() => product.pids().api !== victim, { what: 'another api' });
}

it('an api killed in the check and again in the middle of writing ends the import exactly, and undo takes it all back', async () => {
  const { id: list } = await api.post('/lists', { name: 'people' });
  await api.post('/contacts', { email: 'p5@corp.test', name: 'before' });
  const rows = Array.from({ length: PEOPLE }, (_, n) => `p${n}@corp.test,Person ${n}`);
  const content = ['email,name', ...rows, 'p7@corp.test,twice', 'nobody,bad'].join('\n');
  const { id } = await api.upload('/imports', { name: 'people.csv', type: 'text/csv', content });
  await api.post(`/imports/${id}/check`, { listId: list });
  await killWhen(id, 'checking', ({ bytes }) => bytes > 0);
  await until(async () => (await state(id)).status === 'checked', { what: 'the check to end', timeoutMs: 60_000 });
  expect(await product.sql('SELECT count(*)::int AS n FROM contacts')).toEqual([{ n: 1 }]);
  await api.post(`/imports/${id}/start`, { listId: list, consent: { source: 'fair' } });
  await killWhen(id, 'running', ({ merged }) => merged > 0);
  await until(async () => (await state(id)).status === 'done', { what: 'the import to end', timeoutMs: 60_000 });
  expect(await api.get(`/imports/${id}`)).toMatchObject({
    ...{ rows: PEOPLE + 2, created: PEOPLE - 1, updated: 1, unchanged: 0, duplicates: 1, invalid: 1 },
    check: { fresh: PEOPLE - 1, existing: 1, changed: 1 },
  });
  const count = `SELECT count(*)::int AS people, count(DISTINCT canonical)::int AS addresses,
    (SELECT count(*)::int FROM list_members) AS members FROM contacts`;
  expect(await product.sql(count)).toEqual([{ people: PEOPLE, addresses: PEOPLE, members: PEOPLE }]);
  expect((await api.post(`/imports/${id}/undo`)).undo).toEqual({
    ...{ removed: PEOPLE - 1, restored: 1, unlisted: PEOPLE, keptCreated: 0, keptChanged: 0 },
  });
  expect(await product.sql(count)).toEqual([{ people: 1, addresses: 1, members: 0 }]);
});
