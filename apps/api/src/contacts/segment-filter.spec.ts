import { RunningApi } from '../testing/running-api.js';

let api: RunningApi;
let cookie: string;
beforeAll(async () => {
  api = await RunningApi.start();
  cookie = await api.setUp();
});
afterAll(() => api.stop());

const post = async (path: string, body: object) => (await api.post(path, { cookie, body })).body;
const segment = (name: string, of: object[]) =>
  post('/segments', { name, rule: { version: 1, root: { kind: 'all', of } } });

describe('the list of contacts by segment', () => {
  it('has exactly its members, page by page, with search and count, and none of a segment of others', async () => {
    for (const n of [1, 2, 3, 4])
      await post('/contacts', { email: `${n}@example.com`, name: n > 1 ? `Guest ${n}` : '' });
    const { id } = await segment('guests', [
      { kind: 'property', property: 'name', test: { op: 'contains', value: 'Guest' } },
    ]);
    const emails = async (query: string) => {
      const { body } = await api.get(`/contacts?segment=${id}&${query}`, { cookie });
      return { ...body, items: body.items.map(({ email }: { email: string }) => email) };
    };
    const first = await emails('limit=2&count=true');
    expect(first).toMatchObject({ items: ['4@example.com', '3@example.com'], total: 3 });
    const second = await emails(`limit=2&cursor=${first.nextCursor}`);
    expect(second).toMatchObject({ items: ['2@example.com'], nextCursor: null });
    expect(await emails('q=3@')).toMatchObject({ items: ['3@example.com'] });
    const other = await post('/workspaces', { name: 'second' });
    const foreign = await api.get(`/contacts?segment=${id}`, { cookie, headers: { 'x-workspace': other.id } });
    expect(foreign.status).toBe(404);
  });

  it('says at the field that a rule names what is gone', async () => {
    const field = await post('/fields', { key: 'city', label: 'City', type: 'text' });
    const { id } = await segment('city', [{ kind: 'field', type: 'text', key: 'city', test: { op: 'empty' } }]);
    await api.delete(`/fields/${field.id}`, { cookie });
    const { status, body } = await api.get(`/contacts?segment=${id}`, { cookie });
    expect([status, body.errors?.[0]?.property]).toEqual([422, 'segment']);
  });
});
