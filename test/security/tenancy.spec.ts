import { API_SCOPES, ROLE_PERMISSIONS, SCOPE_PERMISSIONS } from '#contracts';
import type { Permission } from '#contracts';
import { ApiClient } from '../support/api-client.js';
import { setUp, startProduct } from '../support/product.js';
import type { Product } from '../support/product.js';
import { pathsOf } from './hostile-values.js';
import { collectionOf, readRoutes } from './openapi-routes.js';
import type { Route, Schema } from './openapi-routes.js';
import { makeThings, sampleOf } from './workspace-things.js';
import type { Things } from './workspace-things.js';

let product: Product;
let routes: Route[];
let resolve: (schema: Schema) => Schema;
/** The owner of both workspaces, by session. */
let owner: ApiClient;
let cookie: string;
let one: Things;
let two: Things;
let keyOne: string;
let keyTwo: string;

beforeAll(async () => {
  product = await startProduct();
  owner = await setUp(product);
  ({ routes, resolve } = await readRoutes(product));
  one = await makeThings(owner, 'one');
  keyOne = (await owner.post('/api-keys', { name: 'all of one', scopes: ['admin'] })).key;
  cookie = await signIn('owner@example.com');
  const second = await owner.post('/workspaces', { name: 'two' });
  const made = await call('POST', '/api-keys', {
    session: cookie,
    workspace: second.id,
    body: { name: 'all of two', scopes: ['admin'] },
  });
  keyTwo = (JSON.parse(made.text) as { key: string }).key;
  two = await makeThings(new ApiClient(product.url, keyTwo), 'two');
  one['saved-views'] = await viewOf(one, 'one');
  two['saved-views'] = await viewOf(two, 'two');
  one.inbound = await inboundOf(one.workspaces!, 'one');
  two.inbound = await inboundOf(two.workspaces!, 'two');
  one.replies = await threadOf(one, 'one');
  two.replies = await threadOf(two, 'two');
});
afterAll(() => product?.stop());

/** A person's own, which a key can't make. */
async function viewOf({ workspaces }: Things, mark: string): Promise<string> {
  const body = { page: 'contacts', name: `view ${mark}`, query: 'status=active' };
  const { text } = await call('POST', '/saved-views', { session: cookie, workspace: workspaces!, body });
  return (JSON.parse(text) as { id: string }).id;
}

async function inboundOf(workspace: string, mark: string): Promise<string> {
  const [row] = await product.sql<{ id: string }>(
    `INSERT INTO inbound_messages (workspace_id, envelope, raw, content_hash, status, subject)
     VALUES ($1, '{}', 'raw', '', 'review', $2) RETURNING id`,
    [workspace, `subject ${mark}`],
  );
  return row!.id;
}

async function threadOf({ workspaces, inbound }: Things, mark: string): Promise<string> {
  const [row] = await product.sql<{ id: string }>(
    `WITH made AS (
       INSERT INTO reply_threads (workspace_id, key, address, name, kind, state, last_at)
       VALUES ($1, $2, $2, $2, 'reply', 'new', now()) RETURNING id
     )
     INSERT INTO reply_mails (thread_id, inbound_message_id, kind, matched, text, received_at)
     SELECT id, $3, 'reply', 'token', $2, now() FROM made RETURNING thread_id AS id`,
    [workspaces, `${mark}@example.com`, inbound],
  );
  return row!.id;
}

interface Call {
  key?: string;
  session?: string;
  workspace?: string;
  body?: unknown;
}

async function call(method: string, path: string, { key, session, workspace, body }: Call) {
  const response = await fetch(`${product.url}/api/v1${path}`, {
    method,
    headers: {
      ...(key ? { authorization: `Bearer ${key}` } : {}),
      ...(session ? { cookie: session, origin: product.url } : {}),
      ...(workspace ? { 'x-workspace': workspace } : {}),
      ...(body !== undefined && !(body instanceof FormData) ? { 'content-type': 'application/json' } : {}),
    },
    ...(body === undefined ? {} : { body: body instanceof FormData ? body : JSON.stringify(body) }),
    signal: AbortSignal.timeout(30_000),
  });
  return { status: response.status, text: await response.text(), cookies: response.headers.getSetCookie() };
}

async function signIn(email: string): Promise<string> {
  const { cookies } = await call('POST', '/auth/login', { body: { email, password: 'correct horse battery' } });
  return cookies[0]!.split(';')[0]!;
}

/** The sandbox mail server is the installation's, not a workspace's: its messages have no tenant. */
const isSandbox = (route: Route) => route.path.startsWith('/sandbox/');

function bodyFor(route: Route, things: Things): unknown {
  if (route.body) return sampleOf(route.body, things, resolve);
  if (!route.multipart) return undefined;
  const form = new FormData();
  form.set('options', '{"consent":{"source":"x"}}');
  form.set('file', new Blob(['email\na@example.com\n']), 'a.csv');
  return form;
}

/** What a route must be asked beside the id. */
const QUESTIONS: Record<string, string> = {
  'GET /campaigns/{id}/missing-data': '?variable=name',
  'GET /campaigns/{id}/report/timeline': '?window=48h',
  // A letter of both names.
  'GET /search': '?q=o',
};

/** Everything a workspace shows in its lists, as text. */
async function everythingOf(key: string): Promise<Record<string, string>> {
  const shown: Record<string, string> = {};
  for (const route of routes) {
    if (route.method !== 'GET' || /\{(id|token)\}/.test(route.path) || isSandbox(route)) continue;
    // The starters are the product's own, and how the installation does is nobody's.
    if (/^\/(events|auth|saved-views|setup|system|templates\/starters)/.test(route.path)) continue;
    // When a key was used last changes with every question.
    const text = (await call('GET', `${route.path}${QUESTIONS[route.name] ?? ''}`, { key })).text.replace(
      /"lastUsedAt":"[^"]+"/g,
      '',
    );
    shown[route.path] = route.path === '/sending' ? withoutFigures(text) : text;
  }
  return shown;
}

/** The live view moves with every answer of a server; what stays is whose accounts it shows. */
function withoutFigures(text: string): string {
  const { items = [] } = JSON.parse(text) as { items?: { id: string; name: string }[] };
  return JSON.stringify(items.map(({ id, name }) => ({ id, name })));
}

it('every route with an id answers 404 for an id of another workspace, to its key and its session', async () => {
  const before = await everythingOf(keyOne);
  const withId = routes.filter((route) => route.path.includes('{id}') && !isSandbox(route));
  expect(withId.length).toBeGreaterThan(40);
  const answered: string[] = [];
  for (const route of withId) {
    const collection = collectionOf(route)!;
    const id = one[collection];
    if (!id) throw new Error(`Make one of ${collection} in workspace-things.ts, so that ${route.name} is tested.`);
    const path = `${route.path.replace('{id}', id).replace('{variant}', '1')}${QUESTIONS[route.name] ?? ''}`;
    // What is a person's own is refused to every key.
    const callers: [string, Call][] = permissionOf(route) === 'account' ? [] : [['key', { key: keyTwo }]];
    // The owner may enter both, so that the id of a workspace is theirs wherever they ask from.
    if (collection !== 'workspaces') callers.push(['session', { session: cookie, workspace: two.workspaces! }]);
    for (const [who, caller] of callers) {
      const { status } = await call(route.method, path, { ...caller, body: bodyFor(route, two) });
      if (status !== 404) answered.push(`${route.name} answered ${status} to the ${who} of another workspace`);
    }
  }
  expect(answered).toEqual([]);
  expect(await everythingOf(keyOne)).toEqual(before);
}, 60_000);

it('no list shows a row of another workspace', async () => {
  const [ofOne, ofTwo] = [await everythingOf(keyOne), await everythingOf(keyTwo)];
  const telling = Object.keys(ofOne).filter((path) => /[ "/]one\b|\bone[-@]/.test(ofOne[path]!));
  // Each collection that has names is among them, or the marks would prove nothing.
  expect(telling).toEqual(
    expect.arrayContaining(['/contacts', '/lists', '/purchases', '/campaigns', '/templates', '/inbound', '/mailboxes']),
  );
  for (const path of telling) {
    expect({ path, shows: /[ "/]one\b|\bone[-@]/.test(ofTwo[path]!) }).toEqual({ path, shows: false });
    expect({ path, shows: /[ "/]two\b|\btwo[-@]/.test(ofOne[path]!) }).toEqual({ path, shows: false });
  }
});

it('an id of another workspace inside a body changes and reveals nothing there', async () => {
  const before = await everythingOf(keyOne);
  const revealed: string[] = [];
  let tried = 0;
  for (const route of routes.filter((each) => each.body)) {
    for (const place of placesOfIds(sampleOf(route.body!, two, resolve))) {
      const body = JSON.stringify(sampleOf(route.body!, two, resolve));
      const foreign = foreignId(place, body);
      const path = route.path.replace('{id}', two[collectionOf(route) ?? ''] ?? '1');
      const { text, status } = await call(route.method, path, { key: keyTwo, body: foreign });
      tried += 1;
      if (status >= 500 || /[ "/]one\b|\bone[-@]/.test(text))
        revealed.push(`${route.name} ${place.join('.')}: ${status} ${text.slice(0, 200)}`);
    }
  }
  expect(revealed).toEqual([]);
  expect(tried).toBeGreaterThan(10);
  expect(await everythingOf(keyOne)).toEqual(before);
  const audience = await call('POST', '/campaigns/audience', {
    key: keyTwo,
    body: { audience: { lists: [one.lists] } },
  });
  expect(JSON.parse(audience.text)).toMatchObject({ candidates: 0, prepared: 0 });
}, 60_000);

function placesOfIds(sample: unknown): (string | number)[][] {
  const ids = new Set(Object.values(two));
  return pathsOf(sample).filter((path) => ids.has(at(sample, path) as string));
}

function at(value: unknown, path: readonly (string | number)[]): unknown {
  return path.reduce<unknown>((inner, key) => (inner as Record<string | number, unknown>)[key], value);
}

/** The same body with the id at this place replaced by the other workspace's of the same collection. */
function foreignId(path: readonly (string | number)[], body: string): unknown {
  const copy = JSON.parse(body) as unknown;
  const parent = at(copy, path.slice(0, -1)) as Record<string | number, unknown>;
  const key = path.at(-1)!;
  const name = path.findLast((part) => typeof part === 'string' && part !== 'id') as string;
  const collection = Object.keys(two).find(
    (each) => two[each] === parent[key] && each.includes(name.slice(0, 3).toLowerCase()),
  );
  parent[key] = one[collection ?? Object.keys(two).find((each) => two[each] === parent[key])!];
  return copy;
}

/** Which permissions guard what, by the first part of the path; a new part has to be entered here. */
const RESOURCE: Record<string, string> = {
  contacts: 'contacts',
  lists: 'contacts',
  segments: 'contacts',
  fields: 'contacts',
  tags: 'contacts',
  imports: 'contacts',
  cleanings: 'contacts',
  sunset: 'contacts',
  suppressions: 'contacts',
  purchases: 'contacts',
  hygiene: 'contacts',
  templates: 'content',
  forms: 'contacts',
  archive: 'campaigns',
  'saved-blocks': 'content',
  images: 'content',
  attachments: 'content',
  campaigns: 'campaigns',
  rehearsals: 'campaigns',
  shares: 'campaigns',
  activity: 'campaigns',
  dashboard: 'campaigns',
  messages: 'messages',
  'smtp-accounts': 'senders',
  'sending-domains': 'senders',
  sending: 'senders',
  mailboxes: 'senders',
  sandbox: 'senders',
  inbound: 'inbound',
  replies: 'inbound',
  phrases: 'inbound',
};
/** They only look, though they have a body. */
const READING_POSTS = [
  'POST /campaigns/audience',
  'POST /campaigns/zones',
  'POST /contacts/export.csv',
  'POST /segments/preview',
  'POST /segments/{id}/count',
  'POST /templates/preview',
  'POST /templates/mjml',
  'POST /templates/{id}/preview',
  'POST /hygiene/{rule}/preview',
];

const OWN_WORKSPACES = ['POST /workspaces', 'POST /workspaces/demo'];

function permissionOf({ method, path, name }: Route): Permission {
  const part = path.split('/')[1]!;
  // A person may make workspaces of their own, wherever they are a member.
  if (['auth', 'events', 'saved-views'].includes(part) || OWN_WORKSPACES.includes(name)) return 'account';
  if (part === 'api-keys' || part === 'system') return 'workspace.admin';
  if (part === 'search') return 'workspace.read';
  if (part === 'workspaces') return method === 'GET' ? 'workspace.read' : 'workspace.admin';
  const resource = RESOURCE[part];
  if (!resource) throw new Error(`Enter in RESOURCE which permission guards ${name}.`);
  return `${resource}.${method === 'GET' || READING_POSTS.includes(name) ? 'read' : 'write'}` as Permission;
}

/** Which guarded routes a caller may not use, by what they answer; the id is nobody's. */
async function refusedTo(caller: Call, over: readonly Route[]): Promise<string[]> {
  const refused: string[] = [];
  for (const route of over) {
    const path = route.path.replace('{id}', '9223372036854775807');
    const { status } = await call(route.method, path, { ...caller, body: route.method === 'GET' ? undefined : {} });
    expect({ route: route.name, is401: status === 401, is5xx: status >= 500 }).toEqual({
      route: route.name,
      is401: false,
      is5xx: false,
    });
    if (status === 403) refused.push(route.name);
  }
  return refused;
}

it('an API key is refused every route outside its scopes and no other', async () => {
  const guarded = routes.filter((route) => !route.open);
  for (const scope of API_SCOPES) {
    const { key } = await owner.post('/api-keys', { name: scope, scopes: [scope] });
    const outside = guarded.filter((route) => !SCOPE_PERMISSIONS[scope].includes(permissionOf(route)));
    expect(outside.length).toBeGreaterThan(0);
    expect({ scope, refused: await refusedTo({ key }, guarded) }).toEqual({
      scope,
      refused: outside.map(({ name }) => name),
    });
  }
}, 60_000);

it('a member is refused what only an owner may, and every other workspace', async () => {
  const [user] = await product.sql<{ id: string }>(
    `INSERT INTO users (email, name, password_hash, locale, timezone)
     SELECT 'member@example.com', 'm', password_hash, locale, timezone FROM users LIMIT 1 RETURNING id`,
  );
  await product.sql(`INSERT INTO workspace_members VALUES ($1, $2, 'member')`, [one.workspaces, user!.id]);
  const session = await signIn('member@example.com');
  // A stream stays open, and a log-out ends the session.
  const guarded = routes.filter((route) => !route.open && !/^\/(events|auth\/logout)/.test(route.path));
  const outside = guarded.filter((route) => !ROLE_PERMISSIONS.member.includes(permissionOf(route)));
  expect(outside.length).toBeGreaterThan(5);
  expect(await refusedTo({ session }, guarded)).toEqual(outside.map(({ name }) => name));
  const { status, text } = await call('GET', '/contacts', { session, workspace: two.workspaces! });
  expect([status, text.includes('two')]).toEqual([404, false]);
}, 60_000);

it('a key works until it is revoked or expires, and not a moment longer', async () => {
  const make = () => owner.post<{ id: string; key: string }>('/api-keys', { name: 'short', scopes: ['read'] });
  const status = async (key: string) => (await call('GET', '/lists', { key })).status;
  const [revoked, expired] = [await make(), await make()];
  expect([await status(revoked.key), await status(expired.key)]).toEqual([200, 200]);
  await owner.delete(`/api-keys/${revoked.id}`);
  await product.sql(`UPDATE api_keys SET expires_at = now() - interval '1 second' WHERE id = $1`, [expired.id]);
  expect([await status(revoked.key), await status(expired.key)]).toEqual([401, 401]);
  expect([await status(`${keyOne}x`), await status(keyOne.slice(0, -1))]).toEqual([401, 401]);
  // A key of one workspace cannot name another.
  expect((await call('GET', '/lists', { key: keyOne, workspace: two.workspaces! })).status).toBe(404);
});
