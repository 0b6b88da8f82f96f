import PostalMime from 'postal-mime';
import { emptyDocument, newBlock, newColumn, newSection, richText } from '#contracts';
import type { Doc, DocBlock } from '#contracts';
import { ApiClient } from '../support/api-client.js';
import { untilStatus } from '../support/campaigns.js';
import { setUp, startProduct } from '../support/product.js';
import type { Product } from '../support/product.js';

let product: Product;
let api: ApiClient;
/** The shop, which may write contacts and nothing else. */
let shop: ApiClient;
let list: string;
beforeAll(async () => {
  product = await startProduct();
  api = await setUp(product);
  shop = new ApiClient(product.url, (await api.post('/api-keys', { name: 'shop', scopes: ['contacts'] })).key);
  list = (await api.post('/lists', { name: '茶友' })).id;
  for (const name of ['buyer', 'reader', 'earlier']) {
    const lists = [{ id: list, consent: { source: 'fair' } }];
    await api.post('/contacts', { email: `${name}@simulator.test`, lists });
  }
});
afterAll(() => product?.stop());

const daysAgo = (days: number) => new Date(Date.now() - days * 86_400_000).toISOString();
const from = { name: '鸿雁', address: 'news@brand.example' };

/** A mail that thanks who bought in the last thirty days, and makes an offer to the others. */
function letter(): Doc {
  let last = 0;
  const newId = () => `n${(last += 1)}`;
  const part = (words: string, did: boolean): DocBlock => ({
    ...newBlock('text', newId, 'zh-CN'),
    content: richText(words),
    visibleIf: { match: 'all', rules: [{ kind: 'behaviour', event: 'bought', did, days: 30, campaignId: null }] },
  });
  const document = emptyDocument(newId, 'zh-CN');
  const body = newSection(newId, [newColumn(newId, [part('谢谢您的订单', true), part('首单九折', false)])]);
  return { ...document, sections: [body, ...document.sections] };
}

/** The text of the mail of this subject that somebody got; empty for nobody. */
async function mailTo(name: string, subject: string): Promise<string> {
  const { items } = await api.get<{ items: { id: string; to: string[]; subject: string }[] }>(
    '/sandbox/messages?limit=100',
  );
  const mail = items.find((each) => each.subject === subject && each.to[0] === `${name}@simulator.test`);
  if (!mail) return '';
  const raw = await (await api.raw(`/sandbox/messages/${mail.id}/raw`)).text();
  const { html = '', text = '' } = await new PostalMime().parse(raw);
  const marks = (of: string) => ['谢谢您的订单', '首单九折'].filter((words) => of.includes(words)).join();
  expect(marks(html)).toBe(marks(text));
  return marks(text);
}

async function send(name: string, content: object, audience: object): Promise<void> {
  const { id } = await api.post('/campaigns', { name, from, content: { subject: name, ...content }, audience });
  await api.post(`/campaigns/${id}/start`);
  await untilStatus(product, api, id, 'sent');
}

it('an order that a shop reports is found by a segment and decides who sees a part of the mail', async () => {
  const orders = [
    { email: 'Buyer@simulator.test', orderId: 'QS-1', amount: '128.00', currency: 'CNY', at: daysAgo(2) },
    { email: 'earlier@simulator.test', orderId: 'QS-2', at: daysAgo(45) },
    { email: 'stranger@simulator.test', orderId: 'QS-3' },
  ];
  const { items } = await shop.post('/purchases', { purchases: orders });
  expect(items).toMatchObject([{ result: 'created' }, { result: 'created' }, { result: 'unknown_contact', id: null }]);
  const again = await shop.post('/purchases', { purchases: orders });
  expect(again.items.map(({ result }: { result: string }) => result)).toEqual([
    ...['unchanged', 'unchanged', 'unknown_contact'],
  ]);
  await expect(shop.post('/campaigns', { name: 'x' })).rejects.toMatchObject({ status: 403 });

  const bought = { kind: 'activity', op: 'did', did: 'bought', when: { op: 'in_last', days: 30 } };
  const rule = { version: 1, root: { kind: 'all', of: [bought] } };
  expect(await api.post('/segments/preview', { rule })).toMatchObject({
    ...{ count: 1, sample: [{ email: 'buyer@simulator.test' }] },
    summary: { zh: '最近 30 天内购买过。', en: 'Made a purchase in the last 30 days.' },
  });
  const segment = await api.post('/segments', { name: '近期买家', rule });

  const content = { document: letter() };
  const { items: contacts } = await api.get('/contacts?q=buyer');
  const preview = await api.post('/templates/preview', {
    ...{ content: { subject: '秋茶', ...content }, contactId: contacts[0].id },
  });
  expect(preview.text).toContain('谢谢您的订单');

  await send('秋茶', content, { lists: [list] });
  expect(await mailTo('buyer', '秋茶')).toBe('谢谢您的订单');
  expect([await mailTo('reader', '秋茶'), await mailTo('earlier', '秋茶')]).toEqual(['首单九折', '首单九折']);
  await send('回访', content, { segments: [segment.id] });
  expect(await mailTo('buyer', '回访')).toBe('谢谢您的订单');
  expect([await mailTo('reader', '回访'), await mailTo('earlier', '回访')]).toEqual(['', '']);
});

it('an order that was reversed does not count any more', async () => {
  const { items } = await shop.get('/purchases?orderId=QS-1');
  expect(items).toMatchObject([{ orderId: 'QS-1', email: 'buyer@simulator.test', amount: '128.00', currency: 'CNY' }]);
  await shop.delete(`/purchases/${items[0].id}`);
  const segment = (await api.get('/segments?q=近期买家')).items[0];
  expect(await api.post(`/segments/${segment.id}/count`)).toMatchObject({ count: 0 });
  await send('冬茶', { document: letter() }, { lists: [list] });
  expect(await mailTo('buyer', '冬茶')).toBe('首单九折');
});
