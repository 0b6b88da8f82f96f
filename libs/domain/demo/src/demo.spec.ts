import { isReservedDomain } from '#engine/address';
import { createTestDatabase } from '#platform/testing';
import type { TestDatabase } from '#platform/testing';
import { ContentCompiler, TemplatesService } from '#domain/templates';
import type { RequestContext } from '#domain/workspaces';
import { DemoService } from './demo.service.js';

let test: TestDatabase;
let demo: DemoService;
let compiler: ContentCompiler;
beforeAll(async () => {
  test = await createTestDatabase();
  compiler = new ContentCompiler();
  demo = new DemoService(test.db, new TemplatesService(test.db, compiler), compiler);
});
afterAll(async () => {
  await compiler.onApplicationShutdown();
  await test.drop();
});

async function person(email: string): Promise<RequestContext> {
  const row = await test.db.first<{ id: string }>(
    `INSERT INTO users (email, name, password_hash, locale, timezone) VALUES ($1, $1, 'x', 'en', 'UTC') RETURNING id`,
    [email],
  );
  const actor = { type: 'user' as const, id: row?.id ?? '', email, sessionHash: Buffer.alloc(32) };
  return { workspaceId: '0', actor, role: 'owner', permissions: new Set() };
}

/** What a workspace has, in numbers that do not depend on ids or on the day. */
async function sums(workspaceId: string) {
  return test.db.first<Record<string, number>>(
    `SELECT (SELECT count(*)::int FROM contacts WHERE workspace_id = $1) AS contacts,
       (SELECT count(*)::int FROM lists WHERE workspace_id = $1) AS lists,
       (SELECT count(*)::int FROM campaigns WHERE workspace_id = $1 AND status = 'sent') AS campaigns,
       (SELECT count(*)::int FROM templates WHERE workspace_id = $1) AS templates,
       (SELECT count(*)::int FROM segments WHERE workspace_id = $1) AS segments,
       (SELECT count(*)::int FROM purchases WHERE workspace_id = $1) AS purchases,
       (SELECT count(DISTINCT contact_id)::int FROM purchases WHERE workspace_id = $1) AS buyers,
       (SELECT count(*)::int FROM forms WHERE workspace_id = $1) AS forms,
       (SELECT count(*)::int FROM reply_threads WHERE workspace_id = $1) AS threads,
       (SELECT coalesce(sum(unread), 0)::int FROM reply_threads WHERE workspace_id = $1) AS unread,
       (SELECT count(*)::int FROM workspace_members WHERE workspace_id = $1) AS people,
       count(*)::int AS sent, count(opened_at)::int AS opened, count(clicked_at)::int AS clicked,
       count(bounced_at)::int AS bounced, count(complained_at)::int AS complained,
       count(unsubscribed_at)::int AS left, count(replied_at)::int AS replied,
       count(auto_replied_at)::int AS absent
     FROM campaign_recipients WHERE workspace_id = $1`,
    [workspaceId],
  );
}

/** Rows of every table that say they belong to the workspace. */
async function rest(workspaceId: string): Promise<Record<string, number>> {
  const tables = await test.db.rows<{ name: string }>(
    `SELECT c.table_name AS name FROM information_schema.columns c JOIN information_schema.tables t USING (table_schema, table_name)
     WHERE c.table_schema = 'public' AND c.column_name = 'workspace_id' AND t.table_type = 'BASE TABLE'`,
  );
  const counts = await Promise.all(
    tables.map(async ({ name }) => {
      const row = await test.db.first<{ n: number }>(
        `SELECT count(*)::int AS n FROM "${name}" WHERE workspace_id = $1`,
        [workspaceId],
      );
      return [name, row?.n ?? 0] as const;
    }),
  );
  return Object.fromEntries(counts.filter(([, n]) => n > 0));
}

it('a demo is a year of plausible mail to invented people, the same each time, and leaves nothing behind', async () => {
  const [one, two] = [await person('one@example.com'), await person('two@example.com')];
  const { id } = await demo.create(one, 'zh-CN');
  expect(await demo.create(one, 'en')).toEqual({ id });
  const first = await sums(id);
  expect(first).toMatchObject({ contacts: 5_000, lists: 5, campaigns: 12, people: 2 });
  expect(first).toMatchObject({ segments: 5, forms: 1, threads: 10, unread: 3, replied: 8, absent: 2 });
  const { sent, opened, clicked, bounced, left, complained, purchases, buyers } = first as Record<string, number>;
  expect(sent!).toBeGreaterThan(10_000);
  expect(opened! / sent!).toBeGreaterThan(0.2);
  expect(clicked!).toBeLessThan(opened!);
  expect(bounced! / sent!).toBeLessThan(0.03);
  expect(complained! / sent!).toBeLessThan(0.002);
  expect(left!).toBeGreaterThan(50);
  expect(purchases! / buyers!).toBeGreaterThan(1.3);
  expect(buyers!).toBeGreaterThan(800);
  const domains = await test.db.rows<{ domain: string }>('SELECT DISTINCT domain FROM contacts');
  expect(domains.filter(({ domain }) => !isReservedDomain(domain))).toEqual([]);

  const clients = await test.db.rows('SELECT client FROM events WHERE human GROUP BY client HAVING count(*) > 100');
  expect(clients.length).toBeGreaterThan(5);

  const other = await demo.create(two, 'zh-CN');
  expect(await sums(other.id)).toEqual(first);
  await expect(demo.remove(two, id)).rejects.toMatchObject({ code: 'NOT_FOUND' });
  await demo.remove(two, other.id);
  expect(await rest(other.id)).toEqual({});
  expect(await sums(id)).toEqual(first);
  await demo.remove(one, id);
  const users = await test.db.rows('SELECT email FROM users ORDER BY id');
  expect(users).toEqual([{ email: 'one@example.com' }, { email: 'two@example.com' }]);
}, 300_000);

it('a real workspace is never removed this way', async () => {
  const owner = await person('owner@example.com');
  const row = await test.db.first<{ id: string }>(
    `INSERT INTO workspaces (name, locale, timezone) VALUES ('Real', 'en', 'UTC') RETURNING id`,
  );
  await test.db.run(
    `INSERT INTO workspace_members SELECT $1, id, 'owner' FROM users WHERE email = 'owner@example.com'`,
    [row?.id],
  );
  await expect(demo.remove(owner, row!.id)).rejects.toMatchObject({ code: 'WORKSPACE_NOT_DEMO' });
});
