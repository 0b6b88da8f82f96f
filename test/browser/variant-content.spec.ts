import type { Page } from 'playwright-core';
import type { ApiClient } from '../support/api-client.js';
import { closeBrowsers, openBrowser, show, signIn, visit } from '../support/browser.js';
import { addresses, draftCampaign, importContacts } from '../support/campaigns.js';
import { setUp, startProduct } from '../support/product.js';
import type { Product } from '../support/product.js';
import { until } from '../support/until.js';

let product: Product;
let api: ApiClient;
let page: Page;
beforeAll(async () => {
  product = await startProduct();
  api = await setUp(product);
  const visitor = await visit(await openBrowser(), product, { locale: 'zh-CN' });
  page = visitor.page;
  await signIn(visitor, { email: 'owner@example.com', password: 'correct horse battery', locale: 'zh-CN' });
});
afterAll(async () => {
  await closeBrowsers();
  await product?.stop();
});

it('a variant is written in the block editor, beside a subject that is still being saved, and A stays as it is', async () => {
  const { items } = await api.get('/templates/starters');
  const starter = items.find(({ locale }: { locale: string }) => locale === 'zh-CN');
  const { subject, document } = starter as Record<string, unknown>;
  const list = await importContacts(api, ['reader@example.com']);
  const id = await draftCampaign(api, list, { content: { subject, document } });
  await api.put(`/campaigns/${id}/ab-test`, { variants: [{}] });
  const before = (await api.get(`/campaigns/${id}`)).content;
  const variant = async () => (await api.get(`/campaigns/${id}/ab-test`)).test.variants[0];

  await show(page, `/campaigns/${id}`);
  await page.getByLabel('变体 B 的邮件主题').fill('另一个主题');
  await page.getByRole('link', { name: '写变体 B 自己的内容' }).click();
  await page.getByRole('heading', { name: '变体 B' }).waitFor();
  await page.waitForURL(/\/variants\/B$/);
  await page.locator('.be-canvas').getByText('很高兴认识您').first().click();
  await page.keyboard.press('End');
  await page.keyboard.type('：这是变体');
  await until(async () => JSON.stringify((await variant()).content ?? '').includes('这是变体'), {
    what: 'the content of the variant to be stored',
  });
  expect(await variant()).toMatchObject({ subject: '另一个主题' });
  expect((await api.get(`/campaigns/${id}`)).content).toEqual(before);

  await page.getByRole('link', { name: '完成' }).click();
  await page.locator('#section-abTest a:focus').waitFor();
  expect(await page.locator('#section-abTest a:focus').getAttribute('aria-label')).toBe('编辑变体 B 的内容');
  const { items: kept } = await api.get(`/campaigns/${id}/ab-test/variants/1/revisions`);
  expect(kept).toHaveLength(2);
});

it('the confirmation says how many are held out, beside those who get the mail', async () => {
  const list = await importContacts(api, addresses(10));
  const id = await draftCampaign(api, list);
  await api.put(`/campaigns/${id}/ab-test`, { variants: [{ subject: '另一个主题' }], sample: 40, holdOut: 20 });
  await show(page, `/campaigns/${id}`);
  await page.getByRole('button', { name: '检查并发送' }).click();
  const dialog = page.getByRole('dialog', { name: '确认发送' });
  await dialog.getByText('对照组 2 人，这次什么都收不到').waitFor();
  expect(await dialog.locator('.confirm-count').innerText()).toMatch(/^8\s*人将收到这封邮件$/);
});
