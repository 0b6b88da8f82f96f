import PostalMime from 'postal-mime';
import { everyBlock } from '../../libs/engine/document/src/every-block.js';
import type { ApiClient } from '../support/api-client.js';
import { setUp, startProduct } from '../support/product.js';
import type { Product } from '../support/product.js';
import { until } from '../support/until.js';

let product: Product;
let api: ApiClient;
let list: string;
beforeAll(async () => {
  product = await startProduct();
  api = await setUp(product);
  list = (await api.post('/lists', { name: '读者' })).id;
  const consent = { source: 'fair' };
  const { id } = await api.post('/contacts', {
    email: 'reader@simulator.test',
    name: 'Straße 李',
    lists: [{ id: list, status: 'subscribed', consent }],
  });
  // Somebody who opened a mail a week ago.
  await product.sql(
    `INSERT INTO events (at, workspace_id, contact_id, type, human)
     SELECT now() - interval '7 days', workspace_id, id, 'opened', true FROM contacts WHERE id = $1`,
    [id],
  );
});
afterAll(() => product?.stop());

interface Case {
  name: string;
  content: Record<string, unknown>;
}

/** Sends each as a campaign to the reader, and reads what the server at the other end took. */
async function mailsOf(
  cases: Case[],
): Promise<Map<string, { raw: string; mail: Awaited<ReturnType<PostalMime['parse']>> }>> {
  const from = { name: '鸿雁', address: 'news@brand.example' };
  for (const { name, content } of cases) {
    const { id } = await api.post('/campaigns', { name, from, content, audience: { lists: [list] } });
    await api.post(`/campaigns/${id}/start`);
  }
  let items: { id: string; subject: string }[] = [];
  const arrived = async () => (items = (await api.get('/sandbox/messages?limit=100')).items).length >= cases.length;
  await until(arrived, { what: 'the mails', timeoutMs: 90_000, detail: () => `${items.length}\n${product.output()}` });
  const mails = new Map();
  for (const { id } of items) {
    const raw = await (await api.raw(`/sandbox/messages/${id}/raw`)).text();
    const mail = await new PostalMime().parse(raw);
    mails.set(mail.subject, { raw, mail });
  }
  return mails;
}

it('every starter and a document with every block arrive as they should, in both languages', async () => {
  const { items: starters } = await api.get('/templates/starters');
  const cases: Case[] = starters
    // Made for a program: below.
    .filter(({ key }: { key: string }) => key !== 'receipt')
    .map(({ key, locale, document, preheader }: Record<string, string>) => {
      return { name: key, content: { subject: `${key} ${locale} {{name}}`, preheader, document } };
    });
  for (const locale of ['zh-CN', 'en'] as const) {
    cases.push({ name: 'every', content: { subject: `every ${locale} {{name}}`, document: everyBlock(locale) } });
  }
  const mails = await mailsOf(cases);
  expect(mails.size).toBe(cases.length);
  for (const [subject, { raw, mail }] of mails) {
    const seen = { subject, html: mail.html ?? '', text: mail.text ?? '' };
    expect(subject).toMatch(/ Straße 李$/);
    expect(raw).toMatch(/^Content-Type: multipart\/alternative/im);
    expect(raw).toMatch(/^List-Unsubscribe: </im);
    expect(raw).toMatch(/^List-Unsubscribe-Post: List-Unsubscribe=One-Click/im);
    expect(seen.html).toContain('<!--[if mso');
    expect(seen.html).toMatch(/\/u\/[\w.-]+/);
    expect(seen.text).toMatch(/\/u\/[\w.-]+/);
    expect(`${seen.html}${seen.text}`).not.toMatch(/\{\{|undefined|hyq\d/);
    expect(Buffer.byteLength(seen.html)).toBeLessThan(95 * 1024);
    const hosts = [...seen.html.matchAll(/<img[^>]+src="([^"]+)"/g)].map(([, src]) => new URL(src ?? '').hostname);
    // Ours are the pixel and the document's own pictures.
    expect(hosts.filter((host) => !['img.hongyan-e2e.org', '127.0.0.1', 'localhost'].includes(host))).toEqual([]);
  }
  for (const locale of ['zh-CN', 'en']) {
    const { html = '', text = '' } = mails.get(`every ${locale} Straße 李`)!.mail;
    // Behaviour and fields decide the same in both parts.
    for (const part of [html, text]) {
      expect(part).toContain('只给最近打开过的人');
      expect(part).not.toContain('只给上海的人');
      expect(part).toContain('某天');
    }
    expect(text).toContain('Straße 李 的 & 标题');
    expect(text).not.toContain('STRASSE');
  }
});

it('a triggered message is made of a document as of any template', async () => {
  const { items } = await api.get('/templates/starters');
  const { document, subject } = items.find((starter: { key: string }) => starter.key === 'receipt');
  const { id: templateId } = await api.post('/templates', { name: 'order', subject, document });
  const order = { number: 'A-7', total: 1280, date: '2026-03-05' };
  const to = { name: '李明', address: 'buyer@simulator.test' };
  const from = { name: '鸿雁', address: 'shop@brand.example' };
  const { id } = await api.post('/messages', { to, from, templateId, data: { order } });
  await until(async () => (await api.get(`/messages/${id}`)).status === 'accepted', { what: 'the message' });
  const sent = (await api.get('/sandbox/messages?limit=100')).items.find((item: { subject: string }) =>
    item.subject.includes('A-7'),
  );
  const mail = await new PostalMime().parse(await (await api.raw(`/sandbox/messages/${sent.id}/raw`)).text());
  expect(mail.text).toMatch(/李明，我们已经收到您的付款[^]*A-7[^]*2026年3月5日[^]*1,280\.00/);
  expect(mail.html).toContain('<!--[if mso');
});
