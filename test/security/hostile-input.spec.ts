import type { ApiClient, ApiFailure } from '../support/api-client.js';
import { setUp, startProduct } from '../support/product.js';
import type { Product } from '../support/product.js';
import {
  HOSTILE_BODIES,
  HOSTILE_CURSORS,
  HOSTILE_IDS,
  HOSTILE_QUERIES,
  HOSTILE_VALUES,
  pathsOf,
  withValue,
} from './hostile-values.js';
import { collectionOf, readRoutes } from './openapi-routes.js';
import type { Route, Schema } from './openapi-routes.js';
import { makeThings, sampleOf } from './workspace-things.js';
import type { Things } from './workspace-things.js';

/** Routes asked at the same time. */
const LANES = 6;
/** Hostile values tried at each place of each body; which ones is drawn with the seed. */
const VALUES_PER_PLACE = 5;
const SEED = 20_261_122;
/** What only somebody signed in can have; a key is refused before anything else is looked at. */
const A_PERSONS_OWN = /^\/saved-views/;

let product: Product;
let session: ApiClient;
let key: string;
let things: Things;
let routes: Route[];
let resolve: (schema: Schema) => Schema;

beforeAll(async () => {
  product = await startProduct({ env: { LOG_LEVEL: 'warn' } });
  session = await setUp(product);
  things = await makeThings(session, 'own');
  ({ key } = await session.post('/api-keys', { name: 'fuzzer', scopes: ['admin'] }));
  ({ routes, resolve } = await readRoutes(product));
});
afterAll(() => product?.stop());

/** What a hostile request was and what it got. */
interface Asked {
  route: string;
  what: string;
  status: number;
  text: string;
}

/** A refused upload may be cut off before the client has read the answer: an end of its own, and no fault. */
const CUT_OFF = 0;

async function ask(route: Route, what: string, path: string, init: RequestInit = {}): Promise<Asked> {
  try {
    return await answerTo(route, what, path, init);
  } catch (error) {
    const { code = '' } = ((error as Error).cause ?? {}) as { code?: string };
    const uploading = init.body !== undefined && typeof init.body !== 'string';
    if (!uploading || !['EPIPE', 'ECONNRESET', 'UND_ERR_SOCKET'].includes(code)) throw error;
    return { route: route.name, what: what.slice(0, 150), status: CUT_OFF, text: '' };
  }
}

async function answerTo(route: Route, what: string, path: string, init: RequestInit): Promise<Asked> {
  const response = await fetch(`${product.url}/api/v1${path}`, {
    method: route.method,
    ...init,
    headers: {
      ...(A_PERSONS_OWN.test(route.path) ? session.headers() : { authorization: `Bearer ${key}` }),
      // The server closes an idle connection after five seconds; on a busy machine that meets the next request on it.
      connection: 'close',
      ...(typeof init.body === 'string' ? { 'content-type': 'application/json' } : {}),
      ...init.headers,
    },
    signal: AbortSignal.timeout(30_000),
  });
  return {
    route: route.name,
    what: what.slice(0, 150),
    status: response.status,
    text: (await response.text()).slice(0, 300),
  };
}

/** 5xx is a fault of ours, whatever was sent. */
function faults(asked: readonly Asked[]): string[] {
  return lines(asked.filter(({ status }) => status >= 500));
}

function lines(asked: readonly Asked[]): string[] {
  return asked.map(({ route, status, what }) => `${route} answered ${status} to ${what}`);
}

/** Runs `work` over the routes, a few at a time and each route's own requests one after the other. */
async function overRoutes(over: readonly Route[], work: (route: Route) => Promise<Asked[]>): Promise<Asked[]> {
  const waiting = [...over];
  const lane = async (): Promise<Asked[]> => {
    const asked: Asked[] = [];
    for (let route = waiting.shift(); route; route = waiting.shift()) asked.push(...(await work(route)));
    return asked;
  };
  return (await Promise.all(Array.from({ length: LANES }, lane))).flat();
}

/** The same draws every time (mulberry32). */
function seeded(seed: number): () => number {
  let state = seed;
  return () => {
    state = (state + 0x6d2b79f5) | 0;
    let mixed = Math.imul(state ^ (state >>> 15), 1 | state);
    mixed = (mixed + Math.imul(mixed ^ (mixed >>> 7), 61 | mixed)) ^ mixed;
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 2 ** 32;
  };
}

function concrete(route: Route): string {
  return route.path.replace('{id}', things[collectionOf(route) ?? ''] ?? '1');
}

it('no route answers 5xx to hostile values anywhere in its JSON body', async () => {
  const withBody = routes.filter((route) => route.body && !route.path.startsWith('/auth/'));
  expect(withBody.length).toBeGreaterThan(20);
  let accepted = 0;
  const asked = await overRoutes(withBody, async (route) => {
    // Of each route's own, so that the routes beside it change nothing.
    const draw = seeded(SEED + withBody.indexOf(route));
    const done: Asked[] = [];
    const schema = route.body ?? {};
    const send = async (what: string, body: string) => {
      const one = await ask(route, what, concrete(route), { body });
      if (one.status < 300) accepted += 1;
      done.push(one);
    };
    for (const body of HOSTILE_BODIES) await send(`body ${body}`, body);
    for (const path of pathsOf(sampleOf(schema, things, resolve))) {
      const values = [...HOSTILE_VALUES].sort(() => draw() - 0.5).slice(0, VALUES_PER_PLACE);
      for (const value of values) {
        const sample = await currentSample(route, schema);
        const body = withValue(sample, path, value);
        await send(`${path.join('.')} in ${body}`, body);
      }
    }
    return done;
  });
  expect(faults(asked)).toEqual([]);
  expect(asked.length).toBeGreaterThan(1_000);
  // Single faults in bodies that are otherwise right reach behind the validation.
  expect(accepted).toBeGreaterThan(80);
}, 90_000);

/** A PATCH names the version it has read; of what can't be read (a route without GET, a thing nobody made) any. */
async function currentSample(route: Route, schema: Schema): Promise<unknown> {
  const sample = sampleOf(schema, things, resolve) as Record<string, unknown>;
  if (route.method !== 'PATCH' || sample.version === undefined) return sample;
  const version = await session.get<{ version: number }>(concrete(route)).then(
    (thing) => thing.version,
    (error: ApiFailure) => {
      if (error.status !== 404) throw error;
      return sample.version;
    },
  );
  return { ...sample, version };
}

it('no route answers 5xx to hostile ids, and none of them is found', async () => {
  const withId = routes.filter((route) => route.path.includes('{id}'));
  expect(withId.length).toBeGreaterThan(30);
  const asked = await overRoutes(withId, (route) =>
    Promise.all(
      HOSTILE_IDS.map((id) => {
        const body = route.body ? JSON.stringify(sampleOf(route.body, things, resolve)) : null;
        return ask(
          route,
          `id ${id}`,
          route.path.replace('{id}', id),
          route.multipart ? { body: upload('a,b') } : { body },
        );
      }),
    ),
  );
  expect(lines(asked.filter(({ status }) => ![400, 404, 422].includes(status)))).toEqual([]);
});

it('no route answers 5xx to hostile query parameters', async () => {
  const withQuery = routes.filter((route) => route.method === 'GET' && route.path !== '/events');
  const asked = await overRoutes(withQuery, (route) =>
    Promise.all(
      [...route.query, 'no_such_parameter', '__proto__'].flatMap((name) =>
        (name === 'cursor' ? HOSTILE_CURSORS : HOSTILE_QUERIES).flatMap((value) => [
          ask(route, `${name}=${value}`, `${concrete(route)}?${name}=${value}`),
          ...(value === '0' ? [ask(route, `${name} twice`, `${concrete(route)}?${name}=1&${name}=2`)] : []),
        ]),
      ),
    ),
  );
  expect(faults(asked)).toEqual([]);
  expect(asked.length).toBeGreaterThan(400);
}, 180_000);

it('no upload answers 5xx, whatever its parts are', async () => {
  const uploads = routes.filter((route) => route.multipart);
  expect(uploads.length).toBeGreaterThan(3);
  const options = HOSTILE_VALUES.flatMap((value) => [
    withValue({ consent: { source: 'x' }, mapping: 0 }, ['mapping'], value),
    withValue({ consent: { source: 'x' } }, ['consent', 'source'], value),
    withValue({ consent: { source: 'x' }, tags: [''] }, ['tags', 0], value),
  ]);
  const files = [
    '',
    '\0\0\0',
    'email\n',
    `email\n"${'x'.repeat(100_000)}`,
    ','.repeat(5_000),
    '\ufeff',
    'GIF89a',
    '\x89PNG\r\n\x1a\n',
  ];
  const asked = await overRoutes(uploads, async (route) => {
    const done: Asked[] = [];
    const send = async (what: string, body: string | FormData | Buffer, headers = {}) =>
      done.push(await ask(route, what, concrete(route), { body, headers }));
    const read = route.path.includes('/imports') ? options : options.slice(0, 9);
    for (const each of read) await send(`options ${each}`, upload('email\na@example.com\n', each));
    for (const each of files) await send(`file ${each.slice(0, 20)}`, upload(each, '{"consent":{"source":"x"}}'));
    for (const name of ['', '\0', '../../etc/passwd', 'x'.repeat(5_000), 'a\r\nb: c', '\ud800']) {
      await send(`name ${name.slice(0, 20)}`, upload('email\na@example.com\n', '{"consent":{"source":"x"}}', name));
    }
    const raw = { 'content-type': 'multipart/form-data; boundary=b' };
    await send('no boundary', Buffer.from('--b'), { 'content-type': 'multipart/form-data' });
    await send('no end', Buffer.from('--b\r\nContent-Disposition: form-data; name="file"; filename="a"\r\n\r\nx'), raw);
    await send('no head', Buffer.from('--b\r\n\r\n\r\n--b--\r\n'), raw);
    await send('JSON', '{}', { 'content-type': 'application/json' });
    return done;
  });
  expect(faults(asked)).toEqual([]);
}, 180_000);

function upload(content: string, options?: string, name = 'a.csv'): FormData {
  const form = new FormData();
  if (options !== undefined) form.set('options', options);
  form.set('file', new Blob([content]), name);
  return form;
}

it('hostile headers are refused, not stumbled over', async () => {
  const get = { method: 'GET', path: '/lists', name: 'GET /lists' } as Route;
  const post = { method: 'POST', path: '/tags', name: 'POST /tags' } as Route;
  const asked: Asked[] = [];
  for (const value of ['', 'x', '-1', '9'.repeat(19), '9'.repeat(5_000), '1, 1', '\xff']) {
    asked.push(await ask(get, `workspace ${value}`, '/lists', { headers: { 'x-workspace': value } }));
    asked.push(
      await ask(post, `key ${value}`, '/tags', { body: '{"name":"t"}', headers: { 'idempotency-key': value } }),
    );
    asked.push(await ask(get, `bearer ${value}`, '/lists', { headers: { authorization: `Bearer ${value}` } }));
    asked.push(
      await ask(get, `cookie ${value}`, '/lists', { headers: { authorization: '', cookie: `hongyan=${value}` } }),
    );
  }
  const deep = `{"name":${'['.repeat(400_000)}${']'.repeat(400_000)}}`;
  asked.push(await ask(post, 'deep with a key', '/tags', { body: deep, headers: { 'idempotency-key': 'deep' } }));
  expect(faults(asked)).toEqual([]);
});

it('nothing of it has ended a process or polluted another request', async () => {
  expect(product.output()).not.toMatch(/ended|restart/i);
  expect(await session.get('/auth/me')).not.toHaveProperty('polluted');
  expect((await fetch(`${product.url}/health/ready`)).status).toBe(200);
});
