import { createTestDatabase } from '#platform/testing';
import type { TestDatabase } from '#platform/testing';
import { ensureSandboxAccount } from '#domain/senders';
import { ContentCompiler } from '#domain/templates';
import { DueCampaigns } from './due-campaigns.js';

let test: TestDatabase;
let workspace: string;
let list: string;
const compiler = new ContentCompiler();
beforeAll(async () => {
  test = await createTestDatabase();
  workspace = await one(`INSERT INTO workspaces (name, locale, timezone) VALUES ('w', 'en', 'UTC') RETURNING id`);
  await ensureSandboxAccount(test.db, workspace);
  list = await one(`INSERT INTO lists (workspace_id, name) VALUES ($1, 'l') RETURNING id`, [workspace]);
  await test.db.run(
    `WITH p AS (INSERT INTO contacts (workspace_id, email, canonical, domain)
                VALUES ($1, 'a@b.test', 'a@b.test', 'b.test') RETURNING id)
     INSERT INTO list_members (list_id, contact_id, workspace_id, status) SELECT $2, id, $1, 'subscribed' FROM p`,
    [workspace, list],
  );
});
afterAll(async () => {
  await compiler.onApplicationShutdown();
  await test.drop();
});
afterEach(() => test.db.run('DELETE FROM campaigns'));

async function one(text: string, values: unknown[] = []): Promise<string> {
  return (await test.db.first<{ id: string }>(text, values))?.id ?? '';
}

const GOOD = { subject: 'hello', preheader: null, html: '<p>hello</p>', mjml: null, text: null };
/** No column says what content must look like: this one makes the start throw. */
const BROKEN = {};

/** A campaign that was due so many seconds ago. */
function due(secondsAgo: number, content: object): Promise<string> {
  return one(
    `INSERT INTO campaigns (workspace_id, name, from_address, content, audience, status, scheduled_at, timezone)
     VALUES ($1, 'c', 'news@brand.test', $2, jsonb_build_object('lists', jsonb_build_array($3::text), 'excludeLists', '[]'::jsonb),
       'scheduled', now() - make_interval(secs => $4), 'UTC') RETURNING id`,
    [workspace, JSON.stringify(content), list, secondsAgo],
  );
}

const stateOf = (id: string) =>
  test.db.first('SELECT status, stop_reasons AS reasons FROM campaigns WHERE id = $1', [id]);

/** The clock of schedules with a log and a time of the test's own. */
function clock() {
  const told: string[] = [];
  const time = { ms: 0 };
  const log = { warn: (entry: { campaign: string }) => void told.push(entry.campaign) };
  const queue = { add: () => Promise.resolve() };
  const campaigns = new DueCampaigns({ db: test.db, queue: queue as never, compiler }, log as never, () => time.ms);
  return { told, time, campaigns };
}

describe('due campaigns', () => {
  it('that throw at every start are told with their id and hold up nobody', async () => {
    const broken: string[] = [];
    for (let n = 0; n < 25; n += 1) broken.push(await due(1_000 - n, BROKEN));
    const good = await due(1, GOOD);
    const { campaigns, told } = clock();
    await campaigns.start();
    await campaigns.start();
    expect(await stateOf(good)).toEqual({ status: 'sending', reasons: [] });
    expect(told.sort()).toEqual(broken.sort());
  });

  it('are tried again for a while, since a fault may pass, and then fail with a reason', async () => {
    const passing = await due(2, BROKEN);
    const lasting = await due(1, BROKEN);
    const { campaigns, told, time } = clock();
    await campaigns.start();
    await test.db.run('UPDATE campaigns SET content = $2 WHERE id = $1', [passing, JSON.stringify(GOOD)]);
    for (let n = 0; n < 10; n += 1) {
      time.ms += 20_000;
      await campaigns.start();
    }
    expect(await stateOf(passing)).toEqual({ status: 'sending', reasons: [] });
    expect(await stateOf(lasting)).toMatchObject({
      status: 'failed',
      reasons: [{ code: 'START_FAILED', message: expect.stringMatching(/our side/) }],
    });
    expect(told.filter((id) => id === lasting)).toHaveLength(5);
  });

  it('that lack something fail at once and say what', async () => {
    const id = await due(1, { ...GOOD, subject: '' });
    const { campaigns, told } = clock();
    await campaigns.start();
    expect(await stateOf(id)).toEqual({
      status: 'failed',
      reasons: [{ code: 'SUBJECT_EMPTY', message: 'Write a subject.' }],
    });
    expect(told).toEqual([id]);
  });
});
