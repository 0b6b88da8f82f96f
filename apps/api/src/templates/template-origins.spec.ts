import { OWNER, RunningApi } from '../testing/running-api.js';

let api: RunningApi;
let cookie: string;
let headers: Record<string, string>;
beforeAll(async () => {
  api = await RunningApi.start();
  cookie = await api.setUp();
  headers = { 'X-Workspace': (await api.get('/workspaces', { cookie })).body.items[0].id };
}, 60_000);
afterAll(() => api.stop());

const post = async (route: string, body: object = {}) => (await api.post(route, { cookie, headers, body })).body;
const get = async (route: string) => (await api.get(route, { cookie, headers })).body;
const patch = (route: string, body: object) => api.patch(route, { cookie, headers, body });
const content = { subject: 's', html: '<p>template</p>' };

it('templates have a category, which narrows the list and is suggested while one has it', async () => {
  const { id } = await post('/templates', { name: 'one', ...content, category: '通讯' });
  await post('/templates', { name: 'two', ...content });
  const names = async (query: string) =>
    (await get(`/templates?${query}`)).items.map((item: { name: string }) => item.name);
  expect(await names('category=通讯')).toEqual(['one']);
  expect(await get('/templates?category=通讯&count=true')).toMatchObject({ total: 1, items: [{ category: '通讯' }] });
  expect(await get('/templates/categories')).toEqual({ items: [{ name: '通讯', templates: 1 }] });
  const changed = await patch(`/templates/${id}`, { version: 1, category: ' 促销 ' });
  expect(changed.body).toMatchObject({ category: '促销', name: 'one', html: content.html });
  expect((await patch(`/templates/${id}`, { version: 2, name: 'again' })).body.category).toBe('促销');
  expect(await get('/templates/categories')).toEqual({ items: [{ name: '促销', templates: 1 }] });
});

describe('a campaign', () => {
  let template: string;
  const campaignsOf = async () =>
    (await get('/templates')).items.find(({ id }: { id: string }) => id === template).campaigns;
  beforeAll(async () => {
    template = (await post('/templates', { name: 'letter', ...content })).id;
  });

  it('remembers the template it began with, also where something of its content is its own', async () => {
    const made = await post('/campaigns', { name: 'made from it', templateId: template });
    expect(made).toMatchObject({ templateId: template, content });
    const plain = await post('/campaigns', { name: 'plain', content: { subject: 'own', html: '<p>x</p>' } });
    expect(plain.templateId).toBeNull();
    expect(await campaignsOf()).toBe(1);
    const taken = await patch(`/campaigns/${plain.id}`, {
      ...{ version: 1, templateId: template },
      content: { subject: 'own' },
    });
    expect(taken.body).toMatchObject({ templateId: template, content: { subject: 'own', html: content.html } });
    expect(await campaignsOf()).toBe(2);
    const edited = await patch(`/campaigns/${plain.id}`, { version: 2, content: { subject: 'x', html: '<p>y</p>' } });
    expect(edited.body).toMatchObject({ templateId: template, content: { html: '<p>y</p>' } });
    const anew = await patch(`/campaigns/${plain.id}`, { version: 3, templateId: null });
    expect(anew.body).toMatchObject({ templateId: null, content: { html: '<p>y</p>' } });
    expect(await campaignsOf()).toBe(1);
  });

  it('that is copied from another did not begin with a template, and none of another workspace counts', async () => {
    const { items } = await get('/campaigns?q=made');
    expect((await post(`/campaigns/${items[0].id}/duplicate`)).templateId).toBeNull();
    const body = { name: 'other', locale: OWNER.locale, timezone: OWNER.timezone };
    const elsewhere = { 'X-Workspace': (await api.post('/workspaces', { cookie, body })).body.id };
    const stranger = await api.post('/campaigns', {
      cookie,
      headers: elsewhere,
      body: { name: 'stranger', templateId: template },
    });
    expect(stranger).toMatchObject({ status: 422, body: { errors: [{ property: 'templateId' }] } });
    expect(await campaignsOf()).toBe(1);
  });

  it('stays when its template goes', async () => {
    const { items } = await get('/campaigns?q=made');
    expect((await api.delete(`/templates/${template}`, { cookie, headers })).status).toBe(204);
    const mine = items.filter(({ name }: { name: string }) => name === 'made from it');
    expect(await get(`/campaigns/${mine[0].id}`)).toMatchObject({ templateId: null, content });
  });
});
