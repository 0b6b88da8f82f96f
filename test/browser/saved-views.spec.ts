import type { Page } from 'playwright-core';
import { barriers, closeBrowsers, openBrowser, option, settled, show, signIn, visit } from '../support/browser.js';
import type { Visit } from '../support/browser.js';
import type { ApiClient } from '../support/api-client.js';
import { setUp, startProduct } from '../support/product.js';
import type { Product } from '../support/product.js';

const COLLEAGUE = { email: 'colleague@example.com', password: 'correct horse battery' };

let product: Product;
let api: ApiClient;
let visitor: Visit;
let page: Page;
beforeAll(async () => {
  product = await startProduct();
  api = await setUp(product);
  await api.post('/fields', { key: 'city', label: '城市', type: 'text' });
  const lists = [{ id: (await api.post('/lists', { name: '客户' })).id, consent: { source: 'test' } }];
  await api.post('/contacts', { email: 'an@firm.example', tags: ['vip'], fields: { city: '杭州' }, lists });
  await api.post('/contacts', { email: 'bo@firm.example', lists });
  visitor = await visit(await openBrowser(), product);
  page = visitor.page;
  await signIn(visitor);
});
afterAll(async () => {
  await closeBrowsers();
  await product?.stop();
});

const views = (of = page) => of.getByRole('navigation', { name: '常用筛选' });
const view = (name: string) => views().getByRole('link', { name, exact: true });
const row = (email: string) => page.getByRole('row').filter({ hasText: email });

async function choose(name: string, menuItem: string): Promise<void> {
  await views()
    .getByRole('button', { name: `「${name}」的更多操作` })
    .click();
  await page.getByRole('menuitem', { name: menuItem }).click();
}

it('filters are kept under a name, come back by one click, are renamed, deleted and brought back', async () => {
  await show(page, '/contacts');
  await page.getByRole('combobox', { name: '标签' }).click();
  await option(page, 'vip').click();
  await row('bo@firm.example').waitFor({ state: 'hidden' });
  await page.getByRole('button', { name: '存为常用筛选' }).click();
  const dialog = page.getByRole('dialog', { name: '存为常用筛选' });
  await dialog.getByLabel('名称').fill('贵宾');
  await dialog.getByLabel('名称').press('Enter');
  await view('贵宾').waitFor();
  await dialog.waitFor({ state: 'hidden' });

  await page.getByRole('button', { name: '清除筛选' }).click();
  await row('bo@firm.example').waitFor();
  await page.reload();
  await view('贵宾').click();
  await row('bo@firm.example').waitFor({ state: 'hidden' });
  await row('an@firm.example').waitFor();
  expect(new URL(page.url()).searchParams.get('tag')).toBe('vip');
  expect(await view('贵宾').getAttribute('aria-current')).toBe('page');

  await choose('贵宾', '改名');
  const renaming = page.getByRole('dialog', { name: '给常用筛选改名' });
  await renaming.getByLabel('名称').fill('重要客户');
  await renaming.getByLabel('名称').press('Enter');
  await view('重要客户').waitFor();
  await renaming.waitFor({ state: 'hidden' });
  await settled(page);
  expect(await barriers(page)).toEqual([]);

  await choose('重要客户', '删除');
  await views().waitFor({ state: 'hidden' });
  await page.getByRole('button', { name: '撤销' }).click();
  await view('重要客户').waitFor();
  await page.reload();
  await view('重要客户').waitFor();
  expect(visitor.errors()).toEqual([]);
});

it('columns are chosen, remembered, and kept by a view', async () => {
  const header = (name: string) => page.getByRole('columnheader', { name, exact: true });
  const pick = async (name: string) => {
    await page.getByRole('button', { name: '列', exact: true }).click();
    await page.getByRole('checkbox', { name, exact: true }).click();
    await page.keyboard.press('Escape');
    await page.locator('.column-choices').waitFor({ state: 'hidden' });
  };
  await show(page, '/contacts');
  await pick('城市');
  await header('城市').waitFor();
  await row('an@firm.example').getByRole('cell', { name: '杭州' }).waitFor();
  await pick('添加时间');
  await header('添加时间').waitFor({ state: 'hidden' });
  await page.getByRole('button', { name: '存为常用筛选' }).click();
  await page.getByRole('dialog', { name: '存为常用筛选' }).getByLabel('名称').fill('按城市');
  await page.getByRole('dialog', { name: '存为常用筛选' }).getByLabel('名称').press('Enter');
  await view('按城市').waitFor();

  await show(page, '/contacts');
  await header('城市').waitFor();
  await pick('城市');
  await pick('添加时间');
  await header('添加时间').waitFor();
  await view('按城市').click();
  await header('城市').waitFor();
  expect(await header('添加时间').count()).toBe(0);
  await page.reload();
  await header('城市').waitFor();
  await show(page, '/contacts');
  expect(await header('城市').count()).toBe(0);
});

it('a view is its person’s own', async () => {
  await product.sql(
    `WITH made AS (
       INSERT INTO users (email, name, password_hash, locale, timezone)
       SELECT $1, '同事', password_hash, locale, timezone FROM users LIMIT 1 RETURNING id)
     INSERT INTO workspace_members (workspace_id, user_id, role) SELECT w.id, made.id, 'member' FROM made, workspaces w`,
    [COLLEAGUE.email],
  );
  const colleague = await visit(await openBrowser(), product);
  await signIn(colleague, COLLEAGUE);
  const answered = colleague.page.waitForResponse((response) => response.url().endsWith('/api/v1/saved-views'));
  await show(colleague.page, '/contacts');
  expect(await (await answered).json()).toEqual({ items: [] });
  expect(await views(colleague.page).count()).toBe(0);
});
