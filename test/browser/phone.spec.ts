import { closeBrowsers, openBrowser, settled, show, sidewaysScroll, signIn, visit } from '../support/browser.js';
import type { Visit } from '../support/browser.js';
import type { ApiClient } from '../support/api-client.js';
import { importContacts, startCampaign } from '../support/campaigns.js';
import { setUp, startProduct } from '../support/product.js';
import type { Product } from '../support/product.js';
import { until } from '../support/until.js';

/** Slow enough that the campaign is still being sent when the test is over. */
const PER_MINUTE = 120;

let product: Product;
let api: ApiClient;
let visitor: Visit;
let campaign: string;
beforeAll(async () => {
  product = await startProduct();
  api = await setUp(product);
  const account = (await api.get('/smtp-accounts')).items[0];
  await api.patch(`/smtp-accounts/${account.id}`, { limits: { perMinute: PER_MINUTE }, version: account.version });
  const people = Array.from(
    { length: 600 },
    (_, index) => `${index % 3 ? 'success' : 'click'}-${index}@simulator.test`,
  );
  campaign = await startCampaign(api, await importContacts(api, people));
  visitor = await visit(await openBrowser(), product, { width: 390, height: 844 });
  await signIn(visitor);
});
afterAll(async () => {
  await closeBrowsers();
  await product?.stop();
});

const status = async () => (await api.get<{ status: string }>(`/campaigns/${campaign}`)).status;

it('on a phone, a report is read without scrolling sideways', async () => {
  const { page } = visitor;
  for (const tab of ['', '?tab=links', '?tab=bounces', '?tab=providers', '?tab=recipients', '?tab=mail']) {
    await show(page, `/campaigns/${campaign}/report${tab}`);
    expect([tab, await sidewaysScroll(page)]).toEqual([tab, 0]);
  }
  await show(page, `/campaigns/${campaign}/report`);
  for (const figure of ['发送', '送达', '打开', '点击', '退信', '退订', '投诉', '回复']) {
    const card = page.locator('li.kpi').filter({ has: page.getByText(figure, { exact: true }) });
    const box = (await card.boundingBox())!;
    expect(box.x).toBeGreaterThanOrEqual(0);
    expect(box.x + box.width).toBeLessThanOrEqual(390);
  }
  const actions = page.locator('.page-header-actions button');
  const tops = await actions.evaluateAll((buttons) => buttons.map((button) => button.getBoundingClientRect().top));
  expect(tops).toEqual([tops[0], tops[0], tops[0]]);
  await actions.nth(2).click();
  await page.getByRole('menuitem', { name: '回复过' }).waitFor();
  await page.keyboard.press('Escape');
});

it('a campaign with a long name pushes neither the list on a phone nor the calendar aside', async () => {
  const { page } = visitor;
  await startCampaign(api, await importContacts(api, ['success-long@simulator.test']), { name: '长'.repeat(200) });
  await show(page, '/campaigns');
  await page.getByRole('link', { name: /^长{200}/ }).waitFor();
  expect(await sidewaysScroll(page)).toBe(0);
  await page.setViewportSize({ width: 1024, height: 800 });
  await show(page, '/campaigns?view=calendar');
  await page.getByRole('link', { name: /长{200}/ }).waitFor();
  expect(await sidewaysScroll(page)).toBe(0);
  await page.setViewportSize({ width: 390, height: 844 });
});

it('on a phone, a campaign is paused and resumed with a thumb', async () => {
  const { page } = visitor;
  await show(page, '/campaigns');
  await page.getByRole('link', { name: '系统测试' }).click();
  const pause = page.getByRole('button', { name: /暂停$/ });
  const box = (await pause.boundingBox())!;
  expect(Math.min(box.width, box.height)).toBeGreaterThanOrEqual(40);
  await pause.click();
  await page.getByRole('button', { name: /继续$/ }).waitFor();
  await page.getByText('已暂停', { exact: true }).first().waitFor();
  expect(await status()).toBe('paused');
  await settled(page);
  expect(await sidewaysScroll(page)).toBe(0);

  await page.getByRole('button', { name: /继续$/ }).click();
  await pause.waitFor();
  expect(await status()).toBe('sending');
  const accepted = async () => (await api.get(`/campaigns/${campaign}/report`)).counts.accepted as number;
  const before = await accepted();
  await until(async () => (await accepted()) > before, { what: 'the campaign to go on' });
  expect(visitor.errors()).toEqual([]);
  expect(visitor.strangers()).toEqual([]);
});
