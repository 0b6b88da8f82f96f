import { readFileSync } from 'node:fs';
import { makeWorkbook } from '../../libs/platform/testing/src/make-workbook.js';
import type { ApiClient } from '../support/api-client.js';
import {
  barriers,
  closeBrowsers,
  enter,
  openBrowser,
  option,
  settled,
  sidewaysScroll,
  signIn,
  tabTo,
  visit,
} from '../support/browser.js';
import type { Visit } from '../support/browser.js';
import { BAD_ADDRESSES, gb18030Contacts } from '../support/contacts-file.js';
import { setUp, startProduct } from '../support/product.js';
import type { Product } from '../support/product.js';

const PEOPLE = 1_000;
/** From the list of imports to contacts that are written; a newcomer has fourteen for everything. */
const CLICKS = 6;
const PERSON = { email: 'owner@example.com', password: 'correct horse battery' };

let product: Product;
let api: ApiClient;
beforeAll(async () => {
  product = await startProduct();
  api = await setUp(product);
  await api.post('/lists', { name: '老客户' });
  await api.post('/contacts', { email: 'kehu2@corp.test', name: '旧名' });
  await api.post('/suppressions', { address: 'kehu3@corp.test' });
});
afterAll(async () => {
  await closeBrowsers();
  await product?.stop();
});

/** Nobody is kept from using the screen as it stands, on a desk and on a phone. */
async function expectUsable({ page }: Visit, step: string): Promise<void> {
  await settled(page);
  expect({ step, barriers: await barriers(page) }).toEqual({ step, barriers: [] });
  await page.setViewportSize({ width: 390, height: 844 });
  await settled(page);
  expect({ step, barriers: await barriers(page), sideways: await sidewaysScroll(page) }).toEqual({
    ...{ step, barriers: [], sideways: 0 },
  });
  await page.setViewportSize({ width: 1440, height: 900 });
  await settled(page);
}

const addresses = async () => (await api.get('/contacts?limit=1&count=true')).total as number;

it('a list with errors in GB18030 is checked before anything is written, imported, and undone from the history', async () => {
  const visitor = await visit(await openBrowser(), product, { locale: 'zh-CN' });
  const { page } = visitor;
  await signIn(visitor, PERSON);
  await page.goto('/imports');
  await settled(page);
  const before = await addresses();
  await page.getByRole('link', { name: '导入联系人' }).first().click();
  await expectUsable(visitor, 'file');
  const choosing = page.waitForEvent('filechooser');
  await page.getByText('把文件拖到这里').click();
  const buffer = gb18030Contacts(PEOPLE, (index) => `kehu${index + 1}@corp.test`);
  await (await choosing).setFiles({ name: '客户名单.csv', mimeType: 'text/csv', buffer });
  await page.getByText('简体中文（GBK / GB18030）').waitFor();
  await page.getByText('客户1 · 客户2 · 客户3').waitFor();
  await expectUsable(visitor, 'mapping');
  await page.getByRole('button', { name: '下一步' }).click();
  const group = (name: string) => page.locator(`[data-group=${name}]`);
  await group('fresh').filter({ hasText: '999' }).waitFor();
  await group('existing').filter({ hasText: '1' }).waitFor();
  await group('duplicates').filter({ hasText: '1' }).waitFor();
  await group('invalid').filter({ hasText: '5' }).waitFor();
  await group('suppressed').filter({ hasText: '1' }).waitFor();
  const looking = visitor.clicks();
  await group('existing').click();
  await page.locator('#check-samples', { hasText: '旧名' }).getByText('客户2').first().waitFor();
  await group('invalid').click();
  for (const address of BAD_ADDRESSES) await page.locator('#check-samples', { hasText: address }).waitFor();
  await expectUsable(visitor, 'rules');
  const looked = visitor.clicks() - looking;
  expect(await addresses()).toBe(before);
  await page.getByLabel('同意来源').fill('门店登记');
  await page.keyboard.press('Tab');
  await page.getByRole('checkbox', { name: '我确认这些联系人同意接收邮件' }).click();
  await page.getByRole('button', { name: '开始导入' }).click();
  await page.getByRole('button', { name: '撤销此导入' }).waitFor();
  process.stderr.write(`clicks of an import: ${visitor.clicks() - looked}\n`);
  expect(visitor.clicks() - looked).toBeLessThanOrEqual(CLICKS);
  await expectUsable(visitor, 'result');
  expect(await addresses()).toBe(before + PEOPLE - 1);
  const saving = page.waitForEvent('download');
  await page.getByRole('button', { name: '下载错误报告' }).click();
  const report = readFileSync(await (await saving).path(), 'utf8');
  for (const address of BAD_ADDRESSES) expect(report).toContain(address);
  await page.getByRole('link', { name: '导入', exact: true }).first().click();
  const row = page.getByRole('row').filter({ hasText: '客户名单.csv' });
  await row.getByRole('button', { name: '撤销此导入' }).click();
  await page.getByRole('dialog').getByRole('button', { name: '撤销此导入' }).click();
  await row.getByText('已撤销').waitFor();
  expect(await addresses()).toBe(before);
  await row.getByRole('link').click();
  await page.getByText('删除了 999 位新增的联系人，恢复了 1 位的资料').waitFor();
  expect([visitor.errors(), visitor.strangers()]).toEqual([[], []]);
  await visitor.context.close();
});

it('a workbook is imported by keyboard alone, in English', async () => {
  const visitor = await visit(await openBrowser(), product, { locale: 'en' });
  const { page } = visitor;
  await signIn(visitor, { ...PERSON, locale: 'en' });
  await page.goto('/imports/new');
  await settled(page);
  const buffer = makeWorkbook({
    Notes: [['Exported for you']],
    People: [
      ['E-mail', 'Name', 'Phone'],
      ['ann@corp.test', 'Ann', 13812345678],
      ['nobody', 'Bob', 1],
    ],
  });
  const choosing = page.waitForEvent('filechooser');
  await enter(page.locator('.ant-upload-drag .ant-upload'));
  const mimeType = 'application/vnd.openxmlformats-officedocument.spreadsheetml.sheet';
  await (await choosing).setFiles({ name: 'people.xlsx', mimeType, buffer });
  await page.getByText('People', { exact: true }).waitFor();
  await page.getByText('13812345678').first().waitFor();
  await expectUsable(visitor, 'sheet');
  await enter(page.locator('button:has-text("Next")'));
  await page.locator('[data-group=fresh]').waitFor();
  await enter(page.locator('[data-group=invalid]'));
  await page.locator('#check-samples', { hasText: 'nobody' }).waitFor();
  await tabTo(page.locator('#rules_source'));
  await page.keyboard.type('Trade fair');
  await page.keyboard.press('Escape');
  await tabTo(page.locator('#rules_agreed'));
  await page.keyboard.press('Space');
  await enter(page.locator('button:has-text("Start import")'));
  await page.getByRole('button', { name: 'Undo this import' }).waitFor();
  expect(visitor.clicks()).toBe(0);
  expect((await api.get('/contacts?q=ann@corp.test')).items).toMatchObject([{ name: 'Ann' }]);
  expect([visitor.errors(), visitor.strangers()]).toEqual([[], []]);
  await visitor.context.close();
});

it('a field that is made for a column has its name, also after one for another column', async () => {
  const visitor = await visit(await openBrowser(), product, { locale: 'en' });
  const { page } = visitor;
  await signIn(visitor, { ...PERSON, locale: 'en' });
  await page.goto('/imports/new');
  await settled(page);
  const choosing = page.waitForEvent('filechooser');
  await page.locator('.ant-upload-drag .ant-upload').click();
  const buffer = Buffer.from('E-mail,Shoe size,Favourite tea\r\nann@corp.test,38,Oolong\r\n');
  await (await choosing).setFiles({ name: 'shoes.csv', mimeType: 'text/csv', buffer });
  const dialog = page.getByRole('dialog', { name: 'New custom field' });
  for (const column of ['Shoe size', 'Favourite tea']) {
    await page.getByLabel(`Import “${column}” as`).click();
    await option(page, 'New field').click();
    await dialog.waitFor();
    expect(await dialog.getByLabel('Name').inputValue()).toBe(column);
    expect(await dialog.getByLabel('Key').inputValue()).toBe(column.toLowerCase().replace(' ', '_'));
    await dialog.getByRole('button', { name: 'Create' }).click();
    await dialog.waitFor({ state: 'hidden' });
    await page.locator('.ant-select', { hasText: column }).waitFor();
  }
  await visitor.context.close();
});
