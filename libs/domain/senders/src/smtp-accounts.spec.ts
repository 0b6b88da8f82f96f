import { PageQuery, SmtpAccountBody, UpdateSmtpAccountBody } from '#contracts';
import { parseSettings } from '#platform/config';
import { Vault } from '#platform/crypto';
import { createTestDatabase, startScriptedServer } from '#platform/testing';
import type { ScriptedServer, TestDatabase } from '#platform/testing';
import type { RequestContext } from '#domain/workspaces';
import {
  SendingAccountLoader,
  SmtpAccountsService,
  ensureSandboxAccount,
  markAccountFailing,
  markAccountOk,
} from './index.js';

let test: TestDatabase;
let service: SmtpAccountsService;
let loader: SendingAccountLoader;
let ctx: RequestContext;
const servers: ScriptedServer[] = [];

beforeAll(async () => {
  test = await createTestDatabase();
  const vault = new Vault({ bytes: Buffer.alloc(32, 1) });
  const settings = parseSettings({ DATABASE_URL: test.url, EGRESS_ALLOW: '127.0.0.0/8', SANDBOX_SMTP_PORT: '2599' });
  loader = new SendingAccountLoader(settings, vault);
  service = new SmtpAccountsService(test.db, vault, loader);
});
afterAll(() => test.drop());
beforeEach(async () => {
  ctx = await workspace();
});
afterEach(async () => {
  for (const server of servers.splice(0)) await server.close();
});

async function workspace(): Promise<RequestContext> {
  const row = await test.db.first<{ id: string }>(
    "INSERT INTO workspaces (name, locale, timezone) VALUES ('w', 'en', 'UTC') RETURNING id",
  );
  const actor = { type: 'key', id: '1', name: 'spec' } as const;
  return { workspaceId: String(row?.id), actor, role: null, permissions: new Set() };
}

const body = (change: object = {}) =>
  SmtpAccountBody.parse({
    name: '163 企业邮',
    host: 'smtp.163.com',
    port: 465,
    security: 'tls',
    auth: { method: 'login', user: 'brand@163.com', password: 'geheim-123' },
    ...change,
  });
const change = (values: object) => UpdateSmtpAccountBody.parse(values);
const page = PageQuery.parse({});

/** A server that says yes to everything. */
async function friendlyServer(): Promise<number> {
  const server = await startScriptedServer(async (peer) => {
    peer.say('220 mx.test\r\n');
    for (;;) {
      const command = await peer.line().catch(() => 'QUIT');
      peer.say('250 ok\r\n');
      if (command === 'QUIT') return peer.end();
    }
  });
  servers.push(server);
  return server.port;
}

describe('secrets of SMTP accounts', () => {
  it('go in sealed and never come out: not in answers, not in the audit log, not in the table', async () => {
    const account = await service.create(ctx, body());
    expect(account.auth).toEqual({ method: 'login', user: 'brand@163.com', passwordSet: true });
    const answers = JSON.stringify([account, await service.list(ctx, page), await service.get(ctx, account.id)]);
    const rows = await test.db.rows('SELECT a::text FROM smtp_accounts a WHERE id = $1', [account.id]);
    const audit = await test.db.rows('SELECT * FROM audit_log WHERE workspace_id = $1', [ctx.workspaceId]);
    for (const text of [answers, JSON.stringify(rows), JSON.stringify(audit)]) {
      expect(text).not.toContain('geheim-123');
      expect(text).not.toContain(Buffer.from('geheim-123').toString('hex'));
    }
    expect(audit).toHaveLength(1);
  });

  it('open for sending, bound to their row', async () => {
    const { id } = await service.create(ctx, body());
    const other = await service.create(ctx, body({ name: 'other' }));
    const [account] = await loader.load(test.db, ctx.workspaceId);
    expect(account?.target.auth).toEqual({ method: 'login', user: 'brand@163.com', secret: 'geheim-123' });
    await test.db.run(
      'UPDATE smtp_accounts SET auth_secret = (SELECT auth_secret FROM smtp_accounts WHERE id = $2) WHERE id = $1',
      [id, other.id],
    );
    const [moved] = await loader.load(test.db, ctx.workspaceId);
    expect(() => moved?.target).toThrow("The stored password can't be opened");
  });

  it('that do not open make their account rest with the reason, while the others go on', async () => {
    const broken = await service.create(ctx, body());
    const sound = await service.create(ctx, body({ name: 'sound' }));
    const reason =
      "The stored password can't be opened: it was stored with another master key. Enter it again, or restore master.key.";
    await test.db.run("UPDATE smtp_accounts SET auth_secret = '\\x01ff' WHERE id = $1", [broken.id]);

    const before = Date.now();
    const accounts = await loader.load(test.db, ctx.workspaceId);
    expect(accounts.map(({ id }) => id)).toEqual([broken.id, sound.id]);
    expect(accounts[0]).toHaveProperty('health', 'failing');
    expect(accounts[0]?.retryAt?.getTime()).toBeGreaterThan(before + 30_000);
    expect(accounts[1]?.target.auth.secret).toBe('geheim-123');
    expect(accounts[1]?.retryAt).toBeNull();
    expect(await service.get(ctx, broken.id)).toMatchObject({ health: 'failing', lastError: reason });
    await expect(service.verify(ctx, broken.id)).rejects.toMatchObject({ code: 'SECRET_REQUIRED', message: reason });

    const auth = { method: 'login', user: 'brand@163.com', password: 'neu' };
    await service.update(ctx, broken.id, change({ version: broken.version, auth }));
    const [mended] = await loader.load(test.db, ctx.workspaceId);
    expect(mended).toMatchObject({ health: 'unknown', retryAt: null, target: { auth: { secret: 'neu' } } });
  });

  it.each([
    ['another host', { host: 'smtp.evil.example' }],
    ['another user', { auth: { method: 'login', user: 'else@163.com' } }],
    ['no encryption', { security: 'none' }],
  ])('are asked for again with %s', async (_name, values) => {
    const account = await service.create(ctx, body());
    await expect(service.update(ctx, account.id, change({ version: 1, ...values }))).rejects.toMatchObject({
      code: 'SECRET_REQUIRED',
      property: 'auth.password',
      errors: [{ property: 'auth.password' }],
    });
    expect((await service.get(ctx, account.id)).version).toBe(1);
  });

  it('stay with a change of anything else, and change with a new password', async () => {
    const account = await service.create(ctx, body());
    await service.update(ctx, account.id, change({ version: 1, name: 'renamed', port: 994, weight: 5 }));
    expect((await loader.load(test.db, ctx.workspaceId))[0]?.target.auth.secret).toBe('geheim-123');
    const auth = { method: 'plain', user: 'else@163.com', password: 'neu' };
    const changed = await service.update(ctx, account.id, change({ version: 2, host: 'smtp.qq.com', auth }));
    expect(changed).toMatchObject({ version: 3, name: 'renamed', port: 994, weight: 5, host: 'smtp.qq.com' });
    expect((await loader.load(test.db, ctx.workspaceId))[0]?.target.auth.secret).toBe('neu');
    const none = await service.update(ctx, account.id, change({ version: 3, auth: { method: 'none', user: '' } }));
    expect(none.auth.passwordSet).toBe(false);
  });

  it('are required where the method needs one', async () => {
    const auth = { method: 'plain', user: 'anna' };
    await expect(service.create(ctx, body({ auth }))).rejects.toMatchObject({ code: 'SECRET_REQUIRED' });
    await expect(service.verifyUnsaved(body({ auth }))).rejects.toMatchObject({ code: 'SECRET_REQUIRED' });
  });
});

describe('an account', () => {
  it('names the field that is wrong', async () => {
    for (const [values, property] of [
      [{ fromDomains: ['ok.example', 'not a domain'] }, 'fromDomains.1'],
      [{ returnPathDomain: 'a@b' }, 'returnPathDomain'],
      [{ returnPathAddress: 'nobody' }, 'returnPathAddress'],
      [{ auth: { method: 'plain', user: '', password: 'x' } }, 'auth.user'],
    ] as const) {
      await expect(service.create(ctx, body(values))).rejects.toMatchObject({ property });
    }
  });

  it('refuses a stale write with the current state', async () => {
    const account = await service.create(ctx, body());
    await service.update(ctx, account.id, change({ version: 1, name: 'second' }));
    await expect(service.update(ctx, account.id, change({ version: 1, name: 'third' }))).rejects.toMatchObject({
      code: 'STALE_VERSION',
      extra: { current: { name: 'second', version: 2 } },
    });
  });

  it('does not exist for another workspace', async () => {
    const { id } = await service.create(ctx, body());
    const stranger = await workspace();
    for (const attempt of [
      () => service.get(stranger, id),
      () => service.update(stranger, id, change({ version: 1, name: 'x' })),
      () => service.remove(stranger, id),
      () => service.verify(stranger, id),
    ]) {
      await expect(attempt()).rejects.toMatchObject({ code: 'NOT_FOUND' });
    }
    expect((await service.list(stranger, page)).items).toEqual([]);
  });

  it('is listed by pages and by name', async () => {
    for (const name of ['a1', 'b', 'a2']) await service.create(ctx, body({ name }));
    const first = await service.list(ctx, PageQuery.parse({ limit: 2, count: 'true' }));
    expect(first).toMatchObject({ items: [{ name: 'a1' }, { name: 'b' }], total: 3 });
    const second = await service.list(ctx, PageQuery.parse({ limit: 2, cursor: first.nextCursor }));
    expect(second).toMatchObject({ items: [{ name: 'a2' }], nextCursor: null });
    expect((await service.list(ctx, PageQuery.parse({ q: 'A' }))).items).toHaveLength(2);
  });

  it('can not be removed while a campaign on its way goes over it', async () => {
    const { id } = await service.create(ctx, body());
    const campaign = await test.db.first<{ id: string }>(
      `INSERT INTO campaigns (workspace_id, name, status, content, audience, smtp_accounts)
       VALUES ($1, 'Frühling', 'sending', '{}', '{}', ARRAY[$2::bigint]) RETURNING id`,
      [ctx.workspaceId, id],
    );
    await expect(service.remove(ctx, id)).rejects.toMatchObject({ code: 'IN_USE' });
    await test.db.run(`UPDATE campaigns SET status = 'sent' WHERE id = $1`, [campaign?.id]);
    await service.remove(ctx, id);
    await expect(service.get(ctx, id)).rejects.toMatchObject({ code: 'NOT_FOUND' });
  });
});

describe('the sandbox account', () => {
  it('is there once, stands where the settings say, and can not be moved or removed', async () => {
    await ensureSandboxAccount(test.db, ctx.workspaceId);
    await ensureSandboxAccount(test.db, ctx.workspaceId);
    const { items } = await service.list(ctx, page);
    expect(items).toMatchObject([
      { kind: 'sandbox', host: '127.0.0.1', port: 2599, returnPathDomain: 'bounces.hongyan.test' },
    ]);
    const { id } = items[0]!;
    await expect(service.remove(ctx, id)).rejects.toMatchObject({ code: 'IN_USE' });
    await expect(service.update(ctx, id, change({ version: 1, host: 'evil.example' }))).rejects.toMatchObject({
      property: 'host',
    });
    expect(await service.update(ctx, id, change({ version: 1, limits: { perSecond: 5 } }))).toMatchObject({
      limits: { perSecond: 5 },
      host: '127.0.0.1',
    });
  });
});

describe('verify', () => {
  it('marks the account healthy, and says where bounces come back to', async () => {
    const port = await friendlyServer();
    const account = await service.create(
      ctx,
      body({ host: '127.0.0.1', port, security: 'none', auth: { method: 'none' }, fromDomains: ['news.example'] }),
    );
    await markAccountFailing(test.db, account.id, 'was down', 30);
    const result = await service.verify(ctx, account.id);
    expect(result.steps.map(({ name, ok }) => `${name} ${ok}`)).toEqual([
      ...['resolve true', 'connect true', 'greeting true', 'from true', 'recipient true', 'configuration true'],
    ]);
    expect(result.ok).toBe(true);
    expect(result.steps.at(-1)?.help).toContain('inbound listener');
    expect(await service.get(ctx, account.id)).toMatchObject({ health: 'ok', lastError: null });
  });

  it('lets an account that fails again rest twice as long, at most ten minutes, whoever else meets the failure', async () => {
    const { id } = await service.create(ctx, body());
    const restSeconds = async () => {
      await markAccountFailing(test.db, id, 'auth-failed: 535', 30);
      await markAccountFailing(test.db, id, 'auth-failed: 535 again', 30);
      const rests = await test.db.first<{ seconds: number }>(
        `WITH rest AS (SELECT retry_at - last_error_at AS length FROM smtp_accounts WHERE id = $1)
         UPDATE smtp_accounts SET last_error_at = last_error_at - (SELECT length FROM rest), retry_at = now()
         WHERE id = $1 RETURNING extract(epoch FROM (SELECT length FROM rest))::int AS seconds`,
        [id],
      );
      return rests?.seconds;
    };
    const rests = [];
    for (let time = 0; time < 7; time += 1) rests.push(await restSeconds());
    expect(rests).toEqual([30, 60, 120, 240, 480, 600, 600]);
    await markAccountOk(test.db, id);
    expect(await restSeconds()).toBe(30);
  });

  it('is forgotten when the settings it tried change, and for no other reason', async () => {
    const account = await service.create(ctx, body());
    await markAccountFailing(test.db, account.id, 'auth-failed: 535', 30);
    const paced = await service.update(ctx, account.id, change({ version: 1, limits: { perSecond: 2 }, weight: 3 }));
    expect(paced).toMatchObject({ health: 'failing', lastError: 'auth-failed: 535', limits: { perSecond: 2 } });
    const moved = await service.update(ctx, account.id, change({ version: 2, port: 994, security: 'tls' }));
    expect(moved).toMatchObject({ health: 'unknown', lastError: null });
    await markAccountFailing(test.db, account.id, 'auth-failed: 535', 30);
    const auth = { method: 'login', user: 'brand@163.com', password: 'another-1' };
    expect(await service.update(ctx, account.id, change({ version: 3, auth }))).toMatchObject({ health: 'unknown' });
  });

  it('marks it failing with the cause and the remedy', async () => {
    const account = await service.create(ctx, body({ host: '169.254.169.254', port: 25 }));
    const result = await service.verify(ctx, account.id);
    expect(result).toMatchObject({
      ok: false,
      steps: [{ name: 'resolve', diagnosis: 'address-not-allowed', help: expect.stringContaining('EGRESS_ALLOW') }, {}],
    });
    expect(await service.get(ctx, account.id)).toMatchObject({
      health: 'failing',
      lastError: expect.stringContaining('address-not-allowed'),
    });
  });

  it('tries settings that are not stored', async () => {
    const port = await friendlyServer();
    const settings = {
      host: '127.0.0.1',
      port,
      security: 'none',
      auth: { method: 'none' },
      returnPathDomain: 'b.example',
    };
    const result = await service.verifyUnsaved(body(settings));
    expect(result.ok).toBe(true);
    expect(result.steps.at(-1)).toMatchObject({ name: 'configuration', detail: 'Bounces come back to b.example.' });
  });
});

describe('the return path of an account that asks for VERP and names no place for it', () => {
  const loaderFor = (INBOUND_DOMAIN: string) =>
    new SendingAccountLoader(
      parseSettings({ DATABASE_URL: test.url, INBOUND_DOMAIN }),
      new Vault({ bytes: Buffer.alloc(32, 1) }),
    );
  const domainOf = async (loader: SendingAccountLoader) =>
    (await loader.load(test.db, ctx.workspaceId)).map(({ render }) => render.returnPathDomain);

  it('lies in the domain of the inbound listener once the operator has set a real one', async () => {
    await service.create(ctx, body());
    await service.create(ctx, body({ returnPathDomain: 'bounces.brand.cn' }));
    await service.create(ctx, body({ returnPathAddress: 'bounces@163.com' }));
    await service.create(ctx, body({ returnPath: 'account' }));
    expect(await domainOf(loaderFor('in.brand.cn'))).toEqual(['in.brand.cn', 'bounces.brand.cn', null, null]);
    expect(await domainOf(loaderFor('bounces.hongyan.test'))).toEqual([null, 'bounces.brand.cn', null, null]);
  });
});
