import { startHeartbeat } from '#platform/process';
import { JobQueue, startWorkers } from '#platform/queue';
import { createLogger } from '#platform/logging';
import { Database } from '#platform/database';
import { RunningApi } from '../testing/running-api.js';

let api: RunningApi;
let cookie: string;
beforeAll(async () => {
  api = await RunningApi.start({ SANDBOX_HOST: 'off' });
  cookie = await api.setUp();
});
afterAll(() => api.stop());

const checkOf = async (key: string) => {
  const { body } = await api.get('/system', { cookie });
  return (body.checks as { key: string; state: string; values: object }[]).find((check) => check.key === key);
};

describe('the system screen', () => {
  it('knows who runs by their beats, and says who is missing or has fallen silent', async () => {
    expect(await checkOf('senders')).toMatchObject({ state: 'error', values: { count: 0 } });
    const db = api.app.get(Database);
    const beats = ['api', 'sender', 'tracker', 'inbound'].map((app, n) => startHeartbeat(db, app, 4000 + n));
    await Promise.all(beats.slice(3).map((beat) => beat.stop()));
    expect(await checkOf('senders')).toMatchObject({ state: 'ok', values: { count: 1 } });
    expect(await checkOf('processes')).toMatchObject({ state: 'error', values: { missing: 'inbound' } });
    await db.run("UPDATE process_beats SET seen_at = now() - interval '21 s' WHERE app = 'tracker'");
    expect(await checkOf('processes')).toMatchObject({ values: { missing: 'tracker, inbound', silent: 1, count: 2 } });
    await Promise.all(beats.map((beat) => beat.stop()));
    expect((await api.get('/system', { cookie })).body.processes).toEqual([]);
  });

  it('measures room and what waits, and tells what is late', async () => {
    await api.test.db.run(
      `INSERT INTO inbound_messages (envelope, raw, content_hash, received_at) VALUES ('{}', 'raw', '', now() - interval '7 min')`,
    );
    const { body } = await api.get('/system', { cookie });
    expect(body.storage.databaseBytes).toBeGreaterThan(1e6);
    expect(body.storage.parts.reduce((sum: number, part: { bytes: number }) => sum + part.bytes, 0)).toBe(
      body.storage.databaseBytes,
    );
    expect(body.storage.disk.freeBytes).toBeGreaterThan(0);
    expect(body.lanes).toContainEqual({ name: 'inbound', waiting: 1, oldestAt: expect.any(String) });
    expect(await checkOf('waiting')).toMatchObject({ state: 'warning', values: { lane: 'inbound', minutes: 7 } });
  });

  it('lists failed jobs page by page with their cause, lets one run again and forgets another', async () => {
    const queue = api.app.get(JobQueue);
    const handle = () => Promise.reject(new Error('the disk is full'));
    const failing = { concurrency: 1, handle };
    const workers = startWorkers(
      'sender',
      { 'campaign.prepare': failing, 'batch.ready': failing, 'message.ready': failing, 'rehearsal.run': failing },
      { queueUrl: '', databaseUrl: api.test.url },
      createLogger('test', 'silent'),
    );
    for (const rehearsalId of ['7', '8', '9']) await queue.add('rehearsal.run', { rehearsalId });
    for (let left = 3; left > 0;) left = 3 - (await queue.failures()).length;
    await workers.close();
    expect(await checkOf('failures')).toMatchObject({ state: 'warning', values: { count: 3 } });

    const first = (await api.get('/system/failed-jobs?limit=2', { cookie })).body;
    const second = (await api.get(`/system/failed-jobs?limit=2&cursor=${first.nextCursor}`, { cookie })).body;
    const jobs = [...first.items, ...second.items];
    expect(jobs.map(({ about }: { about: string }) => about).sort()).toEqual(['7', '8', '9']);
    expect(jobs[0]).toMatchObject({ name: 'rehearsal.run', reason: 'the disk is full', attempts: 1 });
    expect(second.nextCursor).toBeNull();

    const body = (n: number) => ({ name: jobs[n].name, id: jobs[n].id });
    expect((await api.post('/system/failed-jobs/retry', { cookie, body: body(0) })).status).toBe(204);
    expect((await api.post('/system/failed-jobs/forget', { cookie, body: body(1) })).status).toBe(204);
    expect((await api.post('/system/failed-jobs/retry', { cookie, body: body(1) })).status).toBe(404);
    const { items } = (await api.get('/system/failed-jobs', { cookie })).body;
    expect(items.map(({ id }: { id: string }) => id)).toEqual([jobs[2].id]);
    const { jobs: counts } = (await api.get('/system', { cookie })).body;
    expect(counts).toContainEqual({ name: 'rehearsal.run', waiting: 1, active: 0, failed: 1 });
  });

  it('is shown to nobody who owns another workspace only', async () => {
    const { id } = (await api.post('/workspaces', { cookie, body: { name: 'second' } })).body;
    expect((await api.get('/system', { cookie, headers: { 'x-workspace': id } })).status).toBe(200);
    const { key } = (
      await api.post('/api-keys', { cookie, headers: { 'x-workspace': id }, body: { name: 'k', scopes: ['admin'] } })
    ).body;
    expect((await api.get('/system', { key })).status).toBe(403);
    await api.test.db.run(`UPDATE workspace_members SET role = 'member' WHERE workspace_id <> $1`, [id]);
    expect((await api.get('/system', { cookie, headers: { 'x-workspace': id } })).status).toBe(403);
  });
});
