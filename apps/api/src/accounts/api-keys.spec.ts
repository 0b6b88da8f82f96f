import { RunningApi } from '../testing/running-api.js';

let api: RunningApi;
let cookie: string;
beforeAll(async () => {
  api = await RunningApi.start();
  cookie = await api.setUp();
});
afterAll(() => api.stop());

const make = (body: object) => api.post('/api-keys', { cookie, body: { name: 'shop', scopes: ['admin'], ...body } });

describe('an API key', () => {
  it('is shown once, works without cookie or Origin, and is dead at once when revoked', async () => {
    const made = await make({});
    expect(made.status).toBe(201);
    const { key, id, prefix } = made.body;
    expect(key).toMatch(/^hy_[\w-]{43}$/);
    expect(key.startsWith(prefix)).toBe(true);
    expect((await api.post('/api-keys', { key, body: { name: 'second', scopes: ['read'] } })).status).toBe(201);
    const listed = await api.get('/api-keys?count=true', { cookie });
    expect(listed.body).toMatchObject({ total: 2, nextCursor: null });
    expect(listed.text).not.toContain(key);
    expect((await api.delete(`/api-keys/${id}`, { cookie })).status).toBe(204);
    expect((await api.get('/workspaces', { key })).status).toBe(401);
    expect((await api.delete(`/api-keys/${id}`, { cookie })).status).toBe(404);
    expect((await api.get('/api-keys', { cookie })).body.items).toHaveLength(1);
  });

  it('stops at its expiry and can’t be made with one in the past', async () => {
    expect((await make({ expiresAt: '2020-01-01T00:00:00Z' })).body.errors[0].code).toBe('IN_THE_PAST');
    const { key, id } = (await make({ expiresAt: new Date(Date.now() + 60_000).toISOString() })).body;
    expect((await api.get('/workspaces', { key })).status).toBe(200);
    await api.test.db.run('UPDATE api_keys SET expires_at = now() WHERE id = $1', [id]);
    expect((await api.get('/workspaces', { key })).status).toBe(401);
  });

  it('does what its scopes allow, in its own workspace only', async () => {
    const { key } = (await make({ scopes: ['read'] })).body;
    const own = (await api.get('/workspaces', { key })).body.items;
    expect(own).toHaveLength(1);
    expect((await api.post('/api-keys', { key, body: { name: 'more', scopes: ['admin'] } })).body.code).toBe(
      'FORBIDDEN',
    );
    expect((await api.get('/auth/me', { key })).body.code).toBe('FORBIDDEN');
    const second = (await api.post('/workspaces', { cookie, body: { name: 'second brand' } })).body;
    expect((await api.get(`/workspaces/${second.id}`, { key })).status).toBe(404);
    expect((await api.get('/workspaces', { key, headers: { 'x-workspace': second.id } })).status).toBe(404);
    expect((await api.get(`/workspaces/${second.id}`, { cookie })).body.name).toBe('second brand');
  });

  it('pages through the list, each key once', async () => {
    const { items, nextCursor } = (await api.get('/api-keys?limit=1', { cookie })).body;
    const rest = (await api.get(`/api-keys?limit=200&cursor=${nextCursor}`, { cookie })).body;
    const all = (await api.get('/api-keys', { cookie })).body.items;
    expect([...items, ...rest.items]).toEqual(all);
    expect((await api.get('/api-keys?cursor=nonsense', { cookie })).body.code).toBe('MALFORMED_REQUEST');
    expect((await api.get('/api-keys?limit=0', { cookie })).body.errors[0].property).toBe('limit');
  });
});

describe('a workspace', () => {
  it('refuses a stale version and tells the current state', async () => {
    const { id, version } = (await api.get('/workspaces', { cookie })).body.items[0];
    const changed = await api.patch(`/workspaces/${id}`, { cookie, body: { version, postalAddress: '上海市' } });
    expect(changed.body).toMatchObject({ version: version + 1, postalAddress: '上海市', undoSeconds: 10 });
    const stale = await api.patch(`/workspaces/${id}`, { cookie, body: { version, name: 'late' } });
    expect(stale.status).toBe(409);
    expect(stale.body).toMatchObject({ code: 'STALE_VERSION', current: { version: version + 1 } });
  });
});
