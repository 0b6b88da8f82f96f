import { createLogger } from '#platform/logging';
import { JobQueue } from '#platform/queue';
import { createTestDatabase } from '#platform/testing';
import type { TestDatabase } from '#platform/testing';
import type { RequestContext } from '#domain/workspaces';
import { CleaningsService, runCleaning } from './index.js';

let test: TestDatabase;
let queue: JobQueue;
let cleanings: CleaningsService;
let ctx: RequestContext;
let news: string;
let again: string;

beforeAll(async () => {
  test = await createTestDatabase();
  queue = new JobQueue({ queueUrl: '', databaseUrl: test.url }, createLogger('spec', 'error'));
  cleanings = new CleaningsService(test.db, queue);
  const workspaceId = await insert("INSERT INTO workspaces (name, locale, timezone) VALUES ('w', 'en', 'UTC')");
  const actor = { type: 'key', id: '1', name: 'spec' } as const;
  ctx = { workspaceId, actor, role: null, permissions: new Set() };
  news = await insert("INSERT INTO lists (workspace_id, name) VALUES ($1, 'news')", [workspaceId]);
  again = await insert("INSERT INTO lists (workspace_id, name) VALUES ($1, 'again')", [workspaceId]);
});
afterAll(async () => {
  await queue.close();
  await test.drop();
});

async function insert(text: string, values: unknown[] = []): Promise<string> {
  return (await test.db.first<{ id: string }>(`${text} RETURNING id`, values))!.id;
}

/** Somebody subscribed to the news, with mails so many days ago. */
async function person(
  name: string,
  mailedDaysAgo: readonly number[],
  clickedOf: readonly number[] = [],
): Promise<void> {
  const email = `${name}@firm.cn`;
  const id = await insert(
    "INSERT INTO contacts (workspace_id, email, canonical, domain) VALUES ($1, $2, $2, 'firm.cn')",
    [ctx.workspaceId, email],
  );
  await test.db.run(
    "INSERT INTO list_members (list_id, contact_id, workspace_id, status) VALUES ($1, $2, $3, 'subscribed')",
    [news, id, ctx.workspaceId],
  );
  for (const days of mailedDaysAgo) await mail(email, news, days, clickedOf.includes(days));
}

/** One campaign to a list that reached one person. */
async function mail(email: string, list: string, daysAgo: number, clicked = false): Promise<void> {
  const campaign = await insert(
    `INSERT INTO campaigns (workspace_id, name, status, content, audience)
     VALUES ($1, 'c', 'sent', '{}', jsonb_build_object('lists', jsonb_build_array($2::text)))`,
    [ctx.workspaceId, list],
  );
  await test.db.run(
    `INSERT INTO campaign_recipients (campaign_id, seq, workspace_id, contact_id, batch_id, email, canonical, provider, status,
       accepted_at, opened_at, clicked_at)
     SELECT $1, 1, workspace_id, id, 0, email, canonical, 'other', 'accepted', at, at, CASE WHEN $4 THEN at END
     FROM contacts, LATERAL (SELECT now() - make_interval(days => $3) AS at) t WHERE workspace_id = $5 AND email = $2`,
    [campaign, email, daysAgo, clicked, ctx.workspaceId],
  );
}

/** Judges a stage and says who was found. */
async function found(stage: 'invite' | 'suppress'): Promise<{ id: string; who: string[] }> {
  const { id } = await cleanings.startSunset(ctx, again, { stage });
  await runCleaning(test.db, id, null);
  const { items } = await cleanings.rows(ctx, id, { limit: 50 });
  return { id, who: items.map(({ email }) => email.split('@')[0]!) };
}
async function apply(id: string, action: 'invite' | 'suppress'): Promise<void> {
  await cleanings.apply(ctx, id, { actions: [{ reason: 'silent', action }] });
  await runCleaning(test.db, id, null);
}
async function undo(id: string): Promise<void> {
  await cleanings.undo(ctx, id);
  await runCleaning(test.db, id, null);
}
const members = async () => (await test.db.rows('SELECT 1 FROM list_members WHERE list_id = $1', [again])).length;

it('asks the silent once more and suppresses who stays silent, each step previewed and undone', async () => {
  await expect(cleanings.startSunset(ctx, again, { stage: 'invite' })).rejects.toMatchObject({ code: 'SUNSET_OFF' });
  await cleanings.setSunsetRule(ctx, { enabled: true, mails: 3, days: 90, graceDays: 14 });
  await person('silent', [200, 150, 100]);
  await person('moved', [200, 150, 100]);
  await person('few', [200, 100]);
  await person('recent', [60, 50, 40]);
  await person('clicker', [200, 150, 100], [150]);
  await person('long-ago', [400, 300, 200, 150, 100], [400]);

  const invite = await found('invite');
  expect(invite.who).toEqual(['silent', 'moved', 'long-ago']);
  expect(await members()).toBe(0);
  await expect(
    cleanings.apply(ctx, invite.id, { actions: [{ reason: 'silent', action: 'suppress' }] }),
  ).rejects.toMatchObject({ errors: [{ property: 'actions.0.action', code: 'NOT_POSSIBLE' }] });
  await apply(invite.id, 'invite');
  expect(await members()).toBe(3);
  expect(await cleanings.get(ctx, invite.id)).toMatchObject({ kind: 'invite', done: { invited: 3, unchanged: 0 } });
  await undo(invite.id);
  expect(await members()).toBe(0);

  await apply((await found('invite')).id, 'invite');
  expect((await found('suppress')).who).toEqual([]);
  await mail('silent@firm.cn', again, 20);
  await mail('moved@firm.cn', again, 20, true);
  await mail('long-ago@firm.cn', again, 5);
  const last = await found('suppress');
  expect(last.who).toEqual(['silent']);
  await apply(last.id, 'suppress');
  const suppressed = () => test.db.rows<{ canonical: string }>('SELECT canonical FROM suppressions');
  expect(await suppressed()).toMatchObject([{ canonical: 'silent@firm.cn' }]);
  await undo(last.id);
  expect(await suppressed()).toEqual([]);
});
