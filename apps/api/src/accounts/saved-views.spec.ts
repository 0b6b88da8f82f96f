import { VIEWS_MAX } from '#contracts';
import { OWNER, RunningApi } from '../testing/running-api.js';

let api: RunningApi;
let cookie: string;
let colleague: string;
beforeAll(async () => {
  api = await RunningApi.start();
  cookie = await api.setUp();
  await api.test.db.run(
    `WITH made AS (
       INSERT INTO users (email, name, password_hash, locale, timezone)
       SELECT 'second@example.com', 'second', password_hash, locale, timezone FROM users LIMIT 1 RETURNING id)
     INSERT INTO workspace_members (workspace_id, user_id, role) SELECT w.id, made.id, 'member' FROM made, workspaces w`,
  );
  const answer = await api.post('/auth/login', { body: { email: 'second@example.com', password: OWNER.password } });
  colleague = answer.headers.getSetCookie()[0]!.split(';')[0]!;
});
afterAll(() => api.stop());

const keep = (body: object, who = cookie) =>
  api.post('/saved-views', { cookie: who, body: { page: 'contacts', query: 'status=active', ...body } });
const views = async (who = cookie) => (await api.get('/saved-views', { cookie: who })).body.items;

describe('a saved view', () => {
  it('is kept, renamed, changed and deleted, and comes back to its place', async () => {
    const first = await keep({ name: '活跃' });
    expect(first.status).toBe(201);
    const { body: second } = await keep({ name: 'VIP', query: 'tag=vip&columns=status' });
    await keep({ name: '活跃', page: 'campaigns', query: 'status=draft' });
    expect(await views()).toMatchObject([
      { page: 'campaigns' },
      { name: '活跃', position: 0 },
      { name: 'VIP', position: 1 },
    ]);
    const path = `/saved-views/${first.body.id}`;
    expect((await api.patch(path, { cookie, body: { name: '常来' } })).body).toMatchObject({ query: 'status=active' });
    expect((await api.patch(path, { cookie, body: { query: 'q=a' } })).body).toMatchObject({
      name: '常来',
      query: 'q=a',
    });
    expect((await api.delete(path, { cookie })).status).toBe(204);
    expect((await api.delete(path, { cookie })).status).toBe(404);
    await keep({ name: '常来', position: 0 });
    expect((await views()).filter(({ page }: { page: string }) => page === 'contacts')).toMatchObject([
      { name: '常来' },
      { id: second.id },
    ]);
  });

  it('has a name of its own on its page, and says so when it is taken', async () => {
    const { id } = (await keep({ name: 'one' })).body;
    await keep({ name: 'two' });
    const taken = { status: 409, body: { code: 'ALREADY_EXISTS' } };
    expect(await keep({ name: 'one' })).toMatchObject(taken);
    expect(await api.patch(`/saved-views/${id}`, { cookie, body: { name: 'two' } })).toMatchObject(taken);
    expect((await api.patch(`/saved-views/${id}`, { cookie, body: { name: 'one' } })).status).toBe(200);
  });

  it('refuses what is unknown, empty or too long, by the name of the field', async () => {
    const refused = async (body: object) => (await keep({ name: 'x', ...body })).body.errors?.[0].property;
    expect(await refused({ name: ' ' })).toBe('name');
    expect(await refused({ name: 'x'.repeat(81) })).toBe('name');
    expect(await refused({ query: '' })).toBe('query');
    expect(await refused({ query: 'x'.repeat(2_001) })).toBe('query');
    expect(await refused({ page: 'nowhere' })).toBe('page');
    expect((await keep({ name: 'x', shared: true })).status).toBe(422);
    const [{ id }] = await views();
    expect((await api.patch(`/saved-views/${id}`, { cookie, body: {} })).status).toBe(422);
  });

  it('is nobody else’s: not a colleague’s, not a key’s, not of another workspace', async () => {
    const { id } = (await keep({ name: 'mine' })).body;
    expect(await views(colleague)).toEqual([]);
    expect((await keep({ name: 'mine' }, colleague)).status).toBe(201);
    const change = { cookie: colleague, body: { name: 'theirs' } };
    expect((await api.patch(`/saved-views/${id}`, change)).status).toBe(404);
    expect((await api.delete(`/saved-views/${id}`, { cookie: colleague })).status).toBe(404);
    const { key } = (await api.post('/api-keys', { cookie, body: { name: 'shop', scopes: ['admin'] } })).body;
    expect((await api.get('/saved-views', { key })).body.code).toBe('FORBIDDEN');
    const second = (await api.post('/workspaces', { cookie, body: { name: 'second brand' } })).body;
    const there = { cookie, headers: { 'x-workspace': second.id } };
    expect((await api.get('/saved-views', there)).body.items).toEqual([]);
  });

  it('is one of at most fifty on its page, however many are saved at once', async () => {
    const answers = await Promise.all(
      Array.from({ length: VIEWS_MAX + 3 }, (_, index) => keep({ page: 'lists', name: `view ${index}` })),
    );
    expect(answers.filter(({ status }) => status === 201)).toHaveLength(VIEWS_MAX);
    expect(answers.find(({ status }) => status !== 201)!.body.errors[0].code).toBe('TOO_MANY');
    expect((await keep({ page: 'segments', name: 'elsewhere' })).status).toBe(201);
  });

  it('goes with its person', async () => {
    await api.test.db.run(`DELETE FROM users WHERE email = 'second@example.com'`);
    const left = await api.test.db.rows<{ owners: number }>(
      'SELECT count(DISTINCT user_id)::int AS owners FROM saved_views',
    );
    expect(left).toEqual([{ owners: 1 }]);
  });
});
