import { readFile } from 'node:fs/promises';
import { closeBrowsers, openBrowser, option, settled, show, signIn, visit } from '../support/browser.js';
import type { Visit } from '../support/browser.js';
import type { ApiClient } from '../support/api-client.js';
import { importContacts, startCampaign, untilStatus } from '../support/campaigns.js';
import { setUp, startProduct } from '../support/product.js';
import type { Product } from '../support/product.js';
import { compose } from '../support/typing.js';
import { until } from '../support/until.js';

let product: Product;
let api: ApiClient;
let visitor: Visit;
beforeAll(async () => {
  product = await startProduct();
  api = await setUp(product);
  const list = await importContacts(api, ['wang@example.com', 'li@example.com', 'zhao@example.org']);
  await untilStatus(product, api, await startCampaign(api, list), 'sent');
  visitor = await visit(await openBrowser(), product);
  await signIn(visitor);
});
afterAll(async () => {
  await closeBrowsers();
  await product?.stop();
});

const rows = () => visitor.page.locator('tbody tr.ant-table-row');

it('the contacts of a segment are its contacts, also after the page is loaded anew', async () => {
  const { page } = visitor;
  const atExample = { kind: 'property', property: 'domain', test: { op: 'is', values: ['example.com'] } };
  await api.post('/segments', { name: '示例公司', rule: { version: 1, root: { kind: 'all', of: [atExample] } } });
  await show(page, '/segments');
  await page.getByRole('link', { name: '示例公司' }).click();
  await settled(page);
  await page.getByRole('link', { name: '查看联系人' }).click();
  await rows().nth(1).waitFor();
  expect(await rows().count()).toBe(2);
  await page.reload();
  await settled(page);
  expect((await rows().allInnerTexts()).filter((text) => text.includes('@example.com'))).toHaveLength(2);
});

it('an address that asks for what is gone leads out of it', async () => {
  const { page } = visitor;
  for (const asked of ['segment=999999', 'status=bogus', 'cursor=bogus', 'list=gone&q=wang']) {
    await show(page, `/contacts?${asked}`);
    const problem = page.getByRole('alert').filter({ hasText: '重试' });
    await problem.getByRole('button', { name: /清除筛选|回到第一页/ }).click();
    await rows().nth(2).waitFor();
    expect(new URL(page.url()).search).toBe('');
  }
});

it('a search that answers leaves alone what is written meanwhile', async () => {
  const { page } = visitor;
  await show(page, '/contacts');
  const box = page.getByRole('searchbox');
  await box.pressSequentially('zhao ');
  await page.waitForURL(/[?&]q=zhao$/);
  await rows().nth(0).getByText('zhao@example.org').waitFor();
  await box.pressSequentially('mei');
  expect(await box.inputValue()).toBe('zhao mei');
  await page.getByRole('button', { name: '清空搜索框' }).click();
  expect(await box.inputValue()).toBe('');
});

it('nothing is searched for while its word is being composed', async () => {
  const { page } = await visit(visitor.context.browser()!, product);
  await signIn({ ...visitor, page });
  await page.clock.install();
  await show(page, '/contacts');
  const asked: string[] = [];
  page.on('request', (request) => asked.push(new URL(request.url()).searchParams.get('q') ?? ''));
  await page.getByRole('searchbox').focus();
  await compose(page, 'wang', '王', () => page.clock.runFor(2_000));
  await page.waitForURL(({ searchParams }) => searchParams.get('q') === '王');
  await page.getByText('没有符合条件的结果').waitFor();
  expect(asked.filter(Boolean)).toEqual(['王']);
});

it('the contacts that a search leaves are taken home as a file', async () => {
  const { page } = visitor;
  await show(page, '/contacts?q=example.org');
  const coming = page.waitForEvent('download');
  await page.getByRole('button', { name: '导出' }).click();
  const file = await coming;
  expect(file.suggestedFilename()).toBe('contacts.csv');
  const [header, ...lines] = (await readFile(await file.path(), 'utf8')).trimEnd().split('\r\n');
  expect(header).toMatch(/^\uFEFFemail,name,/);
  expect(lines).toEqual([expect.stringMatching(/^zhao@example\.org,/)]);
});

it('contacts that are chosen are taken home as a file', async () => {
  const { page } = visitor;
  await show(page, '/contacts');
  await page.getByRole('checkbox', { name: /li@example\.com/ }).check();
  const coming = page.waitForEvent('download');
  await page.locator('.bulk-bar').getByRole('button', { name: '导出' }).click();
  const [, ...lines] = (await readFile(await (await coming).path(), 'utf8')).trimEnd().split('\r\n');
  expect(lines).toEqual([expect.stringMatching(/^li@example\.com,/)]);
});

it('a campaign says that a list it was for has been deleted', async () => {
  const { page } = visitor;
  const { id: list } = await api.post<{ id: string }>('/lists', { name: '春茶' });
  const audience = { lists: [list], excludeLists: [] };
  const { id } = await api.post<{ id: string }>('/campaigns', { name: '草稿', audience });
  await api.delete(`/lists/${list}`);
  await show(page, `/campaigns/${id}`);
  const chosen = page.locator('.ant-select', { has: page.locator('#campaign-lists') });
  await chosen.getByText('已删除的列表').waitFor();
});

it('a timeline shows one kind of what happened, and its address says which', async () => {
  const { page } = visitor;
  const { items } = await api.get<{ items: { id: string }[] }>('/contacts?q=zhao@example.org');
  await show(page, `/contacts/${items[0]?.id}`);
  const entries = page.locator('ol.timeline > li');
  await page.getByLabel('显示哪些动态').click();
  await option(page, '发送').click();
  await until(async () => (await entries.count()) === 1, { what: 'the message to stand alone in the timeline' });
  expect(page.url()).toContain('kind=sent');
  await page.reload();
  await settled(page);
  expect(await entries.allInnerTexts()).toEqual([expect.stringContaining('系统测试')]);
  await page.getByLabel('显示哪些动态').click();
  await option(page, '点击').click();
  await page.getByText('没有这一类动态。').waitFor();
});

it('what is edited after something else shows itself, not what was there before nor nothing', async () => {
  const { page } = visitor;
  await api.post('/fields', { key: 'shoe_size', label: '鞋码', type: 'number' });
  await api.post('/fields', { key: 'tea', label: '爱喝的茶', type: 'text' });
  await show(page, '/fields');
  const drawer = page.getByRole('dialog', { name: '编辑字段' });
  for (const label of ['鞋码', '爱喝的茶', '鞋码']) {
    await rows().filter({ hasText: label }).getByRole('button', { name: '编辑' }).click();
    await drawer.waitFor();
    expect(await drawer.getByLabel('名称').inputValue()).toBe(label);
    await drawer.getByRole('button', { name: '取消' }).click();
    await drawer.waitFor({ state: 'hidden' });
  }
});
