import { readFileSync } from 'node:fs';
import type { AddressInfo } from 'node:net';
import type { Page, Route } from 'playwright-core';
import { SMTPServer } from 'smtp-server';
import { closeBrowsers, openBrowser, show, signIn, visit } from '../support/browser.js';
import type { Visit } from '../support/browser.js';
import { setUp, startProduct } from '../support/product.js';
import type { Product } from '../support/product.js';

let product: Product;
let server: SMTPServer;
let port: number;
beforeAll(async () => {
  product = await startProduct();
  const api = await setUp(product);
  await api.post('/lists', { name: 'Customers' });
  server = new SMTPServer({
    hideSTARTTLS: true,
    allowInsecureAuth: true,
    onAuth: (_auth, _session, done) => done(Object.assign(new Error('5.7.8 bad credentials'), { responseCode: 535 })),
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  port = (server.server.address() as AddressInfo).port;
});
afterAll(async () => {
  await closeBrowsers();
  await new Promise<void>((resolve) => server.close(resolve));
  await product?.stop();
});

const HONEST = 'honest@example.com';

/** Puts a second header into an address on its way to the server. */
async function smuggle(route: Route, [outer, inner]: [string, string?]): Promise<void> {
  const body = route.request().postDataJSON() as Record<string, any> | null;
  const address = inner ? body?.[outer]?.[inner] : body?.[outer];
  if (address !== HONEST) return route.continue();
  const split = `${HONEST}\r\nBcc: everyone@example.com`;
  const changed = inner ? { ...body![outer], [inner]: split } : split;
  return route.continue({ postData: JSON.stringify({ ...body, [outer]: changed }) });
}

const TEXTS = {
  'zh-CN': {
    workbook: '工作簿无法读取，请在 Excel 或 WPS 中打开并重新保存后再导入',
    report: '下载错误报告',
    invalid: '发信地址无效',
    addContact: '添加联系人',
    email: '邮箱',
    unreadable: '无法读取此文件，请检查格式、编码和分隔符',
    paste: '粘贴内容',
    next: '下一步',
    braces: '变量写法有误，请检查花括号、引号和名称，并确认每个区块都有结尾',
    oneError: /1 个错误/,
    line: 'HTML 第 2 行',
    from: '发信地址',
    control: '地址中有不可见的控制字符，请删除',
    refused: '用户名或密码不正确',
    remedy: 'QQ、163 等邮箱要填写授权码，而不是登录密码。',
    verify: '验证连接',
    add: '添加发信通道',
    fields: { name: '名称', host: '服务器', port: '端口', user: '用户名', password: '密码或授权码', none: '不加密' },
  },
  en: {
    workbook: 'The workbook cannot be read. Open it in a spreadsheet program and save it again',
    report: 'Download error report',
    invalid: 'The From address is not valid',
    addContact: 'Add contact',
    email: 'E-mail',
    unreadable: 'The file cannot be read. Check its format, encoding and delimiter',
    paste: 'Paste rows',
    next: 'Next',
    braces: 'A variable is not written right. Check braces, quotes and names, and that every block has an end',
    oneError: /1 error/,
    line: 'HTML, line 2',
    from: 'From address',
    control: 'There is an invisible control character. Remove it',
    refused: 'User or password refused',
    remedy: 'QQ, 163 and others want an authorisation code in place of the password.',
    verify: 'Verify',
    add: 'Add a delivery channel',
    fields: { name: 'Name', host: 'Server', port: 'Port', user: 'User', password: 'Password', none: 'None' },
  },
} as const;

describe.each(['zh-CN', 'en'] as const)('what goes wrong is said clearly, where it is, in %s', (locale) => {
  const texts = TEXTS[locale];
  let visitor: Visit;
  let page: Page;
  beforeAll(async () => {
    visitor = await visit(await openBrowser(), product, { locale });
    page = visitor.page;
    await signIn(visitor, { email: 'owner@example.com', password: 'correct horse battery', locale });
  });
  afterAll(() => visitor.context.close());

  it('a damaged workbook, whatever its name', async () => {
    await show(page, '/imports/new');
    const workbook = { name: 'contacts.csv', mimeType: 'text/csv', buffer: Buffer.from('504b030414000600', 'hex') };
    await page.locator('input[type=file]').setInputFiles(workbook);
    const alert = page.getByRole('alert');
    await alert.getByText(texts.unreadable).waitFor();
    await alert.getByText(texts.workbook).waitFor();
  });

  it('rows of a file whose quotes are broken', async () => {
    await show(page, '/imports/new');
    await page.getByText(texts.paste).click();
    await page.locator('#paste').fill('email,name\na@example.com,A\nb@example.com,"B"x\nc@example.com,C\n');
    await page.getByRole('button', { name: texts.next }).click();
    // The button of the step before keeps its name while the rows are on their way.
    await page.waitForURL(/\/imports\/\d+/);
    await page.getByRole('button', { name: texts.next }).click();
    await page.locator('#rules_agreed').click();
    await page.locator('#rules_source').fill('fair');
    await page.keyboard.press('Tab');
    await page.locator('.form-actions .ant-btn-primary').click();
    const downloading = page.waitForEvent('download');
    await page.getByRole('button', { name: texts.report }).click();
    const lines = readFileSync(await (await downloading).path(), 'utf8')
      .trimEnd()
      .split('\r\n');
    expect(lines).toHaveLength(2);
    expect(lines[1]).toMatch(/^3,QUOTE_INVALID,/);
  });

  it('a template with a brace too few', async () => {
    await show(page, '/templates/new?format=html');
    await page.locator('.cm-content').click();
    await page.keyboard.insertText('<p>Hello</p>\n<p>{{#if name}}Dear {{name</p>');
    await page.getByText(texts.braces).first().waitFor();
    await page.getByText(texts.oneError).waitFor();
    await page.getByText(texts.line).first().waitFor();
    await page.locator('.cm-line.cm-problem-error', { hasText: 'Dear' }).waitFor();
  });

  it('an address with a line break in it', async () => {
    // A field of one line drops what is typed; another program that fills in the address would not.
    await page.route('**/api/v1/campaigns/*', (route) => smuggle(route, ['from', 'address']));
    await page.route('**/api/v1/contacts', (route) => smuggle(route, ['email']));
    await show(page, '/campaigns/new');
    await page.locator('.start-blank button').first().click();
    const field = page.getByLabel(texts.from, { exact: true });
    await field.fill(HONEST);
    await page.locator('.field').filter({ has: field }).getByRole('alert').getByText(texts.invalid).waitFor();
    await page.locator('.check-items').getByText(texts.invalid).waitFor();

    await show(page, '/contacts');
    await page.getByRole('button', { name: texts.addContact }).first().click();
    const form = page.locator('.ant-drawer-open form');
    await form.getByLabel(texts.email, { exact: true }).fill(HONEST);
    await page.locator('.ant-drawer-open .drawer-footer .ant-btn-primary').click();
    const item = form.locator('.ant-form-item').filter({ has: page.getByLabel(texts.email, { exact: true }) });
    await item.getByText(texts.control).waitFor();
    expect(await form.getByLabel(texts.email, { exact: true }).getAttribute('aria-invalid')).toBe('true');
    await page.unrouteAll();
  });

  it('a wrong password of a mail server', async () => {
    await show(page, '/settings/senders');
    await page.getByRole('button', { name: texts.add }).first().click();
    const { fields } = texts;
    const form = page.locator('.ant-drawer-open form');
    await form.getByLabel(fields.name, { exact: true }).fill('shop');
    await form.getByText(fields.none, { exact: true }).click();
    await form.getByLabel(fields.host, { exact: true }).fill('127.0.0.1');
    await form.getByLabel(fields.port, { exact: true }).fill(String(port));
    await form.getByLabel(fields.user, { exact: true }).fill('shop@example.com');
    await form.locator('input[type=password]').fill('not the password');
    await form.getByRole('button', { name: texts.verify }).click();
    const step = form.locator('.verify-step[data-ok=false]');
    await step.getByText(texts.refused).waitFor();
    await step.getByText(texts.remedy).waitFor();
    await step.getByText(/535/).waitFor();
    expect(await form.locator('.verify-step[data-ok=false]').count()).toBe(1);
    const password = form.locator('input[type=password]');
    const field = form.locator('.ant-form-item').filter({ has: page.locator('input[type=password]') });
    await field.getByText(texts.remedy).waitFor();
    expect(await password.getAttribute('aria-invalid')).toBe('true');
    await form.locator('input[type=password]:focus').waitFor();
    // What was found is about settings that no longer stand there.
    await form.getByLabel(fields.user, { exact: true }).fill('sales@example.com');
    await form.locator('.verify-step').first().waitFor({ state: 'detached' });
    await field.getByText(texts.remedy).waitFor({ state: 'detached' });
  });
});
