import type { Page } from 'playwright-core';
import type { ApiClient } from '../support/api-client.js';
import { barriers, closeBrowsers, openBrowser, option, settled, show, signIn, visit } from '../support/browser.js';
import type { Visit } from '../support/browser.js';
import { setUp, startProduct } from '../support/product.js';
import type { Product } from '../support/product.js';

let product: Product;
let api: ApiClient;
let visitor: Visit;
let page: Page;
beforeAll(async () => {
  product = await startProduct();
  api = await setUp(product);
  for (const name of ['春季来信', '每月通讯']) {
    const html = `<h1>${name}</h1><p>{{name}}，你好</p>`;
    await api.post('/templates', { name, subject: `${name}到了`, html });
  }
  visitor = await visit(await openBrowser(), product);
  page = visitor.page;
  await signIn(visitor);
});
afterAll(async () => {
  await closeBrowsers();
  await product?.stop();
});

const card = (name: string) =>
  page
    .getByRole('list', { name: '模板', exact: true })
    .getByRole('listitem')
    .filter({ has: page.getByRole('link', { name, exact: true }) });

it('a template is put into a category, looked at on a phone, and counts the campaigns that began with it', async () => {
  await show(page, '/templates');
  await card('每月通讯').getByText('还没有活动用它创建').waitFor();
  await page.getByRole('button', { name: '「每月通讯」的更多操作' }).click();
  await page.getByRole('menuitem', { name: '设置分类' }).click();
  const dialog = page.getByRole('dialog', { name: '设置分类' });
  await dialog.getByLabel('分类').fill('通讯');
  await settled(page);
  expect(await barriers(page)).toEqual([]);
  await dialog.getByRole('button', { name: '保存' }).click();
  await dialog.waitFor({ state: 'hidden' });
  await page.getByRole('combobox', { name: '分类' }).click();
  await option(page, '通讯（1）').click();
  await card('春季来信').waitFor({ state: 'hidden' });
  await page.reload();
  await card('每月通讯').waitFor();
  expect(await card('春季来信').count()).toBe(0);

  await page.getByRole('link', { name: '预览「每月通讯」' }).click();
  const look = page.getByRole('dialog', { name: '模板预览' });
  const mail = look.frameLocator('iframe');
  await mail.getByRole('heading', { name: '每月通讯' }).waitFor();
  await look.getByText('手机', { exact: true }).click();
  await look.locator('iframe[style*="375px"]').waitFor();
  await settled(page);
  expect(await barriers(page)).toEqual([]);
  await page.reload();
  await mail.getByRole('heading', { name: '每月通讯' }).waitFor();
  await look.getByRole('button', { name: '用它创建活动' }).click();
  await page.waitForURL(/\/campaigns\/\d+$/);

  await show(page, '/templates');
  await card('每月通讯').getByText('1 个活动用它创建').waitFor();
  await card('春季来信').getByText('还没有活动用它创建').waitFor();
  expect([visitor.errors(), visitor.strangers()]).toEqual([[], []]);
});

it('a campaign that takes a template on its own page counts too', async () => {
  const { id } = await api.post('/campaigns', { name: '空白活动' });
  await show(page, `/campaigns/${id}`);
  await page.getByRole('button', { name: /春季来信到了/ }).click();
  await page.getByText('已保存', { exact: true }).first().waitFor();
  await show(page, '/templates');
  await card('春季来信').getByText('1 个活动用它创建').waitFor();
  expect((await api.get(`/campaigns/${id}`)).content.subject).toBe('春季来信到了');
});
