import { parseSettings } from '#platform/config';
import { Vault } from '#platform/crypto';
import { createTestDatabase, startScriptedServer } from '#platform/testing';
import type { ScriptedServer, TestDatabase } from '#platform/testing';
import { SendingAccountLoader } from '#domain/senders';
import { ContentCompiler } from '#domain/templates';
import { renderSlice } from '../render-slice.js';
import type { RenderTask } from '../render-task.js';
import {
  cancelRehearsal,
  claimRehearsal,
  findRehearsal,
  findRehearsals,
  insertRehearsal,
} from './rehearsal.repository.js';
import type { RehearsalOptions, RehearsalView } from './rehearsal.repository.js';
import { runRehearsal } from './run-rehearsal.js';
import type { RehearsalTools } from './run-rehearsal.js';

let test: TestDatabase;
let server: ScriptedServer;
let tools: RehearsalTools;
let workspace: string;
let list: string;
let connections = 0;
const compiler = new ContentCompiler();
const HTML = '<p>Hello {{default name "you"}} in {{fields.city}}</p><p><a href="{{unsubscribe_url}}">x</a></p>';

beforeAll(async () => {
  test = await createTestDatabase();
  server = await startScriptedServer(async (peer) => {
    connections += 1;
    peer.say('220 mx.test\r\n');
    await peer.line().catch(() => '');
  });
  const settings = parseSettings({ DATABASE_URL: test.url, EGRESS_ALLOW: '127.0.0.0/8' });
  const vault = new Vault({ bytes: Buffer.alloc(32, 1) });
  const loader = new SendingAccountLoader(settings, vault);
  tools = { db: test.db, loader, trackingUrl: 'https://t.example.org', tokenKeys: vault.tokenKeys, openRenderer };
  workspace = await id(`INSERT INTO workspaces (name, locale, timezone) VALUES ('w', 'en', 'UTC') RETURNING id`);
  list = await id(`INSERT INTO lists (workspace_id, name) VALUES ($1, 'l') RETURNING id`, [workspace]);
  await id(
    `INSERT INTO smtp_accounts (workspace_id, kind, name, host, port, security, auth_method, return_path,
       return_path_domain, connections, messages_per_connection, limits)
     VALUES ($1, 'smtp', 'Relay', '127.0.0.1', $2, 'none', 'none', 'verp', 'bounces.brand.org', 5, 100, '{"perSecond":20}')
     RETURNING id`,
    [workspace, server.port],
  );
  await contacts(600, 'qq.com', 'Hangzhou');
  await contacts(300, 'gmail.com', '');
  await contacts(100, 'company.org', 'Bern');
  // Two who have left: excluded, as they would be.
  await test.db.run(
    `UPDATE list_members SET status = 'unsubscribed' WHERE contact_id IN (SELECT min(id) FROM contacts UNION SELECT max(id) FROM contacts)`,
  );
});
afterAll(async () => {
  await test.drop();
  await server.close();
});

/** What runs in the render threads, without a thread. */
const openRenderer = () => ({
  render: async (task: RenderTask) => {
    const { bytes, messages } = renderSlice(task);
    return messages.map((placed) =>
      placed.ok
        ? {
            ...placed,
            message: Buffer.from(bytes.subarray(placed.start, placed.end)),
            memory: { letGo: () => undefined },
          }
        : placed,
    );
  },
  close: async () => undefined,
});

async function id(sql: string, values: unknown[] = []): Promise<string> {
  return String((await test.db.first<{ id: string }>(sql, values))?.id);
}

async function contacts(count: number, domain: string, city: string): Promise<void> {
  await test.db.run(
    `WITH made AS (
       INSERT INTO contacts (workspace_id, email, canonical, domain, name, fields)
       SELECT $1, 'c' || n || '@' || $2, 'c' || n || '@' || $2, $2, CASE WHEN n % 10 = 0 THEN '' ELSE 'N' || n END,
         CASE WHEN $3 = '' THEN '{}'::jsonb ELSE jsonb_build_object('city', $3::text) END
       FROM generate_series(1, $4::int) n RETURNING id)
     INSERT INTO list_members (list_id, contact_id, workspace_id, status) SELECT $5, id, $1, 'subscribed' FROM made`,
    [workspace, domain, city, count, list],
  );
}

async function draft(html = HTML, more = ''): Promise<string> {
  return id(
    `INSERT INTO campaigns (workspace_id, name, from_address, content, audience ${more && ', deadline_hours'})
     VALUES ($1, 'c', 'news@brand.org', $2, $3 ${more && `, ${more}`}) RETURNING id`,
    [workspace, JSON.stringify({ subject: 'Tea', html }), JSON.stringify({ lists: [list], excludeLists: [] })],
  );
}

async function asked(campaignId: string, options: Partial<RehearsalOptions> = {}, html = HTML): Promise<RehearsalView> {
  const source = { subject: 'Tea for {{name}}', preheader: null, html, mjml: null, text: null };
  const compiled = await compiler.compile(source, { trackLinks: true });
  if (!compiled.ok) throw new Error(JSON.stringify(compiled.problems));
  return insertRehearsal(test.db, {
    workspaceId: workspace,
    campaignId,
    options: { providers: 'usual', sample: 500, ...options },
    compiled: compiled.content,
    by: 'spec',
  });
}

async function rehearse(campaignId: string, options: Partial<RehearsalOptions> = {}, html = HTML) {
  const { id: rehearsalId } = await asked(campaignId, options, html);
  await runRehearsal(tools, rehearsalId);
  return (await findRehearsal(test.db, workspace, rehearsalId)) as RehearsalView;
}

/** Everything a campaign writes when it is really sent. */
const written = () =>
  test.db.first(
    `SELECT (SELECT count(*)::int FROM campaign_recipients) AS recipients, (SELECT count(*)::int FROM send_batches) AS batches,
       (SELECT count(*)::int FROM campaign_exclusions) AS exclusions, (SELECT count(*)::int FROM events) AS events,
       (SELECT count(*)::int FROM campaigns WHERE status <> 'draft' OR frozen_at IS NOT NULL) AS moved`,
  );

it('predicts the audience, the time by provider and what would go wrong, and writes nothing but itself', async () => {
  const campaign = await draft();
  const { status, prediction, error } = await rehearse(campaign, { providers: 'strict' });
  expect({ status, error }).toEqual({ status: 'done', error: null });
  expect(prediction).toMatchObject({
    campaignVersion: 1,
    audience: { candidates: 1_000, prepared: 998, excluded: 2, exclusions: [{ reason: 'unsubscribed', count: 2 }] },
    rendered: { failed: 0, errors: [] },
    expired: 0,
    accounts: [{ name: 'Relay' }],
  });
  const { accepted, rejected, durationMs, providers, missing, findings, peakPerMinute, rendered } = prediction!;
  expect(accepted + rejected).toBe(998);
  expect(rendered.sample).toBeGreaterThan(400);
  expect(rendered.averageBytes).toBeGreaterThan(500);
  // 20 a second, or what a strict QQ takes of six hundred.
  expect(durationMs).toBeGreaterThan(45_000);
  expect(peakPerMinute).toBeLessThanOrEqual(20 * 60);
  expect(providers.map(({ provider, recipients }) => [provider, recipients])).toEqual([
    ['qq', 599],
    ['gmail', 300],
    ['other', 99],
  ]);
  expect(missing).toEqual([
    { variable: 'fields.city', count: 300, address: expect.stringMatching(/@gmail\.com$/) },
    { variable: 'name', count: 99, address: expect.any(String) },
  ]);
  expect(findings.map(({ code, params }) => [code, params.provider ?? params.variable])).toEqual(
    expect.arrayContaining([
      ['MISSING_DATA', 'fields.city'],
      ['PROVIDER_SLOWED', 'qq'],
    ]),
  );
  for (const { message } of findings) expect(message).toMatch(/^[A-Z0-9a-z][^{}?]+\.$/);
  expect(await written()).toEqual({ recipients: 0, batches: 0, exclusions: 0, events: 0, moved: 0 });
  expect(connections).toBe(0);
}, 60_000);

it('names the recipients whose message can’t be made, and that the deadline would pass', async () => {
  await test.db.run(
    `UPDATE contacts SET fields = jsonb_build_object('city', repeat('x', 70000)) WHERE email = 'c7@qq.com'`,
  );
  await test.db.run(`UPDATE smtp_accounts SET limits = '{"perHour":100}'`);
  const { prediction } = await rehearse(await draft(HTML, '2'), { sample: 10_000 });
  expect(prediction?.rendered).toMatchObject({
    sample: 998,
    failed: 1,
    errors: [{ count: 1, addresses: ['c7@qq.com'] }],
  });
  expect(prediction?.accepted).toBeLessThanOrEqual(300);
  expect(prediction?.findings.map(({ code }) => code)).toEqual(
    expect.arrayContaining(['RENDER_FAILED', 'EXPIRED', 'ACCOUNT_LIMIT']),
  );
  expect(prediction?.durationMs).toBe(2 * 3_600_000);
  await test.db.run(`UPDATE smtp_accounts SET limits = '{}'`);
}, 60_000);

it('says that more connections would use the limit of an account', async () => {
  await test.db.run(`UPDATE smtp_accounts SET limits = '{"perSecond":100}'`);
  const { prediction } = await rehearse(await draft());
  // Five connections of a message in 0.15 s each.
  expect(prediction?.findings).toContainEqual(
    expect.objectContaining({ code: 'FEW_CONNECTIONS', params: { account: 'Relay', perSecond: 33, limit: 100 } }),
  );
  await test.db.run(`UPDATE smtp_accounts SET limits = '{}'`);
}, 60_000);

it('says that nobody is meant, and that no account may carry them', async () => {
  const nobody = await draft();
  await test.db.run(`UPDATE campaigns SET audience = '{"lists":[],"excludeLists":[]}' WHERE id = $1`, [nobody]);
  expect((await rehearse(nobody)).prediction).toMatchObject({
    durationMs: 0,
    findings: [{ code: 'NOBODY', severity: 'error' }],
  });
  await test.db.run(`UPDATE smtp_accounts SET from_domains = '{other.example}'`);
  const { prediction } = await rehearse(await draft());
  expect(prediction?.findings[0]).toMatchObject({ code: 'NO_ACCOUNT', params: { count: 998 } });
  await test.db.run(`UPDATE smtp_accounts SET from_domains = '{}'`);
}, 60_000);

it('a new one calls the old one off; what is called off is not run, and a silent one has failed', async () => {
  const campaign = await draft();
  const first = await asked(campaign);
  const second = await asked(campaign);
  await runRehearsal(tools, first.id);
  expect(await findRehearsal(test.db, workspace, first.id)).toMatchObject({ status: 'cancelled', prediction: null });
  expect(await claimRehearsal(test.db, second.id)).toMatchObject({ campaignId: campaign });
  expect(await claimRehearsal(test.db, second.id)).toBeUndefined();
  await test.db.run(`UPDATE rehearsals SET lease_until = now() - interval '1 second' WHERE id = $1`, [second.id]);
  expect(await findRehearsal(test.db, workspace, second.id)).toMatchObject({ status: 'failed', error: 'INTERRUPTED' });
  expect(await cancelRehearsal(test.db, second.id)).toBe(true);
  expect(await cancelRehearsal(test.db, second.id)).toBe(false);
  expect((await findRehearsals(test.db, campaign, { before: null, limit: 5 })).map((row) => row.id)).toEqual([
    second.id,
    first.id,
  ]);
  expect(await findRehearsal(test.db, '999', first.id)).toBeUndefined();
});
