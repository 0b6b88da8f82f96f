import type { ApiClient } from '../support/api-client.js';
import { untilStatus } from '../support/campaigns.js';
import { setUp, startProduct } from '../support/product.js';
import type { Product } from '../support/product.js';

let product: Product;
let api: ApiClient;
beforeAll(async () => {
  product = await startProduct();
  api = await setUp(product);
});
afterAll(() => product?.stop());

const HTML = `<p><a href="https://shop.hongyan-e2e.org/a?b=1&amp;utm_medium=own#c">1</a>
  <a href="https://shop.hongyan-e2e.org/{{fields.path}}">2</a> <a href="{{unsubscribeUrl}}">退订</a>
  <a href="{{webVersionUrl}}">在线查看</a></p>`;
const FIXED =
  'https://shop.hongyan-e2e.org/a?b=1&utm_medium=own&utm_source=%E5%91%A8%E5%88%8A&utm_campaign=%E6%98%A5%E5%A4%A9#c';
const OF_CONTACT =
  'https://shop.hongyan-e2e.org/tea%20cup?utm_source=%E5%91%A8%E5%88%8A&utm_medium=email&utm_campaign=%E6%98%A5%E5%A4%A9';

/** Addresses of the links in the HTML of the newest sandbox message with the subject. */
async function hrefs(subject: string): Promise<string[]> {
  const { items } = await api.get<{ items: { id: string; subject: string }[] }>('/sandbox/messages?limit=50');
  const { id } = items.find((item) => item.subject === subject)!;
  const { html } = await api.get<{ html: string }>(`/sandbox/messages/${id}`);
  return linksOf(html);
}

function linksOf(html: string): string[] {
  return Array.from(html.matchAll(/href="([^"]+)"/g), ([, url = '']) => url.replaceAll('&amp;', '&'));
}

/** Addresses of the links in the web version. */
async function inBrowser(url: string): Promise<string[]> {
  return linksOf(await (await fetch(url)).text());
}

async function follow(url: string): Promise<string | null> {
  return (await fetch(url, { redirect: 'manual' })).headers.get('location');
}

it('links lead to addresses with the UTM parameters, by the tracker, its web version, a test and without tracking alike', async () => {
  const { items } = await api.get('/workspaces');
  const [{ id: workspace, version, utm }] = items;
  await api.patch(`/workspaces/${workspace}`, { version, utm: { ...utm, enabled: true, source: '周刊' } });
  await api.post('/fields', { key: 'path', label: 'Path', type: 'text' });
  const { id: list } = await api.post('/lists', { name: 'Readers' });
  const lists = [{ id: list, consent: { source: 'fair' } }];
  const contact = await api.post('/contacts', { email: 'one@simulator.test', fields: { path: 'tea cup' }, lists });
  const from = { name: 'Shop', address: 'news@brand.example' };
  const draft = (subject: string, more: object = {}) =>
    api.post('/campaigns', {
      name: '春天',
      from,
      content: { subject, html: HTML },
      audience: { lists: [list] },
      ...more,
    });

  const tracked = await draft('tracked');
  expect(tracked.utm).toMatchObject({ enabled: true, source: '周刊', medium: 'email', campaign: '' });
  await api.post(`/campaigns/${tracked.id}/test`, { to: ['me@simulator.test'], contactId: contact.id });
  expect((await hrefs('[测试 Test] tracked')).slice(0, 2)).toEqual([FIXED, OF_CONTACT]);

  await api.post(`/campaigns/${tracked.id}/start`);
  await untilStatus(product, api, tracked.id, 'sent');
  const [first, second, leave, web] = await hrefs('tracked');
  expect(`${leave} ${web}`).not.toContain('utm_');
  expect([await follow(first!), await follow(second!)]).toEqual([FIXED, OF_CONTACT]);
  expect((await inBrowser(web!)).slice(0, 2)).toEqual([first, second]);

  const direct = await draft('direct', { trackClicks: false });
  await api.post(`/campaigns/${direct.id}/start`);
  await untilStatus(product, api, direct.id, 'sent');
  const links = await hrefs('direct');
  expect(links.slice(0, 2)).toEqual([FIXED, OF_CONTACT]);
  expect((await inBrowser(links[3]!)).slice(0, 2)).toEqual([FIXED, OF_CONTACT]);

  const without = await draft('without', { utm: { ...utm, enabled: false }, trackClicks: false });
  await api.post(`/campaigns/${without.id}/start`);
  await untilStatus(product, api, without.id, 'sent');
  expect((await hrefs('without')).slice(0, 2)).toEqual([
    'https://shop.hongyan-e2e.org/a?b=1&utm_medium=own#c',
    'https://shop.hongyan-e2e.org/tea%20cup',
  ]);
});
