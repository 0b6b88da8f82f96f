import type { MailExchangers } from '#platform/egress';
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
let listId: string;

beforeAll(async () => {
  test = await createTestDatabase();
  queue = new JobQueue({ queueUrl: '', databaseUrl: test.url }, createLogger('spec', 'error'));
  cleanings = new CleaningsService(test.db, queue);
});
afterAll(async () => {
  await queue.close();
  await test.drop();
});
beforeEach(async () => {
  const workspace = await test.db.first<{ id: string }>(
    "INSERT INTO workspaces (name, locale, timezone) VALUES ('w', 'en', 'UTC') RETURNING id",
  );
  const actor = { type: 'key', id: '1', name: 'spec' } as const;
  ctx = { workspaceId: workspace!.id, actor, role: null, permissions: new Set() };
  listId = (await test.db.first<{ id: string }>(
    "INSERT INTO lists (workspace_id, name) VALUES ($1, 'l') RETURNING id",
    [ctx.workspaceId],
  ))!.id;
});

const lookUp = (domain: string): Promise<MailExchangers> =>
  Promise.resolve(
    domain.startsWith('gone')
      ? { ok: false, reason: 'no-such-domain', detail: 'NXDOMAIN' }
      : { ok: true, names: [], mail: domain.startsWith('null') ? 'refused' : 'exchangers' },
  );

async function member(email: string, status = 'subscribed'): Promise<string> {
  const row = await test.db.first<{ id: string }>(
    `WITH c AS (INSERT INTO contacts (workspace_id, email, canonical, domain)
       VALUES ($1, $2, lower($2), split_part($2, '@', 2)) RETURNING id)
     INSERT INTO list_members (list_id, contact_id, workspace_id, status) SELECT $3, id, $1, $4 FROM c RETURNING contact_id AS id`,
    [ctx.workspaceId, email, listId, status],
  );
  return row!.id;
}

let campaign = 0;
/** A message of a campaign of its own to somebody. */
async function mailed(contactId: string, what: object = {}): Promise<void> {
  const row = { accepted_at: '2026-01-01T00:00:00Z', ...what };
  await test.db.run(
    `INSERT INTO campaign_recipients (campaign_id, seq, workspace_id, contact_id, batch_id, email, canonical, provider, status,
       accepted_at, bounced_at, bounce_kind, clicked_at)
     SELECT $1, 1, c.workspace_id, c.id, 0, c.email, c.canonical, 'other', 'accepted', r.accepted_at, r.bounced_at, r.bounce_kind,
       r.clicked_at FROM contacts c, jsonb_to_record($3::jsonb) r(accepted_at timestamptz, bounced_at timestamptz,
       bounce_kind text, clicked_at timestamptz) WHERE c.id = $2`,
    [++campaign, contactId, JSON.stringify(row)],
  );
}
const hard = { bounced_at: '2026-01-01T00:00:00Z', bounce_kind: 'hard' };

/** Everything a cleaning may touch, as it stands. */
interface Standing {
  email: string;
  member: string;
  tags: string[];
  status: string;
}
const state = () =>
  test.db.rows<Standing>(
    `SELECT c.id, c.email, c.canonical, c.domain, c.status, c.tags, m.status AS member, m.unsubscribed_at, m.unsubscribed_source,
       m.updated_at, s.reason, s.expires_at FROM contacts c JOIN list_members m ON m.contact_id = c.id
     LEFT JOIN suppressions s ON s.workspace_id = c.workspace_id AND s.canonical = c.canonical
     WHERE c.workspace_id = $1 ORDER BY c.id`,
    [ctx.workspaceId],
  );

async function judged() {
  const { id } = await cleanings.start(ctx, listId);
  await runCleaning(test.db, id, lookUp);
  return cleanings.get(ctx, id);
}
const countsOf = ({ reasons }: Awaited<ReturnType<typeof judged>>) =>
  Object.fromEntries(reasons.map(({ reason, count }) => [reason, count]));

it('judges every member who has not left by syntax, DNS, slips, roles, throw-away domains and the past', async () => {
  await member('good@firm.cn');
  await member('left@gone.cn', 'unsubscribed');
  await member('a@gone.cn');
  await member('b@null.cn');
  await member('li@gamil.com');
  await member('x@mailinator.com');
  await member('sales@gone.cn');
  await member('kefu@firm.cn');
  await mailed(await member('bounced@firm.cn'), hard);
  const back = await member('came-back@firm.cn');
  await mailed(back, hard);
  await mailed(back);
  const silent = await member('silent@firm.cn');
  const clicker = await member('clicker@firm.cn');
  for (let n = 0; n < 10; n++) {
    await mailed(silent);
    await mailed(clicker, n === 3 ? { clicked_at: '2026-01-02T00:00:00Z' } : {});
  }
  const result = await judged();
  expect(result).toMatchObject({
    status: 'ready',
    total: 11,
    judged: 11,
    verdicts: { valid: 3, risky: 4, invalid: 4 },
  });
  expect(countsOf(result)).toEqual({
    bounced: 1,
    typo: 1,
    domain_gone: 2,
    null_mx: 1,
    disposable: 1,
    silent: 1,
    role: 1,
  });
  expect(result.reasons.find(({ reason }) => reason === 'domain_gone')?.samples).toEqual([
    'a@gone.cn',
    'sales@gone.cn',
  ]);
  const roles = await cleanings.rows(ctx, result.id, { reason: 'role', limit: 1 });
  expect(roles.items).toMatchObject([{ email: 'sales@gone.cn', reasons: ['domain_gone', 'role'], verdict: 'invalid' }]);
  const next = await cleanings.rows(ctx, result.id, { reason: 'role', limit: 1, cursor: roles.nextCursor! });
  expect(next).toMatchObject({ items: [{ email: 'kefu@firm.cn' }], nextCursor: null });
});

it('does by reason what was chosen, and undo restores exactly what was there', async () => {
  await member('good@firm.cn');
  await member('a@gone.cn');
  await member('pending@gone.cn', 'pending');
  await member('li@gamil.com');
  await member('taken@gamil.com');
  await member('taken@gmail.com');
  await member('x@mailinator.com');
  await mailed(await member('bounced@firm.cn'), hard);
  await mailed(await member('full@firm.cn'), hard);
  await test.db.run(
    `INSERT INTO suppressions (workspace_id, canonical, reason, expires_at)
     VALUES ($1, 'full@firm.cn', 'backed_off', '2099-01-01')`,
    [ctx.workspaceId],
  );
  const before = await state();
  const { id } = await judged();
  const actions = [
    { reason: 'domain_gone', action: 'leave' },
    { reason: 'typo', action: 'correct' },
    { reason: 'disposable', action: 'tag' },
    { reason: 'bounced', action: 'suppress' },
  ] as const;
  await cleanings.apply(ctx, id, { actions: [...actions], tag: 'odd' });
  await runCleaning(test.db, id, null);
  expect(await cleanings.get(ctx, id)).toMatchObject({
    status: 'applied',
    done: { left: 2, suppressed: 2, corrected: 1, tagged: 1, unchanged: 1 },
  });
  const after = await state();
  expect(after.map(({ email, member: on, tags, status }) => [email, on, tags, status])).toEqual([
    ['good@firm.cn', 'subscribed', [], 'active'],
    ['a@gone.cn', 'unsubscribed', [], 'active'],
    ['pending@gone.cn', 'unsubscribed', [], 'active'],
    ['li@gmail.com', 'subscribed', [], 'active'],
    ['taken@gamil.com', 'subscribed', [], 'active'],
    ['taken@gmail.com', 'subscribed', [], 'active'],
    ['x@mailinator.com', 'subscribed', ['odd'], 'active'],
    ['bounced@firm.cn', 'subscribed', [], 'suppressed'],
    ['full@firm.cn', 'subscribed', [], 'suppressed'],
  ]);
  expect(after.at(-1)).toMatchObject({ reason: 'manual', expires_at: null });
  await cleanings.undo(ctx, id);
  await runCleaning(test.db, id, null);
  expect(await cleanings.get(ctx, id)).toMatchObject({ status: 'undone' });
  expect(await state()).toEqual(before);
  const audit = await test.db.rows<{ action: string }>(
    'SELECT action FROM audit_log WHERE workspace_id = $1 ORDER BY id',
    [ctx.workspaceId],
  );
  expect(audit.map(({ action }) => action)).toEqual(['cleaning.started', 'cleaning.applied', 'cleaning.undone']);
});

it('undo passes over what somebody has changed since', async () => {
  const gone = await member('a@gone.cn');
  const slip = await member('li@gamil.com');
  const { id } = await judged();
  const actions = [
    { reason: 'domain_gone', action: 'leave' },
    { reason: 'typo', action: 'correct' },
  ] as const;
  await cleanings.apply(ctx, id, { actions: [...actions] });
  await runCleaning(test.db, id, null);
  await test.db.run("UPDATE list_members SET unsubscribed_source = 'one-click' WHERE contact_id = $1", [gone]);
  await test.db.run("UPDATE contacts SET email = 'li@new.cn', canonical = 'li@new.cn' WHERE id = $1", [slip]);
  await cleanings.undo(ctx, id);
  await runCleaning(test.db, id, null);
  expect((await state()).map(({ email, member: on }) => [email, on])).toEqual([
    ['a@gone.cn', 'unsubscribed'],
    ['li@new.cn', 'subscribed'],
  ]);
});

it('goes on behind the last page with exact counts when another process takes over, one at a time', async () => {
  await test.db.run(
    `WITH c AS (INSERT INTO contacts (workspace_id, email, canonical, domain)
       SELECT $1, 'u' || n || '@' || d, 'u' || n || '@' || d, d
       FROM (SELECT n, CASE WHEN n <= 2000 THEN 'gone-first.cn' ELSE 'gone-then.cn' END AS d FROM generate_series(1, 4500) n) u
       ORDER BY n RETURNING id)
     INSERT INTO list_members (list_id, contact_id, workspace_id, status) SELECT $2, id, $1, 'subscribed' FROM c`,
    [ctx.workspaceId, listId],
  );
  const { id } = await cleanings.start(ctx, listId);
  await expect(cleanings.start(ctx, listId)).rejects.toMatchObject({ code: 'CLEANING_RUNNING' });
  const stop = new AbortController();
  const stopping = (domain: string) => {
    if (domain === 'gone-then.cn') stop.abort();
    return lookUp(domain);
  };
  await runCleaning(test.db, id, stopping, stop.signal);
  const { judged: half } = await cleanings.get(ctx, id);
  expect(half).toBeGreaterThan(0);
  expect(half).toBeLessThan(4500);
  await Promise.all([runCleaning(test.db, id, lookUp), runCleaning(test.db, id, lookUp)]);
  await cleanings.apply(ctx, id, { actions: [{ reason: 'domain_gone', action: 'leave' }] });
  await runCleaning(test.db, id, null, AbortSignal.abort());
  await Promise.all([runCleaning(test.db, id, null), runCleaning(test.db, id, null)]);
  expect(await cleanings.get(ctx, id)).toMatchObject({
    status: 'applied',
    judged: 4500,
    verdicts: { invalid: 4500 },
    done: { left: 4500, unchanged: 0 },
  });
});

it('forgets what it found about somebody who is erased, and answers nobody of another workspace', async () => {
  const gone = await member('a@gone.cn');
  const { id } = await judged();
  await test.db.run('DELETE FROM contacts WHERE id = $1', [gone]);
  expect(await test.db.rows('SELECT 1 FROM cleaning_rows WHERE cleaning_id = $1', [id])).toEqual([]);
  await expect(cleanings.get({ ...ctx, workspaceId: '999999' }, id)).rejects.toMatchObject({ code: 'NOT_FOUND' });
  await expect(cleanings.apply(ctx, id, { actions: [{ reason: 'role', action: 'correct' }] })).rejects.toMatchObject({
    errors: [{ property: 'actions.0.action' }],
  });
});
