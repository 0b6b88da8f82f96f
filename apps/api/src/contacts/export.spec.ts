import { RunningApi } from '../testing/running-api.js';

let api: RunningApi;
let cookie: string;
beforeAll(async () => {
  api = await RunningApi.start();
  cookie = await api.setUp();
});
afterAll(() => api.stop());

const post = async (path: string, body: object) => (await api.post(path, { cookie, body })).body;

it('exports the contacts that the filters leave, with their fields, and no formula', async () => {
  await post('/fields', { key: 'city', label: '城市', type: 'text' });
  const list = await post('/lists', { name: '客户' });
  const lists = [{ id: list.id, status: 'subscribed' }];
  await post('/contacts', { email: 'li@example.com', name: '李, 明', fields: { city: '上海' }, tags: ['vip'], lists });
  await post('/contacts', { email: 'ann@example.com', name: '=1+1', tags: ['new', 'vip'] });
  const root = { kind: 'all', of: [{ kind: 'property', property: 'email', test: { op: 'starts_with', value: 'li' } }] };
  const segment = await post('/segments', { name: 'li', rule: { version: 1, root } });
  const lines = async (query: string) => {
    const { status, text } = await api.get(`/contacts/export.csv?${query}`, { cookie });
    expect(status).toBe(200);
    return text.replace(/\d{4}-[\d-]+T[\d:.]+Z/g, 'AT').split('\r\n');
  };
  const header = 'email,name,locale,timezone,status,tags,lists,created_at,last_active_at,城市';
  const li = 'li@example.com,"李, 明",,,active,vip,客户,AT,,上海';
  expect(await lines('')).toEqual([header, `ann@example.com,'=1+1,,,active,"new, vip",,AT,,`, li, '']);
  for (const query of ['q=li@', `list=${list.id}`, `segment=${segment.id}`]) {
    expect(await lines(query)).toEqual([header, li, '']);
  }
  const { items } = (await api.get('/contacts?q=li@', { cookie })).body;
  const chosen = await api.post('/contacts/export.csv', { cookie, body: { ids: [items[0].id, '999999'] } });
  expect(chosen.status).toBe(200);
  expect(chosen.text.replace(/\d{4}-[\d-]+T[\d:.]+Z/g, 'AT').split('\r\n')).toEqual([header, li, '']);
  // Who took what home, and how many.
  const trail = await api.test.db.rows<{ actor: string; after: object }>(
    `SELECT actor, after FROM audit_log WHERE action = 'contacts.exported' ORDER BY id`,
  );
  expect(trail.map(({ after }) => after)).toEqual([
    { contacts: 2 },
    { q: 'li@', contacts: 1 },
    { list: list.id, contacts: 1 },
    { segment: segment.id, contacts: 1 },
    { chosen: 2, contacts: 1 },
  ]);
  expect(trail.every(({ actor }) => actor.includes('user'))).toBe(true);
  const other = await post('/workspaces', { name: 'second' });
  const foreign = await api.get('/contacts/export.csv', { cookie, headers: { 'x-workspace': other.id } });
  expect(foreign.text).not.toContain('@example.com');
});
