import { generateKeyPairSync } from 'node:crypto';
import { existsSync, readFileSync, readdirSync } from 'node:fs';
import path from 'node:path';
import { setUp, startProduct } from '../support/product.js';
import type { Product } from '../support/product.js';
import { until } from '../support/until.js';
import { readRoutes } from './openapi-routes.js';
import type { Route } from './openapi-routes.js';

const SMTP_PASSWORD = 'canary-smtp-Zk81vQ';
const UNSAVED_PASSWORD = 'canary-unsaved-Xw29bT';
const CHANGED_PASSWORD = 'canary-changed-Lp52mN';
const REFUSED_PASSWORD = 'canary-refused-Hd77yR';
const IMAP_PASSWORD = 'canary-imap-Qa63eS';
const OWNER_PASSWORD = 'correct horse battery';
const NEW_OWNER_PASSWORD = 'canary-owner-Vt04jK correct';

let product: Product;
let cookie = '';
let setupToken = '';
/** Text of every answer, by request. */
const answers: [string, string][] = [];

beforeAll(async () => {
  product = await startProduct({ env: { LOG_LEVEL: 'debug' } });
  setupToken = readFileSync(path.join(product.dataDir, 'setup-token'), 'utf8').trim();
  await setUp(product);
});
afterAll(() => product?.stop());

async function ask(method: string, route: string, body?: unknown, headers: Record<string, string> = {}): Promise<any> {
  const response = await fetch(`${product.url}/api/v1${route}`, {
    method,
    headers: {
      origin: product.url,
      cookie,
      ...(body === undefined ? {} : { 'content-type': 'application/json' }),
      ...headers,
    },
    ...(body === undefined ? {} : { body: JSON.stringify(body) }),
    signal: AbortSignal.timeout(30_000),
  });
  const text = await response.text();
  cookie = response.headers.getSetCookie()[0]?.split(';')[0] || cookie;
  answers.push([`${method} ${route}`, text]);
  return response.headers.get('content-type')?.includes('json') ? JSON.parse(text) : undefined;
}

it('no secret that was stored comes out in an answer, a row, a job, a log line or a file', async () => {
  const { routes } = await readRoutes(product);
  await ask('POST', '/auth/login', { email: 'owner@example.com', password: OWNER_PASSWORD });
  const session = cookie.split('=')[1]!;
  const dkim = generateKeyPairSync('rsa', { modulusLength: 2048 }).privateKey.export({ type: 'pkcs8', format: 'pem' });
  const apiKey = await exercise(routes, String(dkim));
  const canaries: Record<string, string> = {
    'password of an SMTP account': SMTP_PASSWORD,
    'password that replaced it': CHANGED_PASSWORD,
    'password of a refused change': REFUSED_PASSWORD,
    'password of unsaved settings': UNSAVED_PASSWORD,
    'password of a mailbox': IMAP_PASSWORD,
    'password of a person': NEW_OWNER_PASSWORD,
    'DKIM key': String(dkim).split('\n')[7]!,
    'API key': apiKey,
    session,
    'token of the set-up': setupToken,
  };
  expect(Object.entries(canaries).filter(([, secret]) => secret.length < 12)).toEqual([]);
  const leaks: string[] = [];
  for (const [what, secret] of Object.entries(canaries)) {
    for (const [request, text] of answers) {
      // The one answer that shows a key is the one that made it.
      if (text.includes(secret) && !(what === 'API key' && request === 'POST /api-keys'))
        leaks.push(`${what}: ${request}`);
    }
    for (const table of await tablesWith(secret)) leaks.push(`${what}: table ${table}`);
    for (const file of filesWith(secret)) leaks.push(`${what}: file ${file}`);
    // The link of the set-up is printed on purpose, and dead after its use.
    if (secret !== setupToken && product.output().includes(secret)) leaks.push(`${what}: printed`);
  }
  expect(leaks).toEqual([]);
  expect(answers.length).toBeGreaterThan(40);
  // It was looked for where such things stand: the address of the account's user is found in all of these places.
  expect(await tablesWith('canary-user')).toEqual(expect.arrayContaining(['public.smtp_accounts', 'public.audit_log']));
  expect(filesWith('hongyan').length + filesWith('ready').length).toBeGreaterThan(0);
}, 90_000);

/** Does with the secrets what people do, and what they do wrong. @returns an API key */
async function exercise(routes: readonly Route[], privateKey: string): Promise<string> {
  const account = {
    name: 'canary',
    host: '127.0.0.1',
    port: 1,
    security: 'none',
    auth: { method: 'plain', user: 'canary-user', password: SMTP_PASSWORD },
    returnPathDomain: 'bounces.brand.example',
  };
  const domain = await ask('POST', '/sending-domains', { domain: 'brand.example', selector: 's1', privateKey });
  expect(domain.keys).toHaveLength(1);
  await ask('POST', '/sending-domains', { domain: 'brand.example', privateKey });
  const idempotent = { 'idempotency-key': 'canary' };
  const made = await ask('POST', '/smtp-accounts', account, idempotent);
  expect(made.auth).toEqual({ method: 'plain', user: 'canary-user', passwordSet: true });
  await ask('POST', '/smtp-accounts', account, idempotent);
  await ask('POST', '/smtp-accounts', { ...account, port: 'wrong' });
  await ask('POST', `/smtp-accounts/${made.id}/verify`);
  await ask('POST', '/smtp-accounts/verify', { ...account, auth: { ...account.auth, password: UNSAVED_PASSWORD } });
  const auth = { ...account.auth, password: CHANGED_PASSWORD };
  const changed = await ask('PATCH', `/smtp-accounts/${made.id}`, { version: made.version, auth });
  expect(changed.version).toBe(made.version + 1);
  const refused = { ...account.auth, password: REFUSED_PASSWORD };
  await ask('PATCH', `/smtp-accounts/${made.id}`, { version: 1_000, auth: refused });
  await ask('PATCH', `/smtp-accounts/${made.id}`, { version: changed.version, host: 'evil.example' });

  const box = { name: 'canary', protocol: 'imap', host: '127.0.0.1', port: 1, security: 'none' };
  const mailbox = await ask('POST', '/mailboxes', {
    ...box,
    auth: { method: 'password', user: 'canary-user', password: IMAP_PASSWORD },
  });
  await ask('POST', `/mailboxes/${mailbox.id}/verify`);
  await until(async () => (await ask('GET', `/mailboxes/${mailbox.id}`)).state === 'error', {
    what: 'the reader to fail',
  });

  const { key } = await ask('POST', '/api-keys', { name: 'canary', scopes: ['read'] }, { 'idempotency-key': 'key' });
  await ask('GET', '/lists', undefined, { cookie: '', authorization: `Bearer ${key}` });
  await ask('POST', '/auth/password', { currentPassword: OWNER_PASSWORD, newPassword: NEW_OWNER_PASSWORD });
  await ask('POST', '/auth/login', { email: 'owner@example.com', password: `${NEW_OWNER_PASSWORD}!` });
  await ask('POST', '/auth/login', { email: 'owner@example.com', password: NEW_OWNER_PASSWORD });
  await campaignOver(made.id);
  const ids: Record<string, string> = { 'smtp-accounts': made.id, mailboxes: mailbox.id };
  for (const route of routes) {
    const collection = /\/([\w-]+)\/\{id\}/.exec(route.path)?.[1] ?? '';
    if (route.method === 'GET' && route.path !== '/events') {
      await ask('GET', route.path.replace('{id}', ids[collection] ?? '1'));
    }
  }
  await ask('DELETE', `/mailboxes/${mailbox.id}`);
  return key;
}

/** A campaign whose messages are to go over the account, which refuses the connection: the sender handles its secrets. */
async function campaignOver(account: string): Promise<void> {
  const list = await ask('POST', '/lists', { name: 'canary' });
  const lists = [{ id: list.id, consent: { source: 'test' } }];
  await ask('POST', '/contacts', { email: 'somebody@rcpt.hongyan-e2e.org', lists });
  const campaign = await ask('POST', '/campaigns', {
    name: 'canary',
    from: { name: 'Shop', address: 'news@brand.example' },
    content: { subject: 'Hello', html: '<p>Hello {{email}}</p>' },
    audience: { lists: [list.id] },
    smtpAccounts: [account],
  });
  await ask('POST', `/campaigns/${campaign.id}/test`, { to: ['a@rcpt.hongyan-e2e.org'] });
  expect((await ask('POST', `/campaigns/${campaign.id}/start`)).status).toBe('sending');
  await until(async () => (await ask('GET', `/smtp-accounts/${account}`)).health === 'failing', {
    what: 'the sender to have tried the account',
    detail: () => product.output(),
  });
  await ask('POST', `/campaigns/${campaign.id}/cancel`);
}

/** Tables of every schema, the queue's among them, with a row that holds this text, plain or in bytes. */
async function tablesWith(text: string): Promise<string[]> {
  const tables = await product.sql<{ name: string }>(
    `SELECT format('%I.%I', schemaname, tablename) AS name FROM pg_tables
     WHERE schemaname NOT IN ('pg_catalog', 'information_schema')`,
  );
  expect(tables.length).toBeGreaterThan(20);
  const forms = [text, Buffer.from(text).toString('hex'), Buffer.from(text).toString('base64').slice(0, -4)];
  const found = await product.sql<{ name: string }>(
    tables
      .map(({ name }) => `SELECT '${name}' AS name WHERE EXISTS (SELECT 1 FROM ${name} t WHERE t::text LIKE ANY ($1))`)
      .join(' UNION ALL '),
    [forms.map((form) => `%${form.replace(/[\\%_]/g, '\\$&')}%`)],
  );
  return found.map(({ name }) => name);
}

/** Files of the data folder, the database's own left out: it is searched by its tables. */
function filesWith(text: string, dir = product.dataDir): string[] {
  return readdirSync(dir, { withFileTypes: true }).flatMap((entry) => {
    const file = path.join(dir, entry.name);
    if (entry.isDirectory()) return entry.name === 'postgres' ? [] : filesWith(text, file);
    return entry.isFile() && existsSync(file) && readFileSync(file, 'latin1').includes(text) ? [file] : [];
  });
}
