import type { OpenAPIObject } from '@nestjs/swagger';
import { RunningApi } from '../testing/running-api.js';

/** Routes that anyone may call, each for a reason; all others refuse an anonymous caller. */
const PUBLIC = [
  ...['GET /setup', 'POST /setup', 'POST /auth/login', 'POST /auth/password/forgot', 'POST /auth/password/reset'],
  'GET /shared-reports/{token}',
];

let api: RunningApi;
let document: OpenAPIObject;
beforeAll(async () => {
  api = await RunningApi.start();
  document = (await (await fetch(`${api.url}/api/openapi.json`)).json()) as OpenAPIObject;
});
afterAll(() => api.stop());

function routes(): { method: string; path: string }[] {
  return Object.entries(document.paths).flatMap(([path, item]) =>
    (['get', 'post', 'put', 'patch', 'delete'] as const)
      .filter((method) => item[method])
      .map((method) => ({ method: method.toUpperCase(), path: path.replace(/^\/api\/v1/, '') })),
  );
}

describe('the OpenAPI document', () => {
  it('names routes of which every one but the public refuses an anonymous caller', async () => {
    const guarded = routes().filter(({ method, path }) => !PUBLIC.includes(`${method} ${path}`));
    expect(guarded.length).toBeGreaterThan(10);
    const answered: Record<string, string> = {};
    for (const { method, path } of guarded) {
      const concrete = path.replace(/\{\w+\}/g, '1');
      const { status, body } = await api.call(method, concrete, { body: method === 'GET' ? undefined : {} });
      answered[`${method} ${path}`] = `${status} ${body?.code}`;
    }
    const refused = Object.fromEntries(Object.keys(answered).map((route) => [route, '401 NOT_AUTHENTICATED']));
    expect(answered).toEqual(refused);
  });

  it('refuses made-up keys and cookies in the same way', async () => {
    const wrong = [{ key: `hy_${'x'.repeat(43)}` }, { key: 'x' }, { cookie: `hongyan=${'x'.repeat(43)}` }];
    for (const call of wrong) expect((await api.get('/api-keys', call)).body.code).toBe('NOT_AUTHENTICATED');
    const basic = { headers: { authorization: 'Basic b3duZXI6b3duZXI=' } };
    expect((await api.get('/api-keys', basic)).body.code).toBe('NOT_AUTHENTICATED');
  });

  it('is self-contained: every reference has its component, and every answer has a problem beside it', () => {
    const references = [...JSON.stringify(document).matchAll(/"\$ref":"#\/components\/schemas\/([^"]+)"/g)];
    const names = new Set(references.map((match) => match[1]!));
    expect([...names].filter((name) => !document.components?.schemas?.[name])).toEqual([]);
    expect(names).toContain('Workspace');
    const bare = Object.entries(document.paths).flatMap(([path, item]) =>
      (['get', 'post', 'put', 'patch', 'delete'] as const)
        .filter((method) => item[method] && !item[method].responses.default)
        .map((method) => `${method} ${path}`),
    );
    expect(bare).toEqual([]);
  });
});

describe('Swagger UI', () => {
  it('is made of files of our own', async () => {
    const page = await (await fetch(`${api.url}/api/docs`)).text();
    const files = [...page.matchAll(/(?:src|href)="([^"]+)"/g)].map(
      (match) => new URL(match[1]!, `${api.url}/api/docs`),
    );
    expect(files.length).toBeGreaterThanOrEqual(4);
    expect(new Set(files.map(({ origin }) => origin))).toEqual(new Set([api.url]));
    const answers = await Promise.all(files.map((file) => fetch(file, { method: 'HEAD' })));
    expect(answers.map(({ status }) => status)).toEqual(files.map(() => 200));
  });
});

describe('every answer', () => {
  it('has a request id and a policy that lets no other origin in', async () => {
    const { headers } = await api.get('/setup');
    expect(headers.get('x-request-id')).toMatch(/^[\w-]{12}$/);
    expect(headers.get('cache-control')).toBe('no-store');
    const policy = headers.get('content-security-policy')!;
    expect(policy).toContain("script-src 'self';");
    expect(policy).toContain("frame-ancestors 'none'");
    expect(policy).toContain("img-src 'self' data: blob: http://localhost:3001;");
    expect(headers.get('x-powered-by')).toBeNull();
  });

  it('names what is wrong with a body: its type, its syntax, its size', async () => {
    const send = async (type: string, body: string) => {
      const url = `${api.url}/api/v1/auth/login`;
      const response = await fetch(url, { method: 'POST', headers: { 'content-type': type }, body });
      return (await response.json()) as { code: string };
    };
    const code = async (type: string, body: string) => (await send(type, body)).code;
    expect(await code('application/x-www-form-urlencoded', 'email=a')).toBe('UNSUPPORTED_MEDIA_TYPE');
    expect(await code('text/plain', '{}')).toBe('UNSUPPORTED_MEDIA_TYPE');
    expect(await code('application/json', '{"email":')).toBe('MALFORMED_REQUEST');
    expect(await send('application/json', JSON.stringify({ email: 'x'.repeat(3_000_000) }))).toMatchObject({
      code: 'TOO_LARGE',
      detail: 'The body has more than 2 MB.',
      help: expect.stringMatching(/several requests/),
      errors: [{ code: 'BODY_TOO_LARGE', params: { limit: '2 MB' } }],
    });
    expect(await code('application/json', '{"email":"a@example.com"}')).toBe('VALIDATION_FAILED');
    expect((await api.get('/nowhere')).body.code).toBe('NOT_FOUND');
  });
});

describe('health and metrics', () => {
  it('answer outside of the prefix, without a session', async () => {
    const read = async (path: string) => (await fetch(api.url + path)).text();
    expect(await read('/health/live')).toBe('{"status":"ok"}');
    expect(await read('/health/ready')).toBe('{"status":"ok"}');
    expect(await read('/metrics')).toMatch(/hongyan_http_request_seconds_count\{[^}]*route="\/api\/v1\/setup"/);
  });
});
