import { resumeMissedCounts } from '#domain/segments';
import { Database } from '#platform/database';
import { JobQueue } from '#platform/queue';
import { until } from '../../../../test/support/until.js';
import { RunningApi } from '../testing/running-api.js';

let api: RunningApi;
let cookie: string;
beforeAll(async () => {
  api = await RunningApi.start();
  cookie = await api.setUp();
});
afterAll(() => api.stop());

const named = (name: string) => ({
  version: 1,
  root: { kind: 'all', of: [{ kind: 'property', property: 'name', test: { op: 'is', values: [name] } }] },
});

/** The number that the list of segments shows, once there is one. */
async function counted(id: string): Promise<number> {
  let count: number | null = null;
  await until(
    async () => {
      ({ count } = (await api.get(`/segments/${id}`, { cookie })).body);
      return count !== null;
    },
    { what: 'the number of the segment' },
  );
  return Number(count);
}

it('counts a segment soon after it was made, copied or given another rule, unasked', async () => {
  for (const name of ['Ann', 'Ann', 'Bo']) {
    await api.post('/contacts', { cookie, body: { email: `${name}${Math.random()}@example.com`, name } });
  }
  const { body: made } = await api.post('/segments', { cookie, body: { name: 'those', rule: named('Ann') } });
  expect(await counted(made.id)).toBe(2);
  const { body: copy } = await api.post(`/segments/${made.id}/duplicate`, { cookie });
  expect(await counted(copy.id)).toBe(2);
  const changed = await api.patch(`/segments/${copy.id}`, { cookie, body: { version: 1, rule: named('Bo') } });
  expect(changed.body.count).toBeNull();
  expect(await counted(copy.id)).toBe(1);
});

it('counts by its sweep what was made in somebody else’s transaction', async () => {
  const id = await api.test.db.first<{ id: string }>(
    `INSERT INTO segments (workspace_id, name, rule) SELECT min(id), 'follow-up', $1 FROM workspaces RETURNING id`,
    [JSON.stringify(named('Ann'))],
  );
  await resumeMissedCounts(api.app.get(Database), api.app.get(JobQueue));
  expect(await counted(id?.id ?? '')).toBe(2);
});
