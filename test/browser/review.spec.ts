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
import { arrive } from '../support/arriving-mail.js';
import type { Visit } from '../support/browser.js';
import type { ApiClient } from '../support/api-client.js';
import { importContacts, startCampaign, untilStatus } from '../support/campaigns.js';
import { setUp, startProduct } from '../support/product.js';
import type { Product } from '../support/product.js';
import { until } from '../support/until.js';

const PEOPLE = [1, 2, 3].map((n) => `success+${n}@simulator.test`);

let product: Product;
let api: ApiClient;
let visitor: Visit;
beforeAll(async () => {
  product = await startProduct();
  api = await setUp(product);
  const campaign = await startCampaign(api, await importContacts(api, PEOPLE));
  await untilStatus(product, api, campaign, 'sent');
  // The newest stands first: three bounces without a token.
  for (const person of PEOPLE) await arrive(product, bounceOf(person));
  await until(async () => (await api.get('/inbound/counts')).review === 3, {
    what: 'three mails to wait for a person',
  });
  visitor = await visit(await openBrowser(), product);
  await signIn(visitor);
});
afterAll(async () => {
  await closeBrowsers();
  await product?.stop();
});

function bounceOf(person: string): string {
  return [
    'From: MAILER-DAEMON@mx.example.net (Mail Delivery System)',
    `Subject: Undelivered: ${person}`,
    'Content-Type: text/plain; charset=utf-8',
    '',
    `<${person}>: host mx.example.net said: 550 5.1.1 User unknown`,
    '',
  ].join('\r\n');
}

const opened = (person: string) =>
  visitor.page.getByRole('heading', { level: 2, name: `Undelivered: ${person}` }).waitFor();
const suppressed = async () =>
  ((await api.get('/suppressions')).items as { address: string }[]).map((one) => one.address);

it('the menu says how many wait, and the queue has no barrier on a desk and on a phone', async () => {
  const { page } = visitor;
  await page.getByRole('link', { name: '退信与回复 3 封待人工查看' }).click();
  await page.getByRole('link', { name: '待人工查看', exact: true }).click();
  await opened(PEOPLE[2]!);
  await settled(page);
  expect(await barriers(page)).toEqual([]);
  await page.setViewportSize({ width: 390, height: 844 });
  await settled(page);
  expect([await sidewaysScroll(page), await barriers(page)]).toEqual([0, []]);
  await page.setViewportSize({ width: 1440, height: 900 });
});

it('j and k move, Enter takes the guess and opens the next, u takes it back', async () => {
  const { page } = visitor;
  await page.keyboard.press('j');
  await opened(PEOPLE[1]!);
  await page.keyboard.press('k');
  await opened(PEOPLE[2]!);
  await page.getByRole('radio', { name: PEOPLE[2]! }).waitFor();
  await page.keyboard.press('Enter');
  await page.getByText('已判定为“退信”').waitFor();
  await opened(PEOPLE[1]!);
  await page.keyboard.press('u');
  await opened(PEOPLE[2]!);
  expect(await suppressed()).toEqual([]);
});

it('a number decides the kind, and what is left acts when its time is over', async () => {
  const { page } = visitor;
  await page.getByRole('radio', { name: PEOPLE[2]! }).waitFor();
  await page.keyboard.press('9');
  await opened(PEOPLE[1]!);
  await page.getByRole('radio', { name: PEOPLE[1]! }).waitFor();
  await page.keyboard.press('Enter');
  await opened(PEOPLE[0]!);
  await page.getByRole('radio', { name: PEOPLE[0]! }).waitFor();
  await page.keyboard.press('2');
  await page.getByText('没有待查看的邮件').waitFor();
  await until(async () => (await suppressed()).length === 2, { what: 'the verdicts to act', timeoutMs: 60_000 });
  const rows = (await api.get('/suppressions')).items as { address: string; reason: string }[];
  expect(Object.fromEntries(rows.map(({ address, reason }) => [address, reason]))).toEqual({
    [PEOPLE[1]!]: 'hard_bounce',
    [PEOPLE[0]!]: 'complaint',
  });
  await page.getByRole('button', { name: '以后都这样识别…' }).click();
  const dialog = page.getByRole('dialog', { name: '新建规则' });
  await dialog.getByText(/封出现了这种说法/).waitFor();
  await dialog.getByLabel('邮件中的说法').fill('User unknown');
  await dialog.getByText('有 3 封出现了这种说法').waitFor();
  expect(await barriers(page)).toEqual([]);
  await dialog.getByRole('button', { name: '保存规则' }).click();
  await dialog.waitFor({ state: 'hidden' });
  await show(page, '/inbound/rules');
  await page.getByText('user unknown').waitFor();
  await page.getByRole('link', { name: '退信与回复', exact: true }).waitFor();
});

it('a reply is opened, read and answered, and the answer is sent under it', async () => {
  const { page } = visitor;
  const messages = (await api.get('/sandbox/messages?limit=200')).items as { id: string; to: string[] }[];
  const { id } = messages.find(({ to }) => to[0] === PEOPLE[0])!;
  // She answers from another address than the one we wrote to, which is suppressed by now.
  const original = await (await api.raw(`/sandbox/messages/${id}/raw`)).text();
  await arrive(product, replyOf('success+other@simulator.test', /^Message-ID: (.*)$/im.exec(original)![1]!));
  await until(async () => (await api.get('/inbound/counts')).replies === 1, { what: 'the reply to be shown' });
  await show(page, '/');
  await page.getByRole('link', { name: '收件箱 1 位联系人有未读回信' }).click();
  await page
    .getByRole('row', { name: /1 封未读/ })
    .getByRole('link')
    .first()
    .click();
  await page.getByText('周日营业吗？').first().waitFor();
  await until(async () => (await api.get('/inbound/counts')).replies === 0, { what: 'the thread to be read' });
  await page.getByText('原文、引用与附件').click();
  await page.getByRole('button', { name: /menu\.txt/ }).waitFor();
  await page.getByLabel(/^回信给/).fill('周日十点开门。');
  await page.keyboard.press('Control+Enter');
  await page.getByText('已发送').waitFor();
  await settled(page);
  expect(await barriers(page)).toEqual([]);
  await page.setViewportSize({ width: 390, height: 844 });
  await settled(page);
  expect([await sidewaysScroll(page), await barriers(page)]).toEqual([0, []]);
  expect([visitor.strangers(), visitor.errors()]).toEqual([[], []]);
});

function replyOf(person: string, original: string): string {
  const part = (type: string, body: string) => `--x\r\nContent-Type: ${type}\r\n\r\n${body}\r\n`;
  return [
    `From: ${person}`,
    'Subject: Re: tea',
    'Message-ID: <r1@people.example>',
    `In-Reply-To: ${original}`,
    'MIME-Version: 1.0',
    'Content-Type: multipart/mixed; boundary=x',
    '',
    part(
      'text/html; charset=utf-8',
      '<p>周日营业吗？</p><img src="https://tracker.example/p.gif"><script>alert(1)</script>',
    ),
    part('text/plain; name="../menu.txt"\r\nContent-Disposition: attachment; filename="../menu.txt"', 'tea'),
    '--x--',
    '',
  ].join('\r\n');
}
