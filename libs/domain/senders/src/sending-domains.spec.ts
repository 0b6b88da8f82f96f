import { generateKeyPairSync } from 'node:crypto';
import { PageQuery, SendingDomainBody } from '#contracts';
import { parseSettings } from '#platform/config';
import { Vault } from '#platform/crypto';
import { createTestDatabase, startNameServer } from '#platform/testing';
import type { NameServer, TestDatabase } from '#platform/testing';
import type { RequestContext } from '#domain/workspaces';
import { SendingAccountLoader, SendingDomainsService, ensureSandboxAccount } from './index.js';

let test: TestDatabase;
let dns: NameServer;
let service: SendingDomainsService;
let loader: SendingAccountLoader;
let ctx: RequestContext;

beforeAll(async () => {
  test = await createTestDatabase();
  dns = await startNameServer();
  const settings = parseSettings({
    DATABASE_URL: test.url,
    DNS_SERVERS: dns.address,
    PUBLIC_URL: 'https://mail.brand.cn',
    TRACKING_URL: 'https://t.brand.cn',
  });
  const vault = new Vault({ bytes: Buffer.alloc(32, 1) });
  loader = new SendingAccountLoader(settings, vault);
  service = new SendingDomainsService(test.db, settings, vault, loader);
});
afterAll(async () => {
  await dns.close();
  await test.drop();
});
beforeEach(async () => {
  dns.records.clear();
  dns.silent = false;
  const row = await test.db.first<{ id: string }>(
    "INSERT INTO workspaces (name, locale, timezone) VALUES ('w', 'en', 'UTC') RETURNING id",
  );
  const actor = { type: 'key', id: '1', name: 'spec' } as const;
  ctx = { workspaceId: String(row?.id), actor, role: null, permissions: new Set() };
  await ensureSandboxAccount(test.db, ctx.workspaceId);
  await test.db.run(
    `INSERT INTO smtp_accounts (workspace_id, kind, name, host, port, security, auth_method, return_path,
       return_path_domain, connections, messages_per_connection)
     VALUES ($1, 'smtp', 'a', 'smtp.exmail.qq.com', 465, 'tls', 'none', 'verp', 'bounces.brand.cn', 1, 1)`,
    [ctx.workspaceId],
  );
});

const add = (change: object = {}) => service.create(ctx, SendingDomainBody.parse({ domain: 'Brand.cn', ...change }));
type Records = Awaited<ReturnType<typeof add>>['records'];
const states = (records: Records) =>
  Object.fromEntries(records.map(({ kind, name, code }) => [`${kind} ${name}`, code]));
/** Publishes what the screen says. */
function publish(records: Records): void {
  for (const { type, name, value } of records) dns.records.set(`${type} ${name}`, [type === 'A' ? '192.0.2.1' : value]);
}

it('says what to publish, and is verified once it is', async () => {
  const domain = await add();
  expect(domain.records.map(({ kind, type, name, state }) => [kind, type, name, state].join(' '))).toEqual([
    'dkim TXT hy1._domainkey.brand.cn unchecked',
    'spf TXT brand.cn unchecked',
    'spf TXT bounces.brand.cn unchecked',
    'dmarc TXT _dmarc.brand.cn unchecked',
    'return-path MX bounces.brand.cn unchecked',
    'tracking A t.brand.cn unchecked',
  ]);
  const missing = await service.check(ctx, domain.id);
  expect(missing.status).toBe('unverified');
  publish(missing.records);
  const found = await service.check(ctx, domain.id);
  expect({ status: found.status, codes: states(found.records) }).toEqual({
    status: 'verified',
    codes: {
      'dkim hy1._domainkey.brand.cn': 'DKIM_OK',
      'spf brand.cn': 'SPF_OK',
      'spf bounces.brand.cn': 'SPF_OK',
      'dmarc _dmarc.brand.cn': 'DMARC_OK',
      'return-path bounces.brand.cn': 'RETURN_PATH_OK',
      'tracking t.brand.cn': 'TRACKING_OK',
    },
  });
});

it('a name server that falls silent takes nobody’s domain away', async () => {
  const domain = await add();
  publish(domain.records);
  expect((await service.check(ctx, domain.id)).status).toBe('verified');
  dns.silent = true;
  expect((await service.check(ctx, domain.id)).status).toBe('verified');
  const other = await add({ domain: 'other.cn' });
  const asked = await service.check(ctx, other.id);
  expect([asked.status, asked.records[0]?.state]).toEqual(['unchecked', 'unanswered']);
}, 60_000);

it('the next key takes over by itself once it is published, and not before', async () => {
  const domain = await add();
  publish(domain.records);
  await service.check(ctx, domain.id);
  const before = (await loader.load(test.db, ctx.workspaceId))[0];
  const rotated = await service.rotate(ctx, domain.id);
  const next = rotated.records.find(({ kind }) => kind === 'dkim-next');
  expect(next).toMatchObject({ name: 'hy2._domainkey.brand.cn', state: 'unchecked' });
  expect((await service.check(ctx, domain.id)).status).toBe('verified');
  expect((await loader.load(test.db, ctx.workspaceId))[0]?.render.keys[0]?.selector).toBe('hy1');
  publish([next!]);
  await test.db.run('UPDATE sending_domains SET next_check_at = now() WHERE id = $1', [domain.id]);
  expect(await service.checkDue()).toBeGreaterThan(0);
  const after = (await loader.load(test.db, ctx.workspaceId))[0];
  expect(after?.render.keys[0]?.selector).toBe('hy2');
  expect(after?.renderKey).not.toBe(before?.renderKey);
  const { status, keys } = await service.get(ctx, domain.id);
  expect({ status, keys: keys.map(({ selector, state }) => `${selector} ${state}`) }).toEqual({
    status: 'verified',
    keys: ['hy1 retired', 'hy2 active'],
  });
  expect((await service.rotate(ctx, domain.id)).keys.map(({ selector, state }) => `${selector} ${state}`)).toEqual([
    ...['hy2 active', 'hy1 next'],
  ]);
});

it('takes a key of one’s own, and refuses what is no usable key or there already', async () => {
  const key = (type: 'ed25519' | 'x25519') =>
    generateKeyPairSync(type as 'ed25519')
      .privateKey.export({ type: 'pkcs8', format: 'pem' })
      .toString();
  const domain = await add({ privateKey: key('ed25519'), selector: 's1' });
  expect(domain.records[0]?.value).toMatch(/^v=DKIM1; k=ed25519; p=[A-Za-z0-9+/]{43}=$/);
  await expect(add()).rejects.toMatchObject({ code: 'ALREADY_EXISTS', property: 'domain' });
  const short = generateKeyPairSync('rsa', { modulusLength: 512 }).privateKey.export({ type: 'pkcs8', format: 'pem' });
  for (const privateKey of ['hello', key('x25519'), short.toString()]) {
    await expect(add({ domain: 'b.cn', privateKey })).rejects.toMatchObject({ property: 'privateKey' });
  }
  await expect(add({ domain: 'not a domain' })).rejects.toMatchObject({ property: 'domain' });
});

it('keys are sealed and never come out: not in answers, not in the audit log, not in the table', async () => {
  const domain = await add();
  const pem = (await loader.load(test.db, ctx.workspaceId))[0]?.render.keys[0]?.privateKeyPem ?? '';
  expect(pem).toContain('BEGIN PRIVATE KEY');
  const rows = await test.db.rows('SELECT encode(secret, $1) AS secret, record FROM dkim_keys', ['escape']);
  const audit = await test.db.rows('SELECT * FROM audit_log WHERE workspace_id = $1', [ctx.workspaceId]);
  const all = JSON.stringify([domain, await service.rotate(ctx, domain.id), rows, audit]);
  expect([all.includes('PRIVATE KEY'), all.includes(pem.slice(100, 140))]).toEqual([false, false]);
});

it('a key that does not open lets no account send unsigned', async () => {
  await add();
  const other = new SendingAccountLoader(
    parseSettings({ DATABASE_URL: test.url }),
    new Vault({ bytes: Buffer.alloc(32, 2) }),
  );
  const [sandbox] = await other.load(test.db, ctx.workspaceId);
  expect(sandbox?.health).toBe('failing');
  expect(() => sandbox?.target).toThrow('DKIM key of brand.cn');
});

it('lists by pages and forgets what is removed', async () => {
  const first = await add();
  await add({ domain: 'b.cn' });
  const page = await service.list(ctx, PageQuery.parse({ limit: 1, count: 'true' }));
  expect([page.items.map(({ domain }) => domain), page.total]).toEqual([['brand.cn'], 2]);
  await service.remove(ctx, first.id);
  await expect(service.get(ctx, first.id)).rejects.toMatchObject({ code: 'NOT_FOUND' });
  expect((await loader.load(test.db, ctx.workspaceId))[0]?.render.keys.map(({ domain }) => domain)).toEqual(['b.cn']);
});
