import type { Page } from 'playwright-core';
import { closeBrowsers, enter, openBrowser, show, signIn, visit } from '../support/browser.js';
import type { Visit } from '../support/browser.js';
import { setUp, startProduct } from '../support/product.js';
import type { Product } from '../support/product.js';
import { until } from '../support/until.js';

const OWNER = { email: 'owner@example.com', password: 'correct horse battery' };

let product: Product;
let visitor: Visit;
let page: Page;
let template: string;
beforeAll(async () => {
  product = await startProduct();
  const api = await setUp(product);
  template = (await api.post('/templates', { name: '周报', subject: '本周', html: '<p>你好</p>' })).id;
  visitor = await visit(await openBrowser(), product, { locale: 'zh-CN' });
  page = visitor.page;
  await signIn(visitor, { ...OWNER, locale: 'zh-CN' });
});
afterAll(async () => {
  await closeBrowsers();
  await product?.stop();
});

/** What the server has of a campaign or a template. */
async function stored(path: string): Promise<Record<string, any>> {
  return (await page.request.get(`/api/v1${path}`)).json() as Promise<Record<string, any>>;
}

async function signInAgain(): Promise<void> {
  const dialog = page.getByRole('dialog', { name: '登录已过期' });
  await dialog.getByLabel('密码').fill(OWNER.password);
  await dialog.getByLabel('密码').press('Enter');
  await dialog.waitFor({ state: 'hidden' });
}

async function newDraft(): Promise<string> {
  await show(page, '/campaigns/new');
  await page.getByRole('button', { name: '空白设计' }).click();
  // The page of the draft; the dialog has a field of that name as well.
  await page.locator('#campaign-name').waitFor();
  return new URL(page.url()).pathname;
}

describe('nothing that was typed is lost', () => {
  it('when the session ends while a template is written', async () => {
    await show(page, `/templates/${template}`);
    await page.getByRole('textbox', { name: /^邮件主题/ }).fill('写到一半');
    await visitor.context.clearCookies();
    await page.keyboard.press('Control+s');
    await signInAgain();
    await page.getByText('已保存').first().waitFor();
    expect((await stored(`/templates/${template}`)).subject).toBe('写到一半');
  });

  it('when the session ends under a draft that saves itself', async () => {
    const path = await newDraft();
    await visitor.context.clearCookies();
    await page.getByLabel('活动名称').fill('春茶');
    await signInAgain();
    await page.getByText('已保存', { exact: true }).first().waitFor();
    expect((await stored(path)).name).toBe('春茶');
  });

  it('to a second tab, which shows what is stored while the first is being written', async () => {
    const path = await newDraft();
    await page.getByText('已保存', { exact: true }).first().waitFor();
    const before = (await stored(path)).name;
    await page.route(`**/api/v1${path}`, (route) =>
      route.request().method() === 'PATCH' ? undefined : route.continue(),
    );
    await page.getByLabel('活动名称').fill('第一个页面');
    await page.getByText('正在保存…').first().waitFor();
    const second = await visitor.context.newPage();
    await show(second, path);
    await second.getByText('已保存', { exact: true }).first().waitFor();
    expect(await second.getByLabel('活动名称').inputValue()).toBe(before);
    await second.close();
    await page.unroute(`**/api/v1${path}`);
    await page.close();

    // With the first gone, what it could not save is on the page again, and saved.
    page = await visitor.context.newPage();
    await show(page, path);
    await page.getByText('已保存', { exact: true }).first().waitFor();
    expect(await page.getByLabel('活动名称').inputValue()).toBe('第一个页面');
    expect((await stored(path)).name).toBe('第一个页面');
  });

  it('to one bad field: the others are saved, and leaving is asked about', async () => {
    const path = await newDraft();
    await page.getByLabel('活动名称').fill('');
    await page.getByLabel('统计打开').click();
    await page.getByText('有内容不符合要求，尚未保存').waitFor();
    expect((await stored(path)).trackOpens).toBe(false);
    await page.getByRole('link', { name: '联系人列表', exact: true }).click();
    const question = page.getByRole('dialog', { name: '放弃未保存的修改？' });
    await question.getByRole('button', { name: '取消' }).click();
    await question.waitFor({ state: 'hidden' });
    await page.getByLabel('活动名称').fill('有名字了');
    await page.getByRole('link', { name: '联系人列表', exact: true }).click();
    await page.getByRole('heading', { level: 1, name: '联系人列表' }).waitFor();
    expect((await stored(path)).name).toBe('有名字了');
  });

  it('when an A/B test, begun by keyboard, is left in the middle of its second subject', async () => {
    await show(page, '/campaigns');
    await enter(page.getByRole('button', { name: '新建活动' }).first());
    await page.locator('input[name=campaign-type]:focus').waitFor();
    await page.keyboard.press('ArrowRight');
    await page.getByRole('radio', { name: 'A/B 测试', checked: true }).waitFor();
    await enter(page.getByRole('button', { name: '空白设计' }));
    const subject = page.getByLabel('变体 B 的邮件主题');
    await page.locator('#section-abTest input:focus').waitFor();
    const path = new URL(page.url()).pathname;
    await page.keyboard.type('写到一');
    await page.getByRole('link', { name: '联系人列表', exact: true }).click();
    await page.getByRole('heading', { level: 1, name: '联系人列表' }).waitFor();
    const second = async () => (await stored(`${path}/ab-test`)).test.variants[0].subject;
    await until(async () => (await second()) === '写到一', { what: 'the subject to be stored' });
    await page.goBack();
    await subject.fill('写完了');
    await until(async () => (await second()) === '写完了', { what: 'the subject to be stored again' });
  });
});
