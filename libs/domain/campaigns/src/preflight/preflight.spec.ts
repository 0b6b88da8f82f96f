import type { LinkAnswer } from '#engine/preflight';
import { createTestDatabase } from '#platform/testing';
import type { TestDatabase } from '#platform/testing';
import { ContentCompiler } from '#domain/templates';
import { audienceRules } from '../audience-rules.js';
import { findCampaignById } from '../campaign.repository.js';
import { checkReadiness } from '../check-readiness.js';
import { findMissing } from './missing-data.js';
import { preflightOf } from './preflight-items.js';
import { askPreflight, findPreflight } from './preflight.repository.js';
import { runPreflight } from './run-preflight.js';

let test: TestDatabase;
let workspace: string;
let list: string;
const compiler = new ContentCompiler();
beforeAll(async () => {
  test = await createTestDatabase();
  workspace = await one(`INSERT INTO workspaces (name, locale, timezone) VALUES ('w', 'en', 'UTC') RETURNING id`);
  list = await one(`INSERT INTO lists (workspace_id, name) VALUES ($1, 'l') RETURNING id`, [workspace]);
  await test.db.run(
    `WITH p AS (
       INSERT INTO contacts (workspace_id, email, canonical, domain, name, fields)
       SELECT $1, n || '@b.test', n || '@b.test', 'b.test', CASE WHEN n % 2 = 0 THEN 'Li' ELSE '' END,
         CASE WHEN n = 1 THEN '{"city": "Hangzhou"}'::jsonb ELSE '{}' END
       FROM generate_series(1, 10) AS n RETURNING id)
     INSERT INTO list_members (list_id, contact_id, workspace_id, status) SELECT $2, id, $1, 'subscribed' FROM p`,
    [workspace, list],
  );
});
afterAll(async () => {
  await compiler.onApplicationShutdown();
  await test.drop();
});

async function one(text: string, values: unknown[] = []): Promise<string> {
  return (await test.db.first<{ id: string }>(text, values))?.id ?? '';
}

async function draft(html: string): Promise<string> {
  const content = { subject: 'Tea for {{name}}', preheader: null, html, mjml: null, text: null, document: null };
  return one(
    `INSERT INTO campaigns (workspace_id, name, from_address, content, audience) VALUES ($1, 'c', 'news@brand.test', $2,
       jsonb_build_object('lists', jsonb_build_array($3::text), 'excludeLists', '[]'::jsonb)) RETURNING id`,
    [workspace, JSON.stringify(content), list],
  );
}

async function readiness(id: string) {
  const campaign = await findCampaignById(test.db, id);
  return {
    campaign: campaign!,
    ...(await checkReadiness(test.db, compiler, campaign!, { now: Date.now(), at: null })),
  };
}

async function ask(id: string): Promise<void> {
  const { campaign, ready: variants } = await readiness(id);
  if (!variants) throw new Error('the content has errors');
  await askPreflight(test.db, { campaignId: id, workspaceId: workspace, ...preflightOf(campaign, variants) });
}

const slow = async (id: string) =>
  (await readiness(id)).items
    .filter(({ code }) => /^(LINK_N|LINK_PLACE|DATA_)/.test(code))
    .map(({ code, severity, params }) => [code, severity, params?.variable ?? params?.url, params?.count]);

const HTML = `<p>Here is tea from {{fields.city}} for {{default name "you"}}, picked by hand a week ago in the hills above
  the lake. <a href="https://tea.hongyan-e2e.org/gone">Gone</a> <a href="https://tea.hongyan-e2e.org/here">Here</a></p>`;
const answers: Record<string, LinkAnswer> = {
  'https://tea.hongyan-e2e.org/gone': { ok: true, status: 404, hops: 0, url: '' },
  'https://tea.hongyan-e2e.org/here': { ok: true, status: 200, hops: 0, url: '' },
};

it('tells broken links and how many lack what the mail says; a changed mail has not been checked', async () => {
  const id = await draft(HTML);
  const asked: string[] = [];
  const askLink = (url: string) => {
    asked.push(url);
    return Promise.resolve(answers[url] ?? { ok: false as const, reason: 'no-answer' as const });
  };
  await ask(id);
  expect(await slow(id)).toEqual([]);
  await runPreflight(test.db, askLink, id);
  expect(await slow(id)).toEqual([
    ['LINK_NOT_FOUND', 'error', 'https://tea.hongyan-e2e.org/gone', undefined],
    ['DATA_MISSING', 'warning', 'fields.city', 9],
    ['DATA_MISSING', 'warning', 'name', 5],
  ]);

  const more = HTML.replace('gone', 'new');
  await test.db.run(`UPDATE campaigns SET content = jsonb_set(content, '{html}', to_jsonb($2::text)) WHERE id = $1`, [
    id,
    more,
  ]);
  expect(await slow(id)).toEqual([]);
  await ask(id);
  await runPreflight(test.db, askLink, id);
  // What answered a moment ago is not asked again.
  expect(asked.sort()).toEqual([
    'https://tea.hongyan-e2e.org/gone',
    'https://tea.hongyan-e2e.org/here',
    'https://tea.hongyan-e2e.org/new',
  ]);
  expect((await findPreflight(test.db, id))?.status).toBe('done');
});

it('a link that a starter template brought is asked nobody, and warned of', async () => {
  const id = await draft('<p>Tea of this spring. <a href="https://www.example.com/tea">Look</a></p>');
  await ask(id);
  await runPreflight(test.db, () => Promise.reject(new Error('was asked')), id);
  expect(await slow(id)).toContainEqual(['LINK_PLACEHOLDER', 'warning', 'https://www.example.com/tea', undefined]);
});

it('lists who lacks a variable, page by page', async () => {
  const { campaign } = await readiness(await draft(HTML));
  const rules = await audienceRules(test.db, campaign);
  const first = await findMissing(test.db, rules, 'name', { after: null, limit: 3 });
  const rest = await findMissing(test.db, rules, 'name', { after: first[2]?.id ?? null, limit: 9 });
  expect([...first, ...rest].map(({ email }) => email)).toEqual([1, 3, 5, 7, 9].map((n) => `${n}@b.test`));
});

it('a check that was superseded while it ran writes nothing', async () => {
  const id = await draft(HTML.replaceAll('tea.', 'other.'));
  await ask(id);
  await runPreflight(
    test.db,
    async () => {
      await test.db.run(`UPDATE preflights SET key = 'other', status = 'queued' WHERE campaign_id = $1`, [id]);
      return { ok: false, reason: 'no-answer' };
    },
    id,
  );
  expect(await findPreflight(test.db, id)).toMatchObject({ status: 'queued', links: [] });
});
