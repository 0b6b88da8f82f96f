import { barriers, closeBrowsers, openBrowser, settled, show, signIn, tabTo, visit } from '../support/browser.js';
import type { ApiClient } from '../support/api-client.js';
import { setUp, startProduct } from '../support/product.js';
import type { Product } from '../support/product.js';

let product: Product;
let api: ApiClient;
beforeAll(async () => {
  product = await startProduct();
  api = await setUp(product);
});
afterAll(async () => {
  await closeBrowsers();
  await product?.stop();
});

it('an emoji or a variable goes into the subject where the cursor was, and typing goes on behind it', async () => {
  const visitor = await visit(await openBrowser(), product);
  const { page } = visitor;
  await signIn(visitor);
  const { id } = await api.post('/templates', { name: '春茶', subject: '', text: '您好' });
  await show(page, `/templates/${id}`);
  const subject = page.getByLabel('邮件主题');
  await subject.click();
  await page.keyboard.type('春茶到了');
  await page.keyboard.press('ArrowLeft');
  await page.keyboard.press('ArrowLeft');

  // By keyboard alone: the arrows lead through the pictures, Escape back to the button.
  await tabTo(page.getByRole('button', { name: '插入表情' }));
  await page.keyboard.press('Enter');
  const pictures = page.getByRole('group', { name: '表情' });
  await pictures.getByRole('button', { name: '🎉' }).and(page.locator(':focus')).waitFor();
  expect(await barriers(page)).toEqual([]);
  await page.keyboard.press('Escape');
  await page.getByRole('button', { name: '插入表情' }).first().and(page.locator(':focus')).waitFor();
  await page.keyboard.press('Enter');
  await pictures.getByRole('button', { name: '🎉' }).and(page.locator(':focus')).waitFor();
  await page.keyboard.press('ArrowRight');
  await page.keyboard.press('Enter');
  await subject.and(page.locator(':focus')).waitFor();
  await page.keyboard.type('！');
  expect(await subject.inputValue()).toBe('春茶🎁！到了');

  await page.getByRole('button', { name: '插入变量' }).first().click();
  await page.getByRole('menuitem', { name: '姓名' }).first().click();
  await subject.and(page.locator(':focus')).waitFor();
  await page.keyboard.type('，');
  expect(await subject.inputValue()).toBe('春茶🎁！{{name}}，到了');
  await settled(page);
  expect(visitor.errors()).toEqual([]);
});
