import type { Locator, Page } from 'playwright-core';
import { closeBrowsers, enter, openBrowser, option, tabTo, visit, writeInto } from '../support/browser.js';
import type { Visit } from '../support/browser.js';
import { gb18030Contacts, simulatedAddress } from '../support/contacts-file.js';
import { startProduct } from '../support/product.js';
import type { Product } from '../support/product.js';

const PEOPLE = 120;

let product: Product;
let visitor: Visit;
let page: Page;
beforeAll(async () => {
  product = await startProduct();
  visitor = await visit(await openBrowser(), product, { locale: 'en' });
  page = visitor.page;
});
afterAll(async () => {
  await closeBrowsers();
  await product?.stop();
});

it('a newcomer goes from the set-up link to a report with opens and bounces, by keyboard alone, in English', async () => {
  await setUpByLink();
  await importContacts();
  await makeSegment();
  await makeTemplate();
  await draftCampaign();
  await sendTest();
  await send();
  await readReport();
  await unsubscribe();
  expect(visitor.clicks()).toBe(0);
  expect(visitor.errors()).toEqual([]);
  expect(visitor.strangers()).toEqual([]);
});

const link = (name: string | RegExp) => page.getByRole('link', { name, exact: true });
const button = (name: string | RegExp) => page.getByRole('button', { name });
const heading = (name: string | RegExp) => page.getByRole('heading', { level: 1, name });

async function setUpByLink(): Promise<void> {
  await page.goto(/http:\/\/\S+\/setup\?token=\S+/.exec(product.output())?.[0] ?? 'no link printed');
  await writeInto(page.getByLabel('Your name'), 'Ann Hill');
  await writeInto(page.getByLabel('E-mail'), 'owner@example.com');
  await writeInto(page.getByLabel('Password', { exact: true }), 'correct horse battery');
  await page.keyboard.press('Enter');
  await writeInto(page.getByLabel('Company or brand name'), 'Green Hill Tea');
  await writeInto(page.getByLabel('Postal address'), '1 Longjing Road, Hangzhou');
  await enter(button('Finish set-up'));
  await enter(page.getByRole('link', { name: /Try it/ }));
  await heading('Dashboard').waitFor();
}

async function importContacts(): Promise<void> {
  await enter(link('Import contacts'));
  const choosing = page.waitForEvent('filechooser');
  await enter(page.locator('.ant-upload-drag .ant-upload'));
  const buffer = gb18030Contacts(PEOPLE, simulatedAddress);
  await (await choosing).setFiles({ name: 'customers.csv', mimeType: 'text/csv', buffer });
  await page.getByText('客户1 · 客户2 · 客户3').waitFor();
  await enter(button('Next'));
  await button('Create list').waitFor();
  await writeInto(page.getByLabel('List to import into'), 'Customers');
  await page.keyboard.press('Enter');
  await page.locator('.ant-select', { hasText: 'Customers' }).waitFor();
  await writeInto(page.locator('#rules_source'), 'Shop register');
  await page.keyboard.press('Escape');
  await tabTo(page.locator('#rules_agreed'));
  await page.keyboard.press('Space');
  await enter(button('Start import'));
  await button('Undo this import').waitFor();
}

async function makeSegment(): Promise<void> {
  await enter(link('Segments'));
  await enter(link(/New segment/));
  await writeInto(page.getByLabel('Name', { exact: true }), 'In Hangzhou');
  await choose(page.getByLabel('Condition 1: subject'), 'Tag');
  await choose(page.locator('.rule-value input'), '杭州');
  await page.keyboard.press('Escape');
  await page.getByText(`${PEOPLE} contacts`).waitFor();
  await enter(button('Save'));
  // The page and a passing message both say it.
  await page.getByText('Saved', { exact: true }).first().waitFor();
}

/** Takes one of a list by its first letters. */
async function choose(field: Locator, name: string): Promise<void> {
  await tabTo(field);
  await page.keyboard.type(name);
  await option(page, name).first().waitFor();
  await page.keyboard.press('Enter');
}

async function makeTemplate(): Promise<void> {
  await enter(link('Templates'));
  await enter(button('New template').first());
  await enter(page.getByRole('button', { name: /^Newsletter/ }));
  await page.locator('.block-editor').waitFor();
  await writeInto(page.getByLabel('Name of the template'), 'Spring letter');
  await tabTo(page.locator('.block-node[data-node]'));
  await page.keyboard.press('Home');
  while (!(await focused()).startsWith('Heading')) await page.keyboard.press('ArrowDown');
  await page.keyboard.press('Enter');
  await page.keyboard.press('Control+a');
  await page.keyboard.type('The first leaves are here');
  await page.keyboard.press('Escape');
  await page.locator('.save-state[data-state=saved]').waitFor();
}

async function draftCampaign(): Promise<void> {
  await enter(button('Use in a campaign'));
  await choose(page.getByLabel('Send to these lists or segments'), 'In Hangzhou');
  await page.keyboard.press('Escape');
  await writeInto(page.getByLabel('From address'), 'news@hill.example');
  await writeInto(page.getByRole('textbox', { name: /^Subject/ }), 'Spring tea is here');
  await page.getByText('people will get this mail').waitFor();
}

async function sendTest(): Promise<void> {
  await enter(button('Send test'));
  const dialog = page.getByRole('dialog', { name: 'Send test' });
  await enter(dialog.getByRole('button', { name: 'Send test' }));
  await dialog.getByText('taken by the mail server').waitFor();
  await page.keyboard.press('Escape');
  await dialog.waitFor({ state: 'hidden' });
}

async function send(): Promise<void> {
  await enter(button('Check and send'));
  const dialog = page.getByRole('dialog', { name: 'Confirm' });
  await enter(dialog.getByRole('button', { name: /^Send/ }));
}

async function readReport(): Promise<void> {
  await page.getByText('Sent', { exact: true }).first().waitFor({ timeout: 60_000 });
  for (const name of ['Opened', 'Clicked', 'Bounced', 'Replies']) await positive(name);
}

/** Waits until a figure of the report has left zero, without a reload. */
async function positive(name: string): Promise<void> {
  const label = page.locator('.kpi-label', { hasText: new RegExp(`^${name}$`) });
  const figure = page.locator('li.kpi').filter({ has: label }).locator('.kpi-count');
  await figure.filter({ hasText: /[1-9]/ }).waitFor({ timeout: 30_000 });
}

const focused = () => page.evaluate<string>('document.activeElement.getAttribute("aria-label") ?? ""');

/** The link of a mail as its recipient got it, and the button behind it. */
async function unsubscribe(): Promise<void> {
  const report = page.url();
  const found = await page.request.get('/api/v1/sandbox/messages?q=kehu9@qq.test');
  const { items } = (await found.json()) as { items: { id: string }[] };
  const mail = await page.request.get(`/api/v1/sandbox/messages/${items[0]?.id}`);
  const { html } = (await mail.json()) as { html: string };
  expect(html).toContain('The first leaves are here');
  await page.goto(/https?:\/\/[^"'\s<>]+\/u\/[^"'\s<>]+/.exec(html)?.[0] ?? 'no link');
  await enter(button('Unsubscribe').first());
  await heading(/unsubscribed/i).waitFor();
  await page.goto(report);
  await positive('Unsubscribed');
}
