import type { Page } from 'playwright-core';
import type { ApiClient } from '../support/api-client.js';
import { barriers, closeBrowsers, openBrowser, option, settled, show, signIn, visit } from '../support/browser.js';
import type { Visit } from '../support/browser.js';
import { setUp, startProduct } from '../support/product.js';
import type { Product } from '../support/product.js';

const PIXEL = Buffer.from('R0lGODlhAQABAIAAAAAAAP///yH5BAEAAAAALAAAAAABAAEAAAIBRAA7', 'base64');
const file = (name: string) => ({ name, type: 'image/gif', content: PIXEL });

let product: Product;
let api: ApiClient;
let visitor: Visit;
let page: Page;
let template: string;
beforeAll(async () => {
  product = await startProduct();
  api = await setUp(product);
  const { url } = await api.upload('/images', file('banner.gif'));
  await api.upload('/images', file('logo.gif'));
  const content = { subject: '春天', html: `<p><img src="${url}" alt="横幅"></p>` };
  template = (await api.post('/templates', { name: '春季来信', ...content })).id;
  await api.post('/campaigns', { name: '三月活动', content });
  visitor = await visit(await openBrowser(), product);
  page = visitor.page;
  await signIn(visitor);
});
afterAll(async () => {
  await closeBrowsers();
  await product?.stop();
});

const cards = () => page.getByRole('list', { name: '素材库' });
const card = (name: string) => cards().getByRole('listitem').filter({ hasText: name });
const foldersOf = async () =>
  (await api.get('/images')).items.map(({ name, folder }: Record<string, string>) => [name, folder]);

it('images are moved and taken back, described, uploaded into a folder, and take their words into a mail', async () => {
  await show(page, '/images');
  await card('banner.gif').getByText('用在 2 处').waitFor();
  await page.getByRole('checkbox', { name: '选择 logo.gif' }).check();
  await page.getByRole('button', { name: '移到文件夹' }).click();
  const moving = page.getByRole('dialog', { name: '移动 1 张图片' });
  await moving.getByLabel('文件夹').fill('品牌');
  await settled(page);
  expect(await barriers(page)).toEqual([]);
  await moving.getByRole('button', { name: '移动', exact: true }).click();
  await moving.waitFor({ state: 'hidden' });
  await page.getByRole('button', { name: '撤销' }).click();
  await page.getByText('已把 1 张图片移到「品牌」').waitFor({ state: 'hidden' });
  await settled(page);
  expect(await foldersOf()).toEqual([
    ['logo.gif', ''],
    ['banner.gif', ''],
  ]);

  await card('logo.gif').getByRole('link', { name: 'logo.gif' }).click();
  const details = page.getByRole('dialog', { name: '图片详情' });
  await details.getByText('没有模板、已保存的块或营销活动用到这张图片。').waitFor();
  await details.getByLabel('名称').fill('标志');
  await details.getByLabel('替代文字').fill('青山茶舍的标志');
  await details.getByLabel('文件夹').fill('品牌');
  await details.getByRole('button', { name: '保存' }).click();
  await details.waitFor({ state: 'hidden' });
  await card('标志').getByText('青山茶舍的标志').waitFor();

  await page.getByRole('combobox', { name: '文件夹' }).click();
  await option(page, '品牌（1）').click();
  await card('banner.gif').waitFor({ state: 'hidden' });
  await page.locator('input[type=file]').setInputFiles({ name: 'seal.gif', mimeType: 'image/gif', buffer: PIXEL });
  await card('seal.gif').waitFor();
  await page.reload();
  await card('seal.gif').waitFor();
  expect(await foldersOf()).toEqual([
    ['seal.gif', '品牌'],
    ['标志', '品牌'],
    ['banner.gif', ''],
  ]);

  await show(page, `/templates/${template}`);
  await page.getByRole('button', { name: '插入图片' }).click();
  const library = page.getByRole('dialog', { name: '素材库' });
  await library.getByRole('button', { name: /banner\.gif/ }).waitFor();
  await library.getByRole('combobox', { name: '文件夹' }).click();
  await option(page, '品牌').click();
  await library.getByRole('button', { name: /banner\.gif/ }).waitFor({ state: 'hidden' });
  await library.getByRole('button', { name: /标志/ }).click();
  expect(await library.getByLabel('替代文字').inputValue()).toBe('青山茶舍的标志');
  await library.getByRole('button', { name: /seal\.gif/ }).click();
  expect(await library.getByLabel('替代文字').inputValue()).toBe('');
  await library.getByRole('button', { name: /标志/ }).click();
  expect(await barriers(page)).toEqual([]);
  await library.getByRole('button', { name: '插入图片' }).click();
  await library.waitFor({ state: 'hidden' });
  await page.locator('.cm-content').getByText('alt="青山茶舍的标志"').waitFor();
  await page.keyboard.press('Control+s');
  await page.getByText('已保存', { exact: true }).first().waitFor();
});

it('before an image goes it is said where it would be missing', async () => {
  await show(page, '/images');
  await card('banner.gif').getByRole('button', { name: '删除 banner.gif' }).click();
  const question = page.getByRole('dialog', { name: '删除图片「banner.gif」？' });
  await question.getByText('1 个尚未发送的营销活动会缺这张图片。').waitFor();
  await question.getByText('1 个模板会缺这张图片。').waitFor();
  await question.getByRole('link', { name: '三月活动' }).waitFor();
  expect(await barriers(page)).toEqual([]);
  await question.getByRole('button', { name: '取消' }).click();
  await question.waitFor({ state: 'hidden' });

  await card('seal.gif').getByRole('button', { name: '删除 seal.gif' }).click();
  const other = page.getByRole('dialog', { name: '删除图片「seal.gif」？' });
  await other.getByText(/没有模板、已保存的块或营销活动用到它/).waitFor();
  await other.getByRole('button', { name: '删除', exact: true }).click();
  await card('seal.gif').waitFor({ state: 'hidden' });

  // The address of an image's details leads there again.
  const id = (await api.get('/images?q=banner')).items[0].id;
  await show(page, `/images?image=${id}`);
  const details = page.getByRole('dialog', { name: '图片详情' });
  await details.getByRole('link', { name: '春季来信' }).waitFor();
  expect(await barriers(page)).toEqual([]);
  await page.keyboard.press('Escape');
  await details.waitFor({ state: 'hidden' });
  expect(new URL(page.url()).search).toBe('');
  expect([visitor.errors(), visitor.strangers()]).toEqual([[], []]);
});
