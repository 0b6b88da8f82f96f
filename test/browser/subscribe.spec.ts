import {
  barriers,
  closeBrowsers,
  openBrowser,
  settled,
  show,
  sidewaysScroll,
  signIn,
  visit,
} from '../support/browser.js';
import type { Visit } from '../support/browser.js';
import { setUp, startProduct } from '../support/product.js';
import type { Product } from '../support/product.js';
import type { ApiClient } from '../support/api-client.js';
import { until } from '../support/until.js';

const READER = 'mei@readers.test';
let product: Product;
let api: ApiClient;
let visitor: Visit;
beforeAll(async () => {
  product = await startProduct();
  api = await setUp(product);
  await api.post('/lists', { name: '会员通讯', description: '每月一封', public: true });
  await api.post('/lists', { name: '新品预告', public: true });
  visitor = await visit(await openBrowser(), product, { locale: 'zh-CN', width: 390 });
});
afterAll(async () => {
  await closeBrowsers();
  await product?.stop();
});

it('a visitor joins by a form and its mail, chooses less later, leaves and says why, all without a script', async () => {
  const address = await makeForm();
  await subscribe(address);
  const campaign = await sendTo('会员通讯');
  await chooseLess();
  await leave();
  expect(await api.get(`/campaigns/${campaign}/report`)).toMatchObject({ counts: { unsubscribed: 1 } });
  expect(await api.get(`/campaigns/${campaign}/report/leaving`)).toEqual({
    left: 1,
    reasons: [{ reason: 'too_many', count: 1 }],
    comments: [],
  });
  expect(visitor.errors()).toEqual([]);
  expect(visitor.strangers()).toEqual([]);
});

/** In the admin UI, on a desk. */
async function makeForm(): Promise<string> {
  const owner = await visit(await openBrowser(), product, { locale: 'zh-CN' });
  const { page } = owner;
  await signIn(owner);
  await show(page, '/forms');
  await page.getByRole('button', { name: '新建表单' }).first().click();
  await page.getByRole('textbox', { name: /^\* 名称/ }).fill('官网页脚');
  await page.getByLabel('加入这些列表').click();
  await page.locator('.ant-select-item-option', { hasText: '会员通讯' }).click();
  await page.keyboard.press('Escape');
  await page.locator('.ant-drawer-open button.ant-btn-primary').click();
  const dialog = page.getByRole('dialog', { name: /官网页脚/ });
  const address = await dialog.getByLabel('页面链接').inputValue();
  await settled(page);
  expect(await barriers(page)).toEqual([]);
  expect(owner.errors()).toEqual([]);
  return address;
}

async function subscribe(address: string): Promise<void> {
  const { page } = visitor;
  await page.goto(address);
  await whole();
  await page.getByLabel('邮箱').fill(READER);
  await page.getByLabel('姓名').fill('小梅');
  await page.getByRole('button', { name: '订阅' }).click();
  // A machine is quicker than a person; then the page asks for one more press.
  const again = page.getByRole('button', { name: '确认提交' });
  const sent = page.getByRole('heading', { name: '请查收确认邮件' });
  await again.or(sent).waitFor();
  while (await again.isVisible()) {
    await again.click();
    await again.or(sent).waitFor();
  }
  await whole();
  expect((await api.get(`/contacts?q=${READER}`)).items).toEqual([]);
  await page.goto(linkIn(await mailTo(READER, '请确认您的订阅'), '/s/'));
  await whole();
  await page.getByRole('button', { name: '确认订阅' }).click();
  await page.getByRole('heading', { name: '订阅成功' }).waitFor();
  const [contact] = (await api.get(`/contacts?q=${READER}`)).items;
  expect(contact).toMatchObject({
    name: '小梅',
    lists: [{ name: '会员通讯', status: 'subscribed', consent: { source: 'form: 官网页脚' } }],
  });
}

async function sendTo(list: string): Promise<string> {
  const { items } = await api.get('/lists');
  const { id } = items.find(({ name }: { name: string }) => name === list);
  const content = {
    subject: '三月通讯',
    html: '<p>{{name}}</p><a href="{{preferencesUrl}}">偏好</a> <a href="{{unsubscribeUrl}}">退订</a>',
  };
  const from = { name: '茶舍', address: 'news@tea.example' };
  const campaign = await api.post('/campaigns', { name: '三月', from, content, audience: { lists: [id] } });
  await api.post(`/campaigns/${campaign.id}/start`);
  return campaign.id;
}

async function chooseLess(): Promise<void> {
  const { page } = visitor;
  await page.goto(linkIn(await mailTo(READER, '三月通讯'), '/p/'));
  await whole();
  await page.getByRole('checkbox', { name: '新品预告' }).check();
  await page.getByRole('button', { name: '保存', exact: true }).click();
  await page.getByText('您现在订阅了：会员通讯、新品预告。').waitFor();
}

async function leave(): Promise<void> {
  const { page } = visitor;
  await page.goto(linkIn(await mailTo(READER, '三月通讯'), '/u/'));
  await page.getByRole('link', { name: /管理订阅偏好/ }).waitFor();
  await page.getByRole('button', { name: '确认退订' }).click();
  await page.getByRole('heading', { name: '已退订' }).waitFor();
  await whole();
  await page.getByRole('radio', { name: '邮件太多' }).check();
  await page.getByRole('button', { name: '提交' }).click();
  await page.getByRole('heading', { name: '谢谢您的反馈' }).waitFor();
}

/** The page has no barrier, fits the phone and weighs little. */
async function whole(): Promise<void> {
  const { page } = visitor;
  expect(await barriers(page)).toEqual([]);
  expect(await sidewaysScroll(page)).toBe(0);
  expect(Buffer.byteLength(await page.content())).toBeLessThan(30_000);
}

async function mailTo(address: string, subject: string): Promise<string> {
  let id: string | undefined;
  const look = async () => {
    const { items } = await api.get<{ items: { id: string; subject: string }[] }>(`/sandbox/messages?q=${address}`);
    id = items.find((mail) => mail.subject.includes(subject))?.id;
    return id !== undefined;
  };
  await until(look, { what: `the mail ${subject}` });
  return (await api.get(`/sandbox/messages/${id}`)).html;
}

function linkIn(html: string, part: string): string {
  return new RegExp(`https?://[^"'\\s<>]+${part}[\\w-]+`).exec(html)?.[0] ?? `no link ${part}`;
}
