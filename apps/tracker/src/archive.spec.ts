import { compileContent } from '#engine/render';
import { createLogger } from '#platform/logging';
import { createTestDatabase } from '#platform/testing';
import type { TestDatabase } from '#platform/testing';
import { createTracker } from './create-tracker.js';
import type { Tracker } from './create-tracker.js';

const keys = { current: 1, keys: new Map([[1, Buffer.alloc(32, 5)]]) };

let test: TestDatabase;
let tracker: Tracker;
let url: string;
let workspaceId: string;
beforeAll(async () => {
  test = await createTestDatabase();
  const row = await test.db.first<{ id: string }>(
    `INSERT INTO workspaces (name, locale, timezone) VALUES ('Green <Hill>', 'en', 'UTC') RETURNING id`,
  );
  workspaceId = row!.id;
  tracker = createTracker({ db: test.db, log: createLogger('spec', 'silent'), keys, publicUrl: 'https://t.example/' });
  url = await tracker.app.listen({ port: 0, host: '127.0.0.1' });
});
afterAll(async () => {
  await tracker?.close(5_000);
  await test?.drop();
});

let made = 0;
async function campaign({ status = 'sent', shown = true, workspace = workspaceId } = {}): Promise<string> {
  const subject = `Letter ${(made += 1)} for {{default name "friends"}}`;
  const html =
    '<html><body><p>Hello {{email}}, <a href="https://shop.example/tea">tea</a> <a href="https://shop.example/?me={{email}}">yours</a> <a href="{{unsubscribe_url}}">leave</a></p></body></html>';
  const outcome = await compileContent(
    { subject, preheader: 'First <leaves>', html },
    { trackLinks: true, footer: null },
  );
  if (!outcome.ok) throw new Error(JSON.stringify(outcome.problems));
  const compiled = outcome.content;
  const row = await test.db.first<{ id: string }>(
    `INSERT INTO campaigns (workspace_id, name, status, content, audience, started_at)
     VALUES ($1, 'internal name', $2, '{"subject":"s"}', '{"lists":[]}', '2026-03-02') RETURNING id`,
    [workspace, status],
  );
  const id = row!.id;
  await test.db.run('INSERT INTO campaign_contents (campaign_id, compiled, links) VALUES ($1, $2, $3)', [
    id,
    JSON.stringify(compiled),
    JSON.stringify(compiled.links),
  ]);
  if (shown) await test.db.run('INSERT INTO archive_campaigns VALUES ($1, $2)', [id, workspace]);
  return id;
}
async function archive(slug: string, { enabled = true, indexed = false } = {}): Promise<void> {
  await test.db.run(
    `INSERT INTO archives VALUES ($1, $2, $3, '', 'Once a month', $4) ON CONFLICT (workspace_id)
     DO UPDATE SET enabled = $2, slug = $3, indexed = $4`,
    [workspaceId, enabled, slug, indexed],
  );
}
const ask = async (path: string) => {
  const answer = await fetch(url + path, { redirect: 'manual' });
  return { status: answer.status, robots: answer.headers.get('x-robots-tag'), html: await answer.text(), answer };
};

it('shows what was chosen, newest first and page by page, and nothing while it is off', async () => {
  expect((await ask('/a/tea')).status).toBe(404);
  await archive('tea', { enabled: false });
  const ids: string[] = [];
  for (let n = 0; n < 22; n += 1) ids.push(await campaign());
  const hidden = await campaign({ shown: false });
  const draft = await campaign({ status: 'draft' });
  expect((await ask('/a/tea')).status).toBe(404);
  await archive('tea');
  const first = await ask('/a/tea');
  expect([first.status, first.robots]).toEqual([200, 'noindex']);
  expect(first.html).toContain('Earlier mail from “Green &lt;Hill&gt;”');
  expect(first.html).toContain('Letter 22 for friends');
  expect(first.html).toContain('First &lt;leaves&gt;');
  expect(first.html).not.toMatch(/internal name|<script|Letter 1 |Letter 23|Letter 24/);
  expect(Buffer.byteLength(first.html)).toBeLessThan(30_000);
  const older = /\?before=(\d+)/.exec(first.html)?.[1];
  const second = await ask(`/a/tea?before=${older}`);
  expect(second.html.match(/Letter \d+ for/g)).toEqual(['Letter 2 for', 'Letter 1 for']);
  expect(second.html).not.toContain('?before=');
  for (const id of [hidden, draft, '999999', '0', 'x']) expect((await ask(`/a/tea/${id}`)).status).toBe(404);
  expect((await ask('/a/tea?before=;drop')).html).toContain('Letter 22');
  await archive('tea', { indexed: true });
  const found = await ask('/a/tea');
  expect([found.robots, found.html.includes('noindex')]).toEqual([null, false]);
});

it('shows a mail as nobody got it: no data, no tracking, and links of people’s own lead to the list', async () => {
  await archive('tea');
  const id = await campaign();
  const { status, html, answer } = await ask(`/a/tea/${id}`);
  expect(status).toBe(200);
  expect(html).toContain('Hello , <a href="https://shop.example/tea"');
  expect(html.match(/https:\/\/t\.example\/[^"]*/g)).toEqual(['https://t.example/a/tea', 'https://t.example/a/tea']);
  expect(html).not.toMatch(/\/[ocu]\/|<img/);
  expect(answer.headers.get('content-security-policy')).toContain('sandbox');
  const other = await test.db.first<{ id: string }>(
    `INSERT INTO workspaces (name, locale, timezone) VALUES ('other', 'en', 'UTC') RETURNING id`,
  );
  expect((await ask(`/a/tea/${await campaign({ workspace: other!.id })}`)).status).toBe(404);
});
