import { RunningApi } from '../testing/running-api.js';

let api: RunningApi;
let cookie: string;
beforeAll(async () => {
  api = await RunningApi.start();
  cookie = await api.setUp();
  const make = (path: string, body: object) => api.post(path, { cookie, body });
  await make('/lists', { name: '春茶客户' });
  await make('/lists', { name: '老客户，喝春茶' });
  await make('/templates', { name: '春茶 100%_新品', subject: 's', text: 't' });
  await make('/campaigns', { name: '四月', content: { subject: '春茶到了', text: 't' } });
  await make('/contacts', { email: 'chunlei@example.com', name: '春雷' });
  await make('/contacts', { email: 'tea@chun.example.com', name: '' });
});
afterAll(() => api.stop());

const found = async (q: string, more: object = { cookie }) => {
  const { body } = await api.get(`/search?q=${encodeURIComponent(q)}`, more);
  return body.items.map(({ kind, name }: { kind: string; name: string }) => `${kind} ${name}`);
};

describe('the search', () => {
  it('finds every kind by its name, a campaign by its subject too, and what begins so first', async () => {
    expect(await found('春茶')).toEqual([
      'campaign 四月',
      'list 春茶客户',
      'list 老客户，喝春茶',
      'template 春茶 100%_新品',
    ]);
    expect(await found('CHUN')).toEqual(
      ['contact chunlei@example.com', 'contact tea@chun.example.com']
        .map((each) => each.replace('chunlei@example.com', '春雷'))
        .toSorted(),
    );
    expect(await found('0%_新')).toEqual(['template 春茶 100%_新品']);
    expect(await found('%')).toEqual(['template 春茶 100%_新品']);
    expect(await found('nothing of the kind')).toEqual([]);
  });

  it('shows five of a kind, nothing of another workspace, and to a key what it may read', async () => {
    for (let n = 0; n < 7; n += 1) await api.post('/lists', { cookie, body: { name: `many ${n}` } });
    expect(await found('many')).toHaveLength(5);
    const { id } = (await api.post('/workspaces', { cookie, body: { name: 'second' } })).body;
    expect(await found('春茶', { cookie, headers: { 'x-workspace': id } })).toEqual([]);
    const key = async (scope: string) =>
      (await api.post('/api-keys', { cookie, body: { name: scope, scopes: [scope] } })).body.key;
    expect(await found('春', { key: await key('contacts') })).not.toContain('campaign 四月');
    expect(await found('春', { key: await key('messages') })).toEqual([]);
    expect((await api.get('/search?q=', { cookie })).status).toBe(422);
    expect((await api.get('/search?q=%00', { cookie })).status).toBeLessThan(500);
  });
});
