import { barriers, closeBrowsers, openBrowser, show, signIn, visit } from '../support/browser.js';
import type { Visit } from '../support/browser.js';
import type { ApiClient } from '../support/api-client.js';
import { importContacts, startCampaign, untilStatus } from '../support/campaigns.js';
import { setUp, startProduct } from '../support/product.js';
import type { Product } from '../support/product.js';

let product: Product;
let api: ApiClient;
let marketer: Visit;
let stranger: Visit;
beforeAll(async () => {
  product = await startProduct();
  api = await setUp(product);
  const campaign = await startCampaign(api, await importContacts(api, ['wang@example.com']), { name: '春茶上市' });
  await untilStatus(product, api, campaign, 'sent');
  const browser = await openBrowser();
  marketer = await visit(browser, product);
  stranger = await visit(browser, product);
  await signIn(marketer);
});
afterAll(async () => {
  await closeBrowsers();
  await product?.stop();
});

const publicPage = () => `${product.trackingUrl}/a/spring-tea`;

async function save(): Promise<void> {
  const { page } = marketer;
  const saved = page.waitForResponse(
    (answer) => answer.request().method() === 'PUT' && answer.url().endsWith('/archive'),
  );
  await page.getByRole('button', { name: '保存' }).click();
  expect((await saved).status()).toBe(200);
}

it('a campaign is read by anybody once both the page and the campaign are public, and no longer afterwards', async () => {
  const { page } = marketer;
  expect((await stranger.page.goto(publicPage()))?.status()).toBe(404);

  await show(page, '/archive');
  await page.getByRole('switch', { name: '展示「春茶上市」' }).click();
  await page.getByRole('switch', { name: '公开页面' }).click();
  await page.getByLabel('网址').fill('spring-tea');
  await page.getByLabel('页面标题').fill('青山茶舍的来信');
  await save();

  await stranger.page.goto(publicPage());
  await stranger.page.getByRole('heading', { name: '青山茶舍的来信' }).waitFor();
  expect(await barriers(stranger.page)).toEqual([]);
  await stranger.page.locator('ul.mails a').click();
  await stranger.page.getByText('欢迎').first().waitFor();
  const mail = stranger.page.url();
  expect(await stranger.page.content()).not.toContain('wang@example.com');

  await page.getByRole('switch', { name: '公开页面' }).click();
  await save();
  expect((await stranger.page.goto(mail))?.status()).toBe(404);
  expect((await stranger.page.goto(publicPage()))?.status()).toBe(404);
});
