import { parseSettings } from '#platform/config';
import { Vault } from '#platform/crypto';
import { openSharedState } from '#platform/shared-state';
import type { SharedState } from '#platform/shared-state';
import { createTestDatabase, startScriptedServer } from '#platform/testing';
import type { ScriptedServer, TestDatabase } from '#platform/testing';
import { findCampaign } from '#domain/campaigns';
import type { CampaignRow } from '#domain/campaigns';
import { SendingAccountLoader, ensureSandboxAccount } from '#domain/senders';
import { ContentCompiler } from '#domain/templates';
import { GUEST } from './senders-at-work.js';
import { sendTest } from './send-test.js';
import { SendingAccounts } from './sending-accounts.js';
import { TEST_LANE } from './test-leave.js';

/** A mail server that takes everything and keeps it, a string a message. */
async function takingServer(taken: string[]): Promise<ScriptedServer> {
  return startScriptedServer(async (peer) => {
    peer.say('220 mx.test\r\n');
    for (;;) {
      const command = await peer.line().catch(() => 'QUIT');
      if (command === 'QUIT') return peer.end();
      if (command === 'DATA') {
        peer.say('354 go on\r\n');
        taken.push(await peer.until('\r\n.\r\n'));
      }
      peer.say('250 ok\r\n');
    }
  });
}

let test: TestDatabase;
let real: ScriptedServer;
let sandbox: ScriptedServer;
let shared: SharedState;
let accounts: SendingAccounts;
let campaign: CampaignRow;
const atReal: string[] = [];
const atSandbox: string[] = [];
const compiler = new ContentCompiler();
beforeAll(async () => {
  test = await createTestDatabase();
  [real, sandbox] = [await takingServer(atReal), await takingServer(atSandbox)];
  const settings = parseSettings({
    DATABASE_URL: test.url,
    EGRESS_ALLOW: '127.0.0.0/8',
    SANDBOX_SMTP_PORT: String(sandbox.port),
  });
  const loader = new SendingAccountLoader(settings, new Vault({ bytes: Buffer.alloc(32, 1) }));
  shared = openSharedState('', test.db);
  accounts = new SendingAccounts(test.db, shared, loader, GUEST, TEST_LANE);
  const { db } = test;
  const one = async (text: string, values: unknown[] = []) => (await db.first<{ id: string }>(text, values))?.id ?? '';
  const workspace = await one("INSERT INTO workspaces (name, locale, timezone) VALUES ('w', 'en', 'UTC') RETURNING id");
  await ensureSandboxAccount(db, workspace);
  await db.run(
    `INSERT INTO smtp_accounts (workspace_id, kind, name, host, port, security, auth_method, return_path,
       return_path_domain, connections, messages_per_connection)
     VALUES ($1, 'smtp', 'real', '127.0.0.1', $2, 'none', 'none', 'verp', 'bounces.brand.org', 2, 100)`,
    [workspace, real.port],
  );
  const file = await one(
    `INSERT INTO attachments (workspace_id, name, content_type, bytes) VALUES ($1, 'prices.pdf', 'application/pdf', 'abc') RETURNING id`,
    [workspace],
  );
  const id = await one(
    `INSERT INTO campaigns (workspace_id, name, from_address, content, audience, attachments)
     VALUES ($1, 'c', 'news@brand.org', $2, '{"lists":[],"excludeLists":[]}', ARRAY[$3::bigint]) RETURNING id`,
    [workspace, { subject: 'hello', preheader: null, html: '<p>hello</p>', mjml: null, text: null }, file],
  );
  campaign = (await findCampaign(db, workspace, id)) as CampaignRow;
});
afterAll(async () => {
  await compiler.onApplicationShutdown();
  await accounts.drain();
  await shared.close();
  await Promise.all([real.close(), sandbox.close()]);
  await test.drop();
});
beforeEach(() => {
  atReal.length = 0;
  atSandbox.length = 0;
});

async function send(to: string[]) {
  const compiled = await compiler.compile(campaign.content, { trackLinks: true });
  if (!compiled.ok) throw new Error('the content does not compile');
  const surroundings = { accounts, trackingUrl: 'https://t.brand.org', nowMs: Date.UTC(2026, 10, 22) };
  return sendTest(test.db, campaign, compiled.content, { to }, surroundings);
}

describe('a test message', () => {
  it('to a reserved domain never leaves, and the others take the real account, each result in its place', async () => {
    const reserved = ['a@simulator.test', 'b@example.com', 'c@x.example', 'd@y.invalid', 'e@my.localhost'];
    const results = await send([...reserved.slice(0, 2), 'someone@rcpt.org', ...reserved.slice(2)]);
    expect(results.map(({ to, ok }) => [to, ok])).toEqual(
      [...reserved.slice(0, 2), 'someone@rcpt.org', ...reserved.slice(2)].map((to) => [to, true]),
    );
    expect([atSandbox.length, atReal.length]).toEqual([5, 1]);
    expect(atReal[0]).toContain('To: someone@rcpt.org');
  });

  it('goes nowhere when its domain is reserved and the sandbox is off', async () => {
    await test.db.run("UPDATE smtp_accounts SET enabled = false WHERE kind = 'sandbox'");
    await expect(send(['a@simulator.test'])).rejects.toMatchObject({ code: 'UPSTREAM_UNAVAILABLE', property: 'to' });
    await test.db.run("UPDATE smtp_accounts SET enabled = true WHERE kind = 'sandbox'");
    expect([atSandbox.length, atReal.length]).toEqual([0, 0]);
  });

  it('carries the files and list headers of the campaign, and ways to unsubscribe that name nobody', async () => {
    await send(['someone@rcpt.org']);
    const message = (atReal[0] ?? '').replace(/\r\n[ \t]+/g, ' ');
    expect(message).toContain('List-Unsubscribe: <https://t.brand.org/u/sample>, <mailto:u.sample@bounces.brand.org');
    expect(message).toContain('List-Unsubscribe-Post: List-Unsubscribe=One-Click');
    expect(message).toMatch(/^List-Id: .*\.lists\.brand\.org>/m);
    expect(message).toMatch(/filename="?prices\.pdf/);
    expect(message).toContain(Buffer.from('abc').toString('base64'));
  });

  it('never breaks a limit of the account: who is beyond it is told so, and what a test took is taken', async () => {
    await test.db.run(`UPDATE smtp_accounts SET limits = '{"perDay": 2}', version = version + 1 WHERE kind = 'smtp'`);
    const results = await send(['one@rcpt.org', 'two@rcpt.org', 'three@rcpt.org', 'a@simulator.test']);
    expect(results.map(({ ok, heldUp }) => [ok, heldUp])).toEqual([
      [true, null],
      [true, null],
      [false, 'AT_LIMIT'],
      [true, null],
    ]);
    expect(results[2]?.text).toMatch(/rate limit/);
    expect([atReal.length, atSandbox.length]).toEqual([2, 1]);
    expect(await send(['four@rcpt.org'])).toMatchObject([{ ok: false, heldUp: 'AT_LIMIT' }]);
    await test.db.run(`UPDATE smtp_accounts SET limits = '{}', version = version + 1 WHERE kind = 'smtp'`);
  });

  it.each([
    ["health = 'failing', retry_at = now() + interval '1 hour'", "health = 'ok', retry_at = NULL", 'ACCOUNTS_FAILING'],
    [`warmup_stop = '{"code": "TOO_MANY_REFUSED", "count": 9, "of": 10}'`, 'warmup_stop = NULL', 'WARMUP_STOPPED'],
  ])('does not leave over an account with %s', async (broken, mended, heldUp) => {
    await test.db.run(`UPDATE smtp_accounts SET ${broken} WHERE kind = 'smtp'`);
    expect(await send(['someone@rcpt.org'])).toMatchObject([{ ok: false, heldUp }]);
    expect(atReal).toEqual([]);
    await test.db.run(`UPDATE smtp_accounts SET ${mended} WHERE kind = 'smtp'`);
  });
});
