import { createHash } from 'node:crypto';
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
  for (const person of PEOPLE) await arrive(bounceOf(person));
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

/** Stored as if it had come to the listener a moment ago. */
async function arrive(raw: string): Promise<void> {
  const hash = createHash('sha256').update(raw).digest('hex');
  await product.sql(
    `INSERT INTO inbound_messages (envelope, raw, content_hash, received_at)
     VALUES ('{"recipients": [], "sender": null}', $1::bytea, $2, now() - interval '1 minute')`,
    [Buffer.from(raw), Buffer.from(hash)],
  );
}

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
  await show(page, '/inbound');
  await page.getByRole('link', { name: '退信与回复', exact: true }).waitFor();
});
