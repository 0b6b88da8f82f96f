import { readFileSync } from 'node:fs';
import type { Locator } from 'playwright-core';
import { closeBrowsers, openBrowser, option, sidewaysScroll, visit } from '../support/browser.js';
import type { Visit } from '../support/browser.js';
import { BAD_ADDRESSES, gb18030Contacts, simulatedAddress } from '../support/contacts-file.js';
import { startProduct } from '../support/product.js';
import type { Product } from '../support/product.js';

/** Typing is not counted, nor the focus it takes: as in the counts of other products that the budget comes from. */
const CLICKS_WITH_IMPORT = 14;
const CLICKS_WITHOUT = 7;
const PEOPLE = 1_000;

let product: Product;
let visitor: Visit;
beforeAll(async () => {
  product = await startProduct();
  visitor = await visit(await openBrowser(), product, { locale: 'zh-CN' });
});
afterAll(async () => {
  await closeBrowsers();
  await product?.stop();
});

it('a newcomer goes from the set-up link to a report with opens, clicks and bounces, by mouse, in Chinese', async () => {
  const { page } = visitor;
  await setUpByLink();
  const beforeImport = visitor.clicks();
  await importContacts();
  const importing = visitor.clicks() - beforeImport;
  await readErrorFile();
  await makeTemplate();
  const beforeCampaign = visitor.clicks();
  await draftCampaign();
  await sendTest();
  await send();
  const sending = visitor.clicks() - beforeCampaign;
  process.stderr.write(`clicks: ${importing} to import, ${sending} to send with a test\n`);
  await watchReport();
  const report = page.url();
  await readTestInbox();
  await seeSuppression();
  await unsubscribe(report);
  await page.goto('/campaigns');
  const beforeSecond = visitor.clicks();
  await draftCampaign();
  await send();
  const second = visitor.clicks() - beforeSecond;
  process.stderr.write(`clicks: ${second} for a campaign from an existing list and template\n`);
  expect(importing + sending).toBeLessThanOrEqual(CLICKS_WITH_IMPORT);
  expect(second).toBeLessThanOrEqual(CLICKS_WITHOUT);
  expect(visitor.errors()).toEqual([]);
  expect(visitor.strangers()).toEqual([]);
});

async function setUpByLink(): Promise<void> {
  const { page } = visitor;
  const link = /http:\/\/\S+\/setup\?token=\S+/.exec(product.output())?.[0] ?? 'no link printed';
  await page.goto(link);
  await page.getByLabel('您的姓名').fill('王小明');
  await page.getByLabel('邮箱').fill('owner@example.com');
  await page.getByLabel('密码').fill('correct horse battery');
  await page.getByRole('button', { name: '下一步' }).click();
  await page.getByLabel('公司或品牌名称').fill('青山茶舍');
  await page.getByLabel('邮寄地址').fill('杭州市西湖区龙井路 1 号');
  await page.getByRole('button', { name: '完成安装' }).click();
  await page.getByRole('link', { name: /先试试/ }).click();
  await page.getByRole('heading', { level: 1, name: '概览' }).waitFor();
}

async function importContacts(): Promise<void> {
  const { page } = visitor;
  await page.getByRole('link', { name: '导入联系人' }).click();
  const choosing = page.waitForEvent('filechooser');
  await page.getByText('把文件拖到这里').click();
  await (
    await choosing
  ).setFiles({ name: '客户名单.csv', mimeType: 'text/csv', buffer: gb18030Contacts(PEOPLE, simulatedAddress) });
  // Read as what it is, and the columns known by their Chinese names.
  await page.getByText('简体中文（GBK / GB18030）').waitFor();
  await page.getByText('客户1 · 客户2 · 客户3').waitFor();
  for (const [column, target] of [
    ['邮箱', '邮箱'],
    ['姓名', '姓名'],
    ['标签', '标签'],
  ]) {
    const row = page.getByRole('row').filter({ has: page.locator('strong', { hasText: column! }) });
    await row.locator('.ant-select', { hasText: target! }).waitFor();
  }
  await page.getByRole('button', { name: '下一步' }).click();
  await page.getByRole('button', { name: '创建列表' }).waitFor();
  await page.getByLabel('目标列表').fill('老客户');
  await page.getByLabel('目标列表').press('Enter');
  await page.locator('.ant-select', { hasText: '老客户' }).waitFor();
  await page.getByLabel('同意来源').fill('门店登记');
  await page.keyboard.press('Tab');
  await page.getByRole('checkbox', { name: '我确认这些联系人同意接收邮件' }).click();
  await page.getByRole('button', { name: '开始导入' }).click();
  await page.getByRole('button', { name: '撤销此导入' }).waitFor();
  expect(await figure('行数')).toBe('1,006');
  expect(await figure('新增')).toBe('1,000');
  expect(await figure('无效')).toBe('5');
  expect(await figure('重复')).toBe('1');
}

async function figure(name: string): Promise<string> {
  const entry = visitor.page.locator('dl > div').filter({ has: visitor.page.locator('dt', { hasText: name }) });
  return (await entry.locator('dd').first().innerText()).trim();
}

async function readErrorFile(): Promise<void> {
  const { page } = visitor;
  const downloading = page.waitForEvent('download');
  await page.getByRole('button', { name: '下载错误报告' }).click();
  const download = await downloading;
  expect(download.suggestedFilename()).toBe('客户名单-errors.csv');
  const lines = readFileSync(await download.path(), 'utf8')
    .trimEnd()
    .split('\r\n');
  expect(lines[0]).toBe('\uFEFF行号,代码,原因,姓名,邮箱,标签');
  for (const address of BAD_ADDRESSES) expect(lines.filter((line) => line.includes(address))).toHaveLength(1);
}

/** From a starter, edited in place; it saves itself. */
async function makeTemplate(): Promise<void> {
  const { page } = visitor;
  await page.getByRole('link', { name: '模板', exact: true }).click();
  await page.getByRole('button', { name: '新建模板' }).first().click();
  await page.getByRole('button', { name: /通讯 定期来信/ }).click();
  await page.locator('.block-editor').waitFor();
  await page.getByLabel('模板名称').fill('春茶通讯');
  await page.locator('.block-node').filter({ hasText: '为什么我们不再做塑料包装' }).last().click();
  await page.keyboard.press('End');
  await page.keyboard.type('？今年的新茶到了');
  await page.locator('.save-state[data-state=saved]').waitFor();
  await page.getByRole('link', { name: '模板', exact: true }).click();
}

/** From the navigation to a draft without errors. */
async function draftCampaign(): Promise<void> {
  const { page } = visitor;
  if (!page.url().endsWith('/campaigns')) await page.getByRole('link', { name: '营销活动', exact: true }).click();
  await page.getByRole('button', { name: '新建活动' }).first().click();
  await page
    .getByRole('dialog', { name: '新建活动' })
    .getByRole('button', { name: /春茶通讯/ })
    .click();
  await page.getByLabel('发送给这些列表').click();
  await option(page, '老客户').click();
  await page.getByLabel('发信地址').fill('news@qingshan.example');
  await page.frameLocator('iframe').getByText('今年的新茶到了').waitFor();
  await page.getByRole('textbox', { name: /^邮件主题/ }).fill('{{name}}，春茶到了');
  await page.getByText('人会收到这封邮件').waitFor();
}

async function sendTest(): Promise<void> {
  const { page } = visitor;
  await page.getByRole('button', { name: '发送测试' }).click();
  const dialog = page.getByRole('dialog', { name: '发送测试' });
  await dialog.getByRole('button', { name: '发送测试' }).click();
  await dialog.getByText('已被邮件服务器接收').waitFor();
  await page.keyboard.press('Escape');
  await dialog.waitFor({ state: 'hidden' });
}

async function send(): Promise<void> {
  const { page } = visitor;
  await page.getByRole('button', { name: '检查并发送' }).click();
  const dialog = page.getByRole('dialog', { name: '确认发送' });
  await dialog.getByText('人将收到这封邮件').waitFor();
  await dialog.getByRole('button', { name: /确认发送|仍然发送/ }).click();
  await page.getByRole('button', { name: '撤销', exact: true }).first().waitFor();
}

/** From the undo window over the live progress to figures of every kind. */
async function watchReport(): Promise<void> {
  const { page } = visitor;
  await page.getByRole('progressbar', { name: '发送进度' }).waitFor({ timeout: 30_000 });
  await page.getByText('已发送', { exact: true }).first().waitFor({ timeout: 60_000 });
  // The state comes by the stream, the figures with the next look at the report.
  await kpiCount('发送')
    .filter({ hasText: /^1,000$/ })
    .waitFor({ timeout: 10_000 });
  for (const name of ['打开', '点击', '退信', '回复', '投诉']) await positive(name);
  expect(await kpi('送达')).toMatch(/^9[5-9]\d$/);
}

function kpiCount(name: string): Locator {
  const { page } = visitor;
  return page
    .locator('li.kpi')
    .filter({ has: page.locator('.kpi-label', { hasText: new RegExp(`^${name}$`) }) })
    .locator('.kpi-count');
}

async function kpi(name: string): Promise<string> {
  return (await kpiCount(name).innerText()).trim();
}

/** Waits until a figure of the report has left zero, without a reload. */
async function positive(name: string): Promise<void> {
  await kpiCount(name).filter({ hasText: /[1-9]/ }).waitFor({ timeout: 30_000 });
}

async function readTestInbox(): Promise<void> {
  const { page } = visitor;
  await page.getByRole('link', { name: '测试收件箱' }).click();
  // The report that is being left has a search box as well.
  await page.waitForURL(/\/sandbox/);
  await page.getByRole('searchbox').fill('测试');
  await page.getByRole('link', { name: /owner@example\.com/ }).click();
  await page.getByRole('heading', { level: 2, name: /测试/ }).waitFor();
  await page.frameLocator('iframe').getByText('今年的新茶到了').waitFor();
}

async function seeSuppression(): Promise<void> {
  const { page } = visitor;
  await page.getByRole('link', { name: '屏蔽名单' }).click();
  const row = page.getByRole('row').filter({ hasText: 'hard-bounce@simulator.test' });
  await row.getByText('硬退信').waitFor();
  await row.getByRole('link', { name: /新活动/ }).waitFor();
}

/** The link of a mail as its recipient got it, the button behind it, and what the report says then. */
async function unsubscribe(report: string): Promise<void> {
  const { page } = visitor;
  const found = await page.request.get('/api/v1/sandbox/messages?q=kehu9@qq.test');
  const { items } = (await found.json()) as { items: { id: string }[] };
  const mail = await page.request.get(`/api/v1/sandbox/messages/${items[0]?.id}`);
  const { html } = (await mail.json()) as { html: string };
  const link = /https?:\/\/[^"'\s<>]+\/u\/[^"'\s<>]+/.exec(html)?.[0] ?? 'no link';
  await page.goto(link);
  await page.getByRole('button', { name: '确认退订' }).click();
  await page.getByRole('heading', { name: '已退订' }).waitFor();
  expect(await sidewaysScroll(page)).toBe(0);
  await page.goto(report);
  await positive('退订');
}
