import type { Locator, Page } from 'playwright-core';
import { closeBrowsers, enter, openBrowser, option, show, signIn, visit, writeInto } from '../support/browser.js';
import type { Visit } from '../support/browser.js';
import type { ApiClient } from '../support/api-client.js';
import { setUp, startProduct } from '../support/product.js';
import type { Product } from '../support/product.js';

let product: Product;
let api: ApiClient;
let visitor: Visit;
let page: Page;
beforeAll(async () => {
  product = await startProduct();
  api = await setUp(product);
  const { id } = await api.post('/lists', { name: '客户' });
  const lists = [{ id, consent: { source: 'test' } }];
  for (const [email, name] of [
    ['an@firm.example', '安'],
    ['bo@firm.example', '安波'],
    ['cy@firm.example', '陈'],
  ] as const) {
    await api.post('/contacts', { email, name, lists, tags: email.startsWith('an') ? ['vip'] : [] });
  }
  await api.post('/segments', {
    name: '全部客户',
    rule: { version: 1, root: { kind: 'all', of: [{ kind: 'list', op: 'any', lists: [id], status: 'subscribed' }] } },
  });
  visitor = await visit(await openBrowser(), product, { width: 1024, height: 768 });
  page = visitor.page;
  await signIn(visitor);
});
afterAll(async () => {
  await closeBrowsers();
  await product?.stop();
});

const button = (name: string) => page.getByRole('button', { name, exact: true });
const add = () => page.getByRole('button', { name: /添加条件$/ });
const subject = (place: number) => page.getByLabel(`条件 ${place}：对象`);
const inFocus = (target: Locator) => target.and(page.locator(':focus')).waitFor();
const row = (name: string) => page.getByRole('row').filter({ has: page.getByRole('link', { name, exact: true }) });
const number = (count: number) => page.locator('.segment-count strong', { hasText: new RegExp(`^${count}$`) });

async function more(segment: string, item: string): Promise<void> {
  await button(`「${segment}」的更多操作`).click();
  await page.getByRole('menuitem', { name: item, exact: true }).click();
}

it('a segment is built by keyboard, the focus goes where the work goes on, and its number stays in sight', async () => {
  await show(page, '/segments/new');
  await writeInto(page.getByLabel('名称', { exact: true }), '姓安的');
  await enter(add());
  await inFocus(subject(2));
  await page.keyboard.type('姓名');
  await option(page, '姓名').first().waitFor();
  await page.keyboard.press('Enter');
  await writeInto(page.getByRole('group', { name: '条件 2', exact: true }).getByLabel('值'), '安');
  await enter(add());
  await inFocus(subject(3));
  await enter(button('删除条件 3'));
  await inFocus(add());
  await enter(button('删除条件 1'));
  await number(2).waitFor();
  const box = await number(2).boundingBox();
  expect(box && box.y + box.height < 768).toBe(true);
  await page.keyboard.press('Control+s');
  await page.waitForURL(/segments\/\d+$/);
});

it('who bought is found, and where the orders come from is said', async () => {
  const purchases = ['bo', 'cy'].map((name) => ({ email: `${name}@firm.example`, orderId: name }));
  await api.post('/purchases', { purchases });
  await show(page, '/segments/new');
  await subject(1).click();
  // Too far down to be there before it is looked for.
  await page.keyboard.type('购买');
  await option(page, /^购买$/).click();
  await page.getByText('最近 30 天内购买过。').waitFor();
  await number(2).waitFor();
  await page.getByText('订单由商城通过 API 上报').waitFor();
  const row = page.getByRole('group', { name: '条件 1', exact: true });
  expect(await row.getByLabel('营销活动').count()).toBe(0);
  await row.getByLabel('判断方式').first().click();
  await option(page, /^没有$/).click();
  await page.getByText('最近 30 天内没有购买。').waitFor();
  await number(1).waitFor();
});

it('a name that is missing is asked for until it is there', async () => {
  await show(page, '/segments/new');
  await page.keyboard.press('Control+s');
  const asked = page.getByText('请填写名称');
  await asked.waitFor();
  await page.keyboard.type('老客');
  await asked.waitFor({ state: 'hidden' });
});

it('the list tells the numbers unasked; a copy is deleted and brought back', async () => {
  await show(page, '/segments');
  await row('姓安的').getByText('2', { exact: true }).waitFor();
  await row('全部客户').getByText('3', { exact: true }).waitFor();
  await more('姓安的', '复制');
  await page.waitForURL(/segments\/\d+$/);
  await show(page, '/segments');
  await row('姓安的 (2)').getByText('2', { exact: true }).waitFor();
  await more('姓安的 (2)', '删除');
  await row('姓安的 (2)').waitFor({ state: 'hidden' });
  await page.getByRole('button', { name: /^撤 ?销$/ }).click();
  await row('姓安的 (2)').waitFor();
  expect([visitor.errors(), visitor.strangers()]).toEqual([[], []]);
});

it('a segment that is used stays, and says by which campaigns that are not over, each a click away', async () => {
  const { id } = (await api.get('/segments?q=全部客户')).items[0];
  const audience = { lists: [], segments: [id] };
  await api.post('/campaigns', { name: '秋茶', audience });
  await api.post('/campaigns', { name: '已结束', audience });
  await product.sql(`UPDATE campaigns SET status = 'sent' WHERE name = '已结束'`);
  await show(page, '/segments');
  await more('全部客户', '删除');
  const dialog = page.getByRole('dialog');
  await dialog.getByRole('link', { name: '秋茶' }).waitFor();
  expect(await dialog.getByRole('listitem').allTextContents()).toEqual(['秋茶']);
  await dialog.getByRole('link', { name: '秋茶' }).click();
  await page.waitForURL(/campaigns\/\d+/);
  await dialog.waitFor({ state: 'hidden' });
});

it('where more use it than a list has room for, all of them are a click away', async () => {
  const { id } = (await api.get('/segments?q=全部客户')).items[0];
  const audience = { lists: [], segments: [id] };
  for (let place = 1; place <= 21; place++) await api.post('/campaigns', { name: `预告 ${place}`, audience });
  await product.sql(`UPDATE campaigns SET status = 'sent' WHERE name LIKE '预告 _'`);
  await show(page, '/segments');
  await more('全部客户', '删除');
  const dialog = page.getByRole('dialog');
  // The twelve newest and the first of all: those between them are over.
  await dialog.getByRole('listitem').nth(12).waitFor();
  expect(await dialog.getByRole('listitem').last().textContent()).toBe('秋茶');
  await dialog.getByRole('button').click();
  await dialog.waitFor({ state: 'hidden' });

  await product.sql(`UPDATE campaigns SET status = 'paused' WHERE name LIKE '预告 _'`);
  await more('全部客户', '删除');
  await dialog.getByRole('link', { name: '共有 22 个营销活动在使用，查看全部' }).click();
  const uses = page.getByRole('region', { name: '使用情况' });
  await uses.getByRole('heading', { name: /23/ }).waitFor();
  await uses.getByRole('button', { name: '显示更多' }).click();
  await uses.getByRole('link', { name: '秋茶' }).waitFor();
  expect(await uses.getByRole('listitem').count()).toBe(23);
});
