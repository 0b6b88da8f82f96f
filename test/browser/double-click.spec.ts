import { closeBrowsers, openBrowser, show, signIn, visit } from '../support/browser.js';
import type { ApiClient } from '../support/api-client.js';
import { draftCampaign } from '../support/campaigns.js';
import { setUp, startProduct } from '../support/product.js';
import type { Product } from '../support/product.js';
import { until } from '../support/until.js';

let product: Product;
let api: ApiClient;
beforeAll(async () => {
  product = await startProduct();
  api = await setUp(product);
});
afterAll(async () => {
  await closeBrowsers();
  await product?.stop();
});

it('a double click on a button that sends does what a click does', async () => {
  const visitor = await visit(await openBrowser(), product);
  const { page } = visitor;
  await signIn(visitor);
  const list = await api.post('/lists', { name: '客户' });
  const id = await draftCampaign(api, list.id, { from: { name: '鸿雁', address: 'news@example.com' } });
  await show(page, `/campaigns/${id}`);
  await page.getByRole('button', { name: '发送测试' }).click();
  const dialog = page.getByRole('dialog', { name: '发送测试' });
  await dialog.getByRole('button', { name: '发送测试' }).dblclick();
  await dialog.getByText('已被邮件服务器接收').waitFor();
  // One more, on purpose: by the time it has arrived, a second of the double click would have as well.
  await dialog.getByRole('button', { name: '再发一次' }).click();
  const arrived = async () => (await api.get('/sandbox/messages')).items.length as number;
  await until(async () => (await arrived()) >= 2, { what: 'two test mails', detail: () => product.output() });
  await dialog.getByText('已被邮件服务器接收').waitFor();
  expect(await arrived()).toBe(2);
  expect(visitor.errors()).toEqual([]);
});
