import { createLogger } from '#platform/logging';
import { JobQueue } from '#platform/queue';
import { createTestDatabase } from '#platform/testing';
import type { TestDatabase } from '#platform/testing';
import type { RequestContext } from '#domain/workspaces';
import { CleaningsService, SunsetScheduleService, runCleaning, runSunsets } from './index.js';

let test: TestDatabase;
let queue: JobQueue;
let cleanings: CleaningsService;
let schedules: SunsetScheduleService;
let ctx: RequestContext;
let again: string;

beforeAll(async () => {
  test = await createTestDatabase();
  queue = new JobQueue({ queueUrl: '', databaseUrl: test.url }, createLogger('spec', 'error'));
  cleanings = new CleaningsService(test.db, queue);
  schedules = new SunsetScheduleService(test.db);
  const workspaceId = await insert("INSERT INTO workspaces (name, locale, timezone) VALUES ('w', 'en', 'UTC')");
  const actor = { type: 'key', id: '1', name: 'spec' } as const;
  ctx = { workspaceId, actor, role: null, permissions: new Set() };
  again = await insert("INSERT INTO lists (workspace_id, name) VALUES ($1, 'again')", [workspaceId]);
});
afterAll(async () => {
  await queue.close();
  await test.drop();
});

async function insert(text: string, values: unknown[] = []): Promise<string> {
  return (await test.db.first<{ id: string }>(`${text} RETURNING id`, values))!.id;
}

/** Somebody subscribed to the news who got mails so many days ago and did nothing. */
async function silent(name: string): Promise<void> {
  const news = await insert('INSERT INTO lists (workspace_id, name) VALUES ($1, $2)', [ctx.workspaceId, name]);
  const id = await insert(
    "INSERT INTO contacts (workspace_id, email, canonical, domain) VALUES ($1, $2, $2, 'firm.cn')",
    [ctx.workspaceId, `${name}@firm.cn`],
  );
  await test.db.run(
    "INSERT INTO list_members (list_id, contact_id, workspace_id, status) VALUES ($1, $2, $3, 'subscribed')",
    [news, id, ctx.workspaceId],
  );
  for (const days of [200, 150, 100]) await mail(id, news, days);
}

async function mail(contactId: string, list: string, daysAgo: number): Promise<void> {
  const campaign = await insert(
    `INSERT INTO campaigns (workspace_id, name, status, content, audience)
     VALUES ($1, 'c', 'sent', '{}', jsonb_build_object('lists', jsonb_build_array($2::text)))`,
    [ctx.workspaceId, list],
  );
  await test.db.run(
    `INSERT INTO campaign_recipients (campaign_id, seq, workspace_id, contact_id, batch_id, email, canonical, provider, status,
       accepted_at)
     SELECT $1, 1, workspace_id, id, 0, email, canonical, 'other', 'accepted', now() - make_interval(days => $3)
     FROM contacts WHERE id = $2`,
    [campaign, contactId, daysAgo],
  );
}

/** The sweep, and the jobs it asked for, until nothing more happens. */
async function sweep(): Promise<void> {
  for (let round = 0; round < 6; round += 1) {
    await Promise.all([runSunsets(test.db, queue), runSunsets(test.db, queue)]);
    const open = await test.db.rows<{ id: string }>(
      `SELECT id FROM cleanings WHERE status IN ('queued', 'judging', 'applying', 'undoing') ORDER BY id`,
    );
    for (const { id } of open) await runCleaning(test.db, id, null);
  }
}
const due = () => test.db.run("UPDATE sunset_schedules SET next_at = now() - interval '1 hour'");
const told = async () =>
  (await schedules.get(ctx)).runs.map(({ kind, status, done }) => [kind, status, done.invited + done.suppressed]);

it('is off until somebody switches it on, which needs the rule, a list and a stage', async () => {
  expect(await schedules.get(ctx)).toMatchObject({ enabled: false, nextAt: null, runs: [] });
  const body = { enabled: true, everyDays: 30, listId: again, stages: ['suppress' as const, 'invite' as const] };
  await expect(schedules.set(ctx, body)).rejects.toMatchObject({ code: 'SUNSET_OFF' });
  await cleanings.setSunsetRule(ctx, { enabled: true, mails: 3, days: 90, graceDays: 14 });
  for (const [wrong, property] of [
    [{ listId: null }, 'listId'],
    [{ listId: '999999' }, 'listId'],
    [{ stages: [] }, 'stages'],
  ] as const) {
    await expect(
      schedules.set(ctx, { ...body, ...wrong, stages: [...(wrong.stages ?? body.stages)] }),
    ).rejects.toMatchObject({ property });
  }
  const saved = await schedules.set(ctx, body);
  expect(saved).toMatchObject({ enabled: true, stages: ['invite', 'suppress'], lastAt: null });
  await sweep();
  expect(await told()).toEqual([]);
});

it('does its stages one after the other when its time has come, tells what it did, and each can be undone', async () => {
  await silent('quiet');
  await due();
  await sweep();
  expect(await told()).toEqual([
    ['suppress', 'applied', 0],
    ['invite', 'applied', 1],
  ]);
  const [contact] = await test.db.rows<{ id: string }>('SELECT contact_id AS id FROM list_members WHERE list_id = $1', [
    again,
  ]);
  await mail(contact!.id, again, 20);
  await sweep();
  expect((await told()).length).toBe(2);

  const other = await cleanings.start(ctx, again);
  await due();
  await runSunsets(test.db, queue);
  expect((await told()).length).toBe(2);
  await runCleaning(test.db, other.id, null);
  await sweep();
  expect((await told()).slice(0, 2)).toEqual([
    ['suppress', 'applied', 1],
    ['invite', 'applied', 0],
  ]);
  const [last] = (await schedules.get(ctx)).runs;
  await cleanings.undo(ctx, last!.id);
  await sweep();
  expect(await test.db.rows('SELECT 1 FROM suppressions')).toEqual([]);
  const lines = await test.db.rows('SELECT DISTINCT action, actor FROM audit_log WHERE action LIKE $1 ORDER BY 1, 2', [
    'cleaning.%',
  ]);
  expect(lines).toContainEqual({ action: 'cleaning.applied', actor: 'system:sunset schedule' });
});
