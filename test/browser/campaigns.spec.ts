import { closeBrowsers, openBrowser, settled, show, signIn, tabTo, visit } from '../support/browser.js';
import type { Visit } from '../support/browser.js';
import type { ApiClient } from '../support/api-client.js';
import { setUp, startProduct } from '../support/product.js';
import type { Product } from '../support/product.js';

const ROWS = 50;
const CONTENT = {
  subject: '春茶到了',
  html: '<h1>春茶</h1><p><img src="https://pictures.example/leaf.png" alt="茶叶"></p>',
};

let product: Product;
let api: ApiClient;
let visitor: Visit;
let lists: string[];
beforeAll(async () => {
  product = await startProduct();
  api = await setUp(product);
  const names = ['会员', '去年在杭州展会上登记的全部客户', '老客户'];
  lists = await Promise.all(names.map(async (name) => (await api.post<{ id: string }>('/lists', { name })).id));
  for (let index = 1; index <= ROWS; index++)
    await api.post('/campaigns', { name: `活动 ${index}`, content: CONTENT, audience: { lists: lists.slice(1) } });
  visitor = await visit(await openBrowser(), product);
  await signIn(visitor);
});
afterAll(async () => {
  await closeBrowsers();
  await product?.stop();
});

it('a list of campaigns draws the mails that are in view, and asks nobody else for their pictures', async () => {
  const { page } = visitor;
  await show(page, `/campaigns?limit=${ROWS}`);
  const rows = page.locator('tbody tr.ant-table-row');
  const picture = (index: number) => rows.nth(index).locator('.mail-thumb iframe');
  await picture(5).waitFor();
  expect(await rows.count()).toBe(ROWS);
  expect(await picture(ROWS / 2).count()).toBe(0);
  await rows.last().scrollIntoViewIfNeeded();
  await picture(ROWS - 1).waitFor();
  await picture(0).waitFor({ state: 'detached' });
  expect(visitor.strangers()).toEqual([]);
});

it('every list that a campaign is for can be read by keyboard', async () => {
  const { page } = visitor;
  await show(page, '/campaigns?limit=20');
  const names = page.getByRole('button', { name: `「活动 ${ROWS}」的收件人` });
  await tabTo(names);
  await page.keyboard.press('Enter');
  const all = page.locator('.audience-names');
  await all.getByText('去年在杭州展会上登记的全部客户').waitFor();
  await all.getByText('老客户').waitFor();
});

it('a calendar shows what begins on which day, by keyboard, and its address keeps the month', async () => {
  const { page } = visitor;
  const [account] = (await api.get('/smtp-accounts')).items;
  await api.post('/contacts', { email: 'wang@simulator.test', lists: [{ id: lists[0], status: 'subscribed' }] });
  const { id } = await api.post<{ id: string }>('/campaigns', {
    name: '春节问候',
    from: { name: '鸿雁', address: 'news@example.com' },
    content: { subject: '新年好', html: '<p>新年好</p>' },
    audience: { lists: lists.slice(0, 1) },
    smtpAccounts: [account.id],
  });
  await api.post(`/campaigns/${id}/schedule`, { at: '2098-02-28T23:30', timezone: 'Asia/Shanghai' });
  await show(page, '/campaigns?view=calendar&month=2098-01');
  await page.getByRole('heading', { name: '2098年1月' }).waitFor();
  await tabTo(page.getByRole('link', { name: '下个月' }));
  await page.keyboard.press('Enter');
  await page.getByRole('heading', { name: '2098年2月' }).waitFor();
  await page.reload();
  await settled(page);
  const day = page.locator('td', { has: page.locator('time[datetime="2098-02-28"]') });
  const link = day.getByRole('link', { name: /春节问候/ });
  expect(await link.innerText()).toMatch(/^23:30 春节问候/);
  await tabTo(link);
  await page.keyboard.press('Enter');
  await page.waitForURL(`**/campaigns/${id}`);
});

it('a test mail to what is no address says so at the field, and is sent once that is mended', async () => {
  const { page } = visitor;
  const { id } = await api.post<{ id: string }>('/campaigns', {
    name: '测试地址',
    from: { name: '鸿雁', address: 'news@example.com' },
    content: CONTENT,
  });
  await show(page, `/campaigns/${id}`);
  await page.getByRole('button', { name: '发送测试' }).click();
  const dialog = page.getByRole('dialog', { name: '发送测试' });
  await dialog.getByLabel('发送到').fill('not-an-address');
  await page.keyboard.press('Enter');
  await dialog.getByRole('button', { name: '发送测试' }).click();
  await dialog.getByRole('alert').filter({ hasText: 'not-an-address · 邮箱地址缺少 @' }).waitFor();
  expect(await page.locator('.ant-notification-notice').count()).toBe(0);
  await dialog.getByTitle('not-an-address').locator('.ant-select-selection-item-remove').click();
  await dialog.getByRole('alert').waitFor({ state: 'detached' });
  await dialog.getByRole('button', { name: '发送测试' }).click();
  await dialog.getByText('已被邮件服务器接收').waitFor();
});

it('a time that has passed stays as it was typed, and the field says that it has', async () => {
  const { page } = visitor;
  const { id } = await api.post<{ id: string }>('/campaigns', { name: '过去的时间', content: CONTENT });
  await show(page, `/campaigns/${id}`);
  await page.getByRole('radio', { name: '定时发送' }).check();
  const field = page.getByLabel('日期和时间');
  await field.click();
  await field.pressSequentially('2020-01-02 10:00');
  await page.keyboard.press('Enter');
  await page.getByRole('alert').filter({ hasText: '这个时间已经过去' }).waitFor();
  expect(await field.inputValue()).toBe('2020-01-02 10:00');
});
