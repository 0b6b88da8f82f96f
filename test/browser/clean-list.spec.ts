import {
  closeBrowsers,
  openBrowser,
  option,
  settled,
  show,
  sidewaysScroll,
  signIn,
  visit,
} from '../support/browser.js';
import { setUp, startProduct } from '../support/product.js';
import type { Product } from '../support/product.js';
import type { ApiClient } from '../support/api-client.js';
import { until } from '../support/until.js';

const ADDRESSES = ['good@firm.example', 'li@gamil.com', 'sales@firm.example', 'x@mailinator.com'];

let product: Product;
let api: ApiClient;
let list: string;
beforeAll(async () => {
  product = await startProduct();
  api = await setUp(product);
  list = (await api.post('/lists', { name: '客户' })).id;
  for (const email of ADDRESSES) {
    await api.post('/contacts', { email, lists: [{ id: list, consent: { source: 'test' } }] });
  }
});
afterAll(async () => {
  await closeBrowsers();
  await product?.stop();
});

/** Who is on the list, as the API tells. */
async function members(): Promise<string[]> {
  const { items } = await api.get(`/contacts?list=${list}&membership=subscribed`);
  return items.map(({ email }: { email: string }) => email).sort();
}

it('a list is cleaned in the screen, and undoing it restores who was there', async () => {
  const visitor = await visit(await openBrowser(), product, { locale: 'zh-CN' });
  const { page } = visitor;
  await signIn(visitor);
  await show(page, `/lists/${list}/quality`);
  await page.getByRole('button', { name: '清洗列表' }).first().click();
  await page.getByText('按原因处理').first().waitFor();
  await page.getByRole('combobox', { name: /一次性邮箱/ }).click();
  await option(page, '移出此列表').click();
  await page.getByRole('button', { name: '处理', exact: true }).click();
  const dialog = page.getByRole('dialog');
  await dialog.getByText('更正 1 个地址').waitFor();
  await dialog.getByRole('button', { name: '处理' }).click();
  await page.getByText('已按您的选择处理').waitFor();
  expect(await members()).toEqual(['good@firm.example', 'li@gmail.com', 'sales@firm.example']);

  await page.setViewportSize({ width: 390, height: 844 });
  await settled(page);
  expect(await sidewaysScroll(page)).toBe(0);

  await page.getByRole('button', { name: '撤销处理' }).click();
  await page.getByRole('dialog').getByRole('button', { name: '撤销处理' }).click();
  await page.getByText('已撤销').first().waitFor();
  await until(async () => (await members()).length === ADDRESSES.length, { what: 'everyone to be back' });
  expect(await members()).toEqual([...ADDRESSES].sort());
  expect(visitor.errors()).toEqual([]);
});
