import { execFile } from 'node:child_process';
import { readFileSync, readdirSync } from 'node:fs';
import path from 'node:path';
import { promisify } from 'node:util';
import PostalMime from 'postal-mime';
import { closeBrowsers, openBrowser, signIn, visit } from '../support/browser.js';
import type { ApiClient } from '../support/api-client.js';
import { addAccount } from '../support/campaigns.js';
import { setUp, startProduct } from '../support/product.js';
import type { Product } from '../support/product.js';
import { until } from '../support/until.js';

const OWNER = 'owner@shop.hongyan-e2e.org';

let product: Product;
let api: ApiClient;
beforeAll(async () => {
  product = await startProduct({ env: { LOG_LEVEL: 'debug' } });
  api = await setUp(product);
  // Mail to a reserved domain leaves for nowhere.
  await product.sql(`UPDATE users SET email = '${OWNER}'`);
});
afterAll(async () => {
  await closeBrowsers();
  await product?.stop();
});

/** The link in the one mail that the server got. */
async function linkInMail(): Promise<{ subject: string; link: string }> {
  let id = '';
  await until(async () => (id = (await api.get('/sandbox/messages')).items[0]?.id ?? '') !== '', {
    what: 'the mail to arrive',
    detail: () => product.output(),
  });
  const mail = await PostalMime.parse(await (await api.raw(`/sandbox/messages/${id}/raw`)).arrayBuffer());
  expect(mail.html).toContain('href="http');
  return { subject: mail.subject ?? '', link: /http\S+\/reset#\S+/.exec(mail.text ?? '')![0] };
}

it('without a real account no link is sent: whoever reads the test inbox could use it', async () => {
  const asked = await fetch(`${product.url}/api/v1/auth/password/forgot`, {
    method: 'POST',
    headers: { 'content-type': 'application/json' },
    body: JSON.stringify({ email: OWNER }),
  });
  expect(asked.status).toBe(204);
  await until(() => logs().includes('a link to a new password waits'), { what: 'the operator to be told' });
  expect(logs()).toContain('No enabled SMTP account may carry mail to this person');
  expect((await api.get('/sandbox/messages')).items).toEqual([]);
  await product.sql('DELETE FROM password_resets');
});

it('who has forgotten the password gets in by a link from the mail, once, and the link is kept nowhere', async () => {
  await addAccount(api, product.ports.sandboxSmtp, { fromDomains: ['brand.hongyan-e2e.org'] });
  const { page, errors } = await visit(await openBrowser(), product);
  await page.goto('/login');
  await page.locator('input[type=email]').fill(OWNER);
  await page.getByRole('link', { name: '忘记密码' }).click();
  // Both screens have a field of this kind, and the first stays until the second has been fetched.
  await page.getByRole('heading', { name: '找回密码' }).waitFor();
  expect(await page.locator('input[type=email]:focus').inputValue()).toBe(OWNER);
  await page.keyboard.press('Enter');
  await page.getByText(`如果 ${OWNER} 是这里的账号`).waitFor();
  const { subject, link } = await linkInMail();
  expect(subject).toBe('重置您的鸿雁密码');

  await page.goto(link);
  await page.waitForURL((url) => url.hash === '');
  await page.locator('input[type=password]').nth(0).fill('一句很长的新密码 2026');
  await page.locator('input[type=password]').nth(1).fill('一句很长的新密码 2026');
  await page.locator('input[type=password]').nth(1).press('Enter');
  await page.getByText('新密码已保存').waitFor();
  await expect(api.get('/auth/me')).rejects.toThrow('401');
  const person = { email: OWNER, password: '一句很长的新密码 2026' };
  await signIn(await visit(await openBrowser(), product), person);
  expect(errors()).toEqual([]);

  const token = link.split('#')[1]!;
  const again = await page.request.post('/api/v1/auth/password/reset', { data: { token, password: person.password } });
  expect((await again.json()).code).toBe('RESET_LINK_INVALID');
  expect(logs()).not.toContain(token);
  expect(await rowsWith(token)).toEqual([]);
});

it('an operator makes a link at the terminal, for who has an account', async () => {
  const args = ['dist/scripts/hongyan.js', 'user:reset-password', '--data', product.dataDir];
  const run = (address: string) => promisify(execFile)(process.execPath, [...args, address]);
  const { stdout } = await run(OWNER);
  const [, link] = stdout.trim().split('\n');
  expect(link).toContain(`${product.url}/reset#`);
  await expect(run('nobody@example.com')).rejects.toThrow('Nobody signs in as nobody@example.com');
});

/** What the processes have logged so far. */
function logs(): string {
  const folder = path.join(product.dataDir, 'logs');
  return readdirSync(folder)
    .map((file) => readFileSync(path.join(folder, file), 'utf8'))
    .join('');
}

/** Tables in which the link of a mail stands. */
async function rowsWith(text: string): Promise<string[]> {
  const tables = await product.sql<{ name: string }>(
    `SELECT format('%I.%I', schemaname, tablename) AS name FROM pg_tables
     WHERE schemaname NOT IN ('pg_catalog', 'information_schema')`,
  );
  const found = await product.sql<{ name: string }>(
    tables
      .map(({ name }) => `SELECT '${name}' AS name WHERE EXISTS (SELECT 1 FROM ${name} t WHERE t::text LIKE $1)`)
      .join(' UNION ALL '),
    [`%${text}%`],
  );
  return found.map(({ name }) => name);
}
