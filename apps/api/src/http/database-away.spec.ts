import { RunningApi } from '../testing/running-api.js';

let api: RunningApi;
let cookie: string;
beforeAll(async () => {
  api = await RunningApi.start();
  cookie = await api.setUp();
});
afterAll(() => api.stop());

/** Ends the API's connection that waits for a table, as a Postgres that shuts down does; false while none waits. */
async function endWaiting(): Promise<boolean> {
  const row = await api.test.db.first<{ n: number }>(
    `SELECT count(pg_terminate_backend(pid))::int AS n FROM pg_stat_activity
     WHERE datname = current_database() AND pid <> pg_backend_pid() AND wait_event_type = 'Lock' AND wait_event = 'relation'`,
  );
  return (row?.n ?? 0) > 0;
}

it('a Postgres that goes away in a request is answered with 503 and when to try again', async () => {
  const away = await api.test.db.transaction(async (tx) => {
    await tx.run('LOCK TABLE lists IN ACCESS EXCLUSIVE MODE');
    const answer = api.get('/lists', { cookie });
    while (!(await endWaiting()));
    return answer;
  });
  expect([away.status, away.body.code, away.headers.get('retry-after')]).toEqual([503, 'NOT_READY', '5']);
  expect(away.body.detail).toBe('The database does not answer.');
  expect((await api.get('/lists', { cookie })).status).toBe(200);
});
