import { OWNER, RunningApi, cookieOf } from '../testing/running-api.js';

let api: RunningApi;
let cookie: string;
beforeAll(async () => {
  api = await RunningApi.start();
  cookie = await api.setUp();
});
afterAll(() => api.stop());

const login = (email: string, password: string, more = {}) =>
  api.post('/auth/login', { body: { email, password }, ...more });
const median = (values: number[]) => [...values].sort((a, b) => a - b)[values.length >> 1]!;

describe('signing in', () => {
  it('answers a wrong password and an unknown address alike, with like work', async () => {
    const times: Record<string, number[]> = { known: [], unknown: [] };
    const bodies = new Set<string>();
    for (let n = 0; n < 7; n += 1) {
      for (const [name, email] of [
        ['known', OWNER.email],
        ['unknown', 'nobody@example.com'],
      ] as const) {
        const before = process.cpuUsage();
        const { status, body } = await login(email, 'wrong password');
        // Work and not time: on a busy machine time says who else was working.
        const { user, system } = process.cpuUsage(before);
        times[name]!.push(user + system);
        bodies.add(JSON.stringify({ ...body, requestId: '', httpStatus: status }));
      }
    }
    expect([...bodies]).toHaveLength(1);
    expect([...bodies][0]).toContain('LOGIN_FAILED');
    const ratio = median(times.known!) / median(times.unknown!);
    expect(ratio).toBeGreaterThan(0.5);
    expect(ratio).toBeLessThan(2);
    expect((await login(OWNER.email, OWNER.password)).status).toBe(200);
  });

  it('gives every sign-in a session id of its own and ends the one it replaces', async () => {
    const first = await login('OWNER@example.com', OWNER.password);
    const second = await login(OWNER.email, OWNER.password, { cookie: cookieOf(first) });
    expect(cookieOf(second)).not.toBe(cookieOf(first));
    expect((await api.get('/auth/me', { cookie: cookieOf(first) })).status).toBe(401);
    expect((await api.get('/auth/me', { cookie: cookieOf(second) })).status).toBe(200);
  });

  it('stores no token that would open a session', async () => {
    const token = cookieOf(await login(OWNER.email, OWNER.password)).split('=')[1]!;
    const rows = await api.test.db.rows<{ token_hash: Buffer }>('SELECT token_hash FROM sessions');
    expect(rows.every(({ token_hash }) => !token_hash.equals(Buffer.from(token, 'base64url')))).toBe(true);
  });

  it('stops guessing at one account with 429 and Retry-After, also when the guesses come at once', async () => {
    const answers = await Promise.all(Array.from({ length: 15 }, () => login('victim@example.com', 'guess guess')));
    expect(answers.filter(({ status }) => status === 401)).toHaveLength(10);
    const refused = answers.filter(({ status }) => status === 429);
    expect(refused).toHaveLength(5);
    expect(Number(refused[0]!.headers.get('retry-after'))).toBeGreaterThan(0);
  });

  it('ends a session at sign-out', async () => {
    const session = cookieOf(await login(OWNER.email, OWNER.password));
    const out = await api.post('/auth/logout', { cookie: session });
    expect(out.status).toBe(204);
    expect(out.headers.getSetCookie()[0]).toMatch(/^hongyan=;/);
    expect((await api.get('/auth/me', { cookie: session })).status).toBe(401);
  });
});

describe('a session', () => {
  it('may change state only from pages of the same origin', async () => {
    const change = (origin: string | undefined) =>
      api.patch('/auth/me', { cookie, body: { name: '李雷' }, headers: origin ? { origin } : { origin: '' } });
    expect((await change('https://evil.example')).body.code).toBe('ORIGIN_NOT_ALLOWED');
    expect((await change('null')).body.code).toBe('ORIGIN_NOT_ALLOWED');
    expect((await change(undefined)).body.code).toBe('ORIGIN_NOT_ALLOWED');
    expect((await change(api.url.replace('127.0.0.1', '127.0.0.1.evil.example'))).status).toBe(403);
    expect((await api.get('/auth/me', { cookie })).body.user.name).toBe(OWNER.name);
    expect((await change(api.url)).body.user.name).toBe('李雷');
    expect((await change('http://localhost:3000')).status).toBe(200);
  });

  it('answers 404 for a workspace of others, wherever it is named', async () => {
    const foreign = await api.test.db.first<{ id: string }>(
      "INSERT INTO workspaces (name, locale, timezone) VALUES ('theirs', 'en', 'UTC') RETURNING id",
    );
    const { id } = foreign!;
    const answers = await Promise.all([
      api.get(`/workspaces/${id}`, { cookie }),
      api.patch(`/workspaces/${id}`, { cookie, body: { version: 1, name: 'mine' } }),
      api.get('/api-keys', { cookie, headers: { 'x-workspace': id } }),
      api.get('/api-keys', { cookie, headers: { 'x-workspace': 'all' } }),
      api.get('/workspaces/999999', { cookie }),
    ]);
    expect(answers.map(({ status }) => status)).toEqual([404, 404, 404, 404, 404]);
    expect((await api.get('/workspaces', { cookie })).body.items).toHaveLength(1);
  });

  it('dies with the password that opened it, and the one that changed it lives', async () => {
    const other = cookieOf(await login(OWNER.email, OWNER.password));
    const wrong = { currentPassword: 'not this one', newPassword: 'another long phrase' };
    const refused = await api.post('/auth/password', { cookie, body: wrong });
    expect(refused.body.errors).toMatchObject([{ property: 'currentPassword', code: 'WRONG_PASSWORD' }]);
    expect((await api.get('/auth/me', { cookie: other })).status).toBe(200);
    const body = { currentPassword: OWNER.password, newPassword: 'another long phrase' };
    expect((await api.post('/auth/password', { cookie, body })).status).toBe(204);
    expect((await api.get('/auth/me', { cookie: other })).status).toBe(401);
    expect((await api.get('/auth/me', { cookie })).status).toBe(200);
    expect((await login(OWNER.email, OWNER.password)).status).toBe(401);
    expect((await login(OWNER.email, 'another long phrase')).status).toBe(200);
    const log = await api.test.db.rows<{ line: string }>('SELECT audit_log::text AS line FROM audit_log');
    expect(log.some(({ line }) => line.includes('user.password-changed'))).toBe(true);
    expect(log.some(({ line }) => line.includes('phrase'))).toBe(false);
  });
});
