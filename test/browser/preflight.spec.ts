import { createServer } from 'node:http';
import type { Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { once } from 'node:events';
import { startNameServer } from '#platform/testing';
import type { NameServer } from '#platform/testing';
import type { ApiClient } from '../support/api-client.js';
import {
  barriers,
  closeBrowsers,
  openBrowser,
  settled,
  show,
  sidewaysScroll,
  signIn,
  visit,
} from '../support/browser.js';
import type { Visit } from '../support/browser.js';
import { addAccount, addresses, draftCampaign, importContacts } from '../support/campaigns.js';
import { setUp, startProduct } from '../support/product.js';
import type { Product } from '../support/product.js';

let site: Server;
let dns: NameServer;
let product: Product;
let api: ApiClient;
let visitor: Visit;
let campaign: string;
let links: string;

const WORDS = 'Picked by hand a week ago in the hills above the lake, and roasted the same evening over charcoal.';
const content = (path: string) => ({
  subject: 'Tea for you',
  html: `<p>Tea for {{fields.city}}. ${WORDS} <a href="${links}${path}">Look</a> <a href="{{unsubscribeUrl}}">Leave</a></p>`,
});

beforeAll(async () => {
  site = createServer((request, response) => {
    response.writeHead(request.url === '/here' ? 200 : 404).end();
  }).listen(0, '127.0.0.1');
  await once(site, 'listening');
  links = `http://127.0.0.1:${(site.address() as AddressInfo).port}`;
  dns = await startNameServer();
  product = await startProduct({ env: { LINK_CHECKS: 'on', DNS_SERVERS: dns.address } });
  api = await setUp(product);
  await api.post('/fields', { key: 'city', label: 'City', type: 'text' });
  await addAccount(api, 1);
  const list = await importContacts(api, addresses(3));
  const { domain } = /@(?<domain>.+)$/.exec(
    (await api.get(`/campaigns/${await draftCampaign(api, list)}`)).from.address,
  )!.groups as { domain: string };
  await api.post('/sending-domains', { domain });
  campaign = await draftCampaign(api, list, { content: content('/gone') });
  visitor = await visit(await openBrowser(), product);
  await signIn(visitor);
});
afterAll(async () => {
  await closeBrowsers();
  await product?.stop();
  await dns?.close();
  site?.close();
});

it('a broken link keeps a draft from being sent; who lacks data is listed; a warning is confirmed, not ignored', async () => {
  const { page } = visitor;
  await show(page, `/campaigns/${campaign}`);
  await page.getByText('链接打不开（404）').waitFor();
  expect(await barriers(page)).toEqual([]);
  await page.getByRole('button', { name: '3 位收件人没有变量「City」的内容' }).click();
  const drawer = page.getByRole('dialog', { name: '缺少「City」的收件人' });
  await drawer.getByRole('link').nth(2).waitFor();
  await settled(page);
  expect(await barriers(page)).toEqual([]);
  await page.keyboard.press('Escape');
  await drawer.waitFor({ state: 'hidden' });
  await page.getByRole('button', { name: '检查并发送' }).click();
  await settled(page);
  expect(await page.getByRole('dialog', { name: '确认发送' }).count()).toBe(0);
  await expect(api.post(`/campaigns/${campaign}/start`)).rejects.toThrow('CAMPAIGN_INCOMPLETE');

  const { version } = await api.get(`/campaigns/${campaign}`);
  await api.patch(`/campaigns/${campaign}`, { version, content: content('/here') });
  await show(page, `/campaigns/${campaign}`);
  await page.getByRole('button', { name: '检查并发送' }).click();
  const dialog = page.getByRole('dialog', { name: '确认发送' });
  await dialog.getByText('预计用时').waitFor();
  await dialog.getByRole('button', { name: /^仍然发送（\d 项提醒）$/ }).waitFor();
  await settled(page);
  expect(await barriers(page)).toEqual([]);
}, 120_000);

it('a sending domain says what to publish, and is verified once it is', async () => {
  const { page } = visitor;
  await show(page, '/settings/domains/1');
  const { records } = await api.get('/sending-domains/1');
  for (const { type, name, value } of records) dns.records.set(`${type} ${name}`, [type === 'A' ? '192.0.2.1' : value]);
  await page.getByRole('button', { name: '重新检查' }).click();
  await page.getByText('公钥与签名所用的密钥一致。').waitFor();
  await settled(page);
  expect(await barriers(page)).toEqual([]);
  const phone = await visit(await openBrowser(), product, { locale: 'en', width: 390 });
  await signIn(phone, { email: 'owner@example.com', password: 'correct horse battery', locale: 'en' });
  await show(phone.page, '/settings/domains/1');
  expect(await sidewaysScroll(phone.page)).toBe(0);
}, 120_000);
