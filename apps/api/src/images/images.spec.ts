import { emptyDocument, newBlock, newColumn, newReusable, newSection } from '#contracts';
import type { Doc, DocBlock } from '#contracts';
import { OWNER, RunningApi } from '../testing/running-api.js';

let api: RunningApi;
let cookie: string;
let home: Record<string, string>;
beforeAll(async () => {
  api = await RunningApi.start();
  cookie = await api.setUp();
  home = { 'X-Workspace': (await api.get('/workspaces', { cookie })).body.items[0].id };
}, 60_000);
afterAll(() => api.stop());

const PIXEL = Buffer.from('R0lGODlhAQABAIAAAAAAAP///yH5BAEAAAAALAAAAAABAAEAAAIBRAA7', 'base64');

async function upload(name: string, options?: object) {
  const form = new FormData();
  if (options) form.set('options', JSON.stringify(options));
  form.set('file', new Blob([new Uint8Array(PIXEL)]), name);
  const headers = { cookie, origin: api.url, ...home };
  const response = await fetch(`${api.url}/api/v1/images`, { method: 'POST', body: form, headers });
  // eslint-disable-next-line @typescript-eslint/no-explicit-any
  return { status: response.status, body: (await response.json()) as any };
}
const get = async (route: string) => (await api.get(route, { cookie, headers: home })).body;
const post = async (route: string, body: object = {}) => (await api.post(route, { cookie, headers: home, body })).body;
const patch = (route: string, body: object) => api.patch(route, { cookie, headers: home, body });
/** Another workspace of the same owner. */
const elsewhere = async (name: string) => {
  const body = { name, locale: OWNER.locale, timezone: OWNER.timezone };
  return { 'X-Workspace': (await api.post('/workspaces', { cookie, body })).body.id };
};
const names = async (query: string) => (await get(`/images?${query}`)).items.map(({ name }: { name: string }) => name);

describe('folders and words of images', () => {
  it('one is uploaded into a folder, renamed, described, found by its words and refused when stale', async () => {
    const { body: made } = await upload('leaf.gif', { folder: '春季' });
    expect(made).toMatchObject({ name: 'leaf.gif', folder: '春季', alt: '', version: 1 });
    const changed = await patch(`/images/${made.id}`, { version: 1, name: '茶叶', alt: '一片绿叶' });
    expect(changed.body).toMatchObject({ name: '茶叶', alt: '一片绿叶', folder: '春季', version: 2 });
    const stale = await patch(`/images/${made.id}`, { version: 1, alt: 'x' });
    expect(stale).toMatchObject({ status: 409, body: { code: 'STALE_VERSION', current: { alt: '一片绿叶' } } });
    expect(await names('q=绿叶')).toEqual(['茶叶']);
    expect(await get(`/images/${made.id}`)).toEqual(changed.body);
    expect((await upload('x.gif', { folder: 'a/b' })).status).toBe(422);
    expect((await patch(`/images/${made.id}`, { version: 2, folder: '/' })).status).toBe(422);
  });

  it('a folder is a filter, and some are moved together and back', async () => {
    const ids = [];
    for (const name of ['one.gif', 'two.gif']) ids.push((await upload(name)).body.id);
    expect(await names('folder=/')).toEqual(['two.gif', 'one.gif']);
    const headers = await elsewhere('other');
    const stranger = await api.post('/images/move', { cookie, headers, body: { ids, folder: 'theirs' } });
    expect(stranger.body).toEqual({ moved: 0 });
    expect(await post('/images/move', { ids, folder: ' Logos ' })).toEqual({ moved: 2 });
    expect(await names('folder=Logos')).toEqual(['two.gif', 'one.gif']);
    expect(await get('/images?folder=Logos&count=true&limit=1')).toMatchObject({
      total: 2,
      items: [{ name: 'two.gif' }],
    });
    expect(await names('folder=/')).toEqual([]);
    expect((await get('/images/folders')).items).toEqual([
      { name: 'Logos', images: 2 },
      { name: '春季', images: 1 },
    ]);
    expect(await post('/images/move', { ids: ids.slice(0, 1), folder: '' })).toEqual({ moved: 1 });
    expect(await names('folder=/')).toEqual(['one.gif']);
  });
});

let last = 0;
const newId = () => `n${(last += 1)}`;
const documentOf = (...blocks: DocBlock[]): Doc => {
  const document = emptyDocument(newId, 'zh-CN');
  return { ...document, sections: [newSection(newId, [newColumn(newId, blocks)]), ...document.sections.slice(1)] };
};
const pictureOf = (src: string): DocBlock =>
  ({ ...newBlock('image', newId, 'zh-CN'), image: { src, width: 1, height: 1, alt: '' } }) as DocBlock;

describe('uses of images', () => {
  let image: { id: string; url: string };
  const usesOf = async (id = image.id) => (await get(`/images/${id}`)).uses;
  const shown = async (query = '') => {
    const { items } = await get(`/images/${image.id}/uses?${query}`);
    return items.map(({ kind, name, status }: Record<string, string>) => [kind, name, status]);
  };
  beforeAll(async () => {
    image = (await upload('banner.gif')).body;
  });

  it('are templates, saved blocks and what they stand in, campaigns and the variants of their tests', async () => {
    expect(await usesOf()).toEqual({ templates: 0, savedBlocks: 0, unsent: 0, sent: 0 });
    const html = `<img src="${image.url}.png" alt="x">`;
    await post('/templates', { name: 'code', subject: 's', html });
    await post('/templates', { name: 'without', subject: 's', html: '<p>/i/</p>' });
    await post('/templates', { name: 'blocks', subject: 's', document: documentOf(pictureOf(image.url)) });
    const block = { kind: 'block', block: pictureOf(image.url) };
    const saved = await post('/saved-blocks', { name: 'footer', content: block });
    const document = documentOf(newReusable(saved.id, newId));
    await post('/templates', { name: 'by reference', subject: 's', document });
    await post('/campaigns', { name: 'refers', content: { subject: 's', document } });
    const tested = await post('/campaigns', { name: 'tested', content: { subject: 's', html: '<p>A</p>' } });
    const variants = [{ content: { subject: 's', html } }];
    const put = await api.call('PUT', `/campaigns/${tested.id}/ab-test`, { cookie, headers: home, body: { variants } });
    expect(put.status).toBe(200);
    expect(await usesOf()).toEqual({ templates: 3, savedBlocks: 1, unsent: 2, sent: 0 });
    expect(await shown()).toEqual([
      ['saved_block', 'footer', null],
      ['template', 'by reference', null],
      ['template', 'blocks', null],
      ['template', 'code', null],
      ['campaign', 'tested', 'draft'],
      ['campaign', 'refers', 'draft'],
    ]);
    const first = await get(`/images/${image.id}/uses?limit=4`);
    const rest = await shown(`limit=4&cursor=${first.nextCursor}`);
    expect(rest.map(([, name]: string[]) => name)).toEqual(['tested', 'refers']);
    const wrong = await api.get(`/images/${image.id}/uses?cursor=WzksIjEiXQ`, { cookie, headers: home });
    expect(wrong.body.code).toBe('MALFORMED_REQUEST');
  });

  it('of a campaign that has been started are what its mail was made of', async () => {
    const list = (await post('/lists', { name: 'l' })).id;
    await post('/contacts', { email: 'a@simulator.test', lists: [{ id: list, consent: { source: 'test' } }] });
    const { body: other } = await upload('other.gif');
    const content = { kind: 'block', block: pictureOf(other.url) };
    const saved = await post('/saved-blocks', { name: 'seal', content });
    const campaign = await post('/campaigns', {
      name: 'sent',
      from: { name: 'n', address: 'news@example.com' },
      content: { subject: 's', document: documentOf(newReusable(saved.id, newId)) },
      audience: { lists: [list] },
    });
    expect((await post(`/campaigns/${campaign.id}/start`)).status).toBe('sending');
    await patch(`/saved-blocks/${saved.id}`, {
      version: 1,
      content: { kind: 'block', block: newBlock('divider', newId, 'zh-CN') },
    });
    expect(await usesOf(other.id)).toEqual({ templates: 0, savedBlocks: 0, unsent: 0, sent: 1 });
  });

  it('are nobody else’s: neither their names nor that there are any', async () => {
    const headers = await elsewhere('thieves');
    const body = { name: 'borrowed', subject: 's', html: `<img src="${image.url}">` };
    await api.post('/templates', { cookie, headers, body });
    expect((await usesOf()).templates).toBe(3);
    expect((await api.get(`/images/${image.id}/uses`, { cookie, headers })).status).toBe(404);
  });
});
