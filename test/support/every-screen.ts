import type { Page } from 'playwright-core';
import { barriers, closeBrowsers, openBrowser, settled, show, signIn, visit } from './browser.js';
import type { Locale, Visit } from './browser.js';
import { ENTRY_SCREENS, SCREENS, furnish } from './furnished.js';
import { crampedAt } from './layout.js';
import { startProduct } from './product.js';
import type { Product } from './product.js';

/** Read on the way, so they must work on a phone too. */
const ON_A_PHONE = [
  '/',
  '/campaigns',
  '/campaigns/1/report',
  '/campaigns/1/report?tab=recipients',
  '/inbound',
  '/sandbox/1',
];
/**
 * What people and mail servers wrote stays in their language: our campaign, the sample recipient, and whichever mail of
 * the simulated recipients comes back first.
 */
const DATA =
  /Spring tea|The first leaves are here|Undelivered Mail Returned|^550 5\.1\.1|我正在休假|报价单发给我|有现货吗|下周再联系|批量采购/;
/** Screens whose main button opens a drawer with a form. */
const WITH_DRAWER = [
  '/lists',
  '/contacts',
  '/settings/senders',
  '/settings/domains',
  '/forms',
  '/settings/mailboxes',
  '/suppressions',
  '/fields',
];

/**
 * Declares the tests of every screen in one language: what it says, and whether everyone can use it. A file of its own
 * for each language, since they take a minute.
 * @param isForeign true for a text that a screen in this language must not show
 */
export function testEveryScreen(locale: Locale, isForeign: (text: string) => boolean): void {
  let product: Product;
  beforeAll(async () => {
    product = await startProduct();
    await furnish(product);
  });
  afterAll(async () => {
    await closeBrowsers();
    await product?.stop();
  });

  async function arrive(width: number): Promise<Visit> {
    const visitor = await visit(await openBrowser(), product, { locale, width });
    await signIn(visitor, { email: 'owner@example.com', password: 'correct horse battery', locale });
    return visitor;
  }

  describe(`in ${locale}`, () => {
    it('every screen speaks its language, axe finds no serious or critical barrier, and at 1024 px longer texts have room', async () => {
      const { page, errors, context } = await arrive(1440);
      for (const path of SCREENS) {
        await show(page, path);
        await expectNone(page, path);
        const texts = await words(page);
        expect(texts.length).toBeGreaterThan(20);
        const foreign = texts.filter((text) => !DATA.test(text) && (isKey(text) || isForeign(text)));
        expect({ path, foreign }).toEqual({ path, foreign: [] });
        const cramped = await crampedAt(page, 1024);
        expect({ path, cramped }).toEqual({ path, cramped: [] });
      }
      // A text that is missing is an error of the console.
      expect(errors()).toEqual([]);
      await context.close();
    });

    it('nor on the screens that are read on a phone, and in its navigation', async () => {
      const { page, context } = await arrive(390);
      for (const path of ON_A_PHONE) {
        await show(page, path);
        await expectNone(page, `phone ${path}`);
      }
      await show(page, '/');
      await page.locator('.top-bar button').first().click();
      await page.locator('.ant-drawer .nav').waitFor();
      await settled(page);
      await expectNone(page, 'phone navigation');
      await context.close();
    });

    it('nor in an open drawer, an open dialog and before signing in', async () => {
      const { page, context } = await arrive(1440);
      for (const path of WITH_DRAWER) {
        await show(page, path);
        await page.locator('.page-header-actions button, .tab-actions button').first().click();
        await page.locator('.ant-drawer-open form').waitFor();
        await settled(page);
        await expectNone(page, `drawer of ${path}`);
      }
      await show(page, '/campaigns/2');
      await page.locator('.rail-buttons .ant-btn-primary').click();
      await page.locator('.ant-modal .confirm-count').waitFor();
      await settled(page);
      await expectNone(page, 'dialog of sending');
      await show(page, '/');
      await page.keyboard.press('Control+k');
      await page.locator('.search-dialog [role=option]').first().waitFor();
      await settled(page);
      await expectNone(page, 'search');
      await context.clearCookies();
      for (const path of ENTRY_SCREENS) {
        await show(page, path);
        await expectNone(page, path);
        const foreign = (await words(page)).filter((text) => isKey(text) || isForeign(text));
        expect({ path, foreign }).toEqual({ path, foreign: [] });
      }
      await context.close();
    });
  });
}

/** What a page shows or tells a screen reader, without code and mail, which are nobody's wording. */
async function words(page: Page): Promise<string[]> {
  return page.evaluate(() => {
    const { document, NodeFilter } = globalThis as any;
    const data = 'pre, code, .cm-editor, .mail-headers, .mail-raw, [lang]:not(html), script, style';
    const found: string[] = [];
    const walker = document.createTreeWalker(document.body, NodeFilter.SHOW_TEXT);
    while (walker.nextNode()) {
      if (!walker.currentNode.parentElement.closest(data)) found.push(walker.currentNode.textContent.trim());
    }
    for (const element of document.querySelectorAll('[aria-label], [title], [placeholder], img[alt]')) {
      if (element.closest(data)) continue;
      for (const name of ['aria-label', 'title', 'placeholder', 'alt']) found.push(element.getAttribute(name)?.trim());
    }
    return [document.title, ...found].filter(Boolean);
  });
}

/** `campaigns.column.name`: a key that no text was found for. Domains and file names look like keys too. */
function isKey(text: string): boolean {
  return /^[a-z]+[A-Za-z]*(?:[.:][a-zA-Z_]+){1,4}$/.test(text) && !/\.(csv|png|test|example|com|cn)$/.test(text);
}

async function expectNone(page: Page, where: string): Promise<void> {
  expect({ where, barriers: await barriers(page) }).toEqual({ where, barriers: [] });
  expect({ where, icons: await iconsByFileName(page) }).toEqual({ where, icons: [] });
}

/** Icons that a screen reader calls by their file name, “plus” for instance, which is nobody's language. */
async function iconsByFileName(page: Page): Promise<string[]> {
  return page
    .locator('.anticon[aria-label]')
    .evaluateAll((icons) =>
      icons
        .filter(({ classList, ariaLabel }: any) => classList.contains(`anticon-${ariaLabel}`))
        .map((icon: any) => icon.outerHTML.replace(/<svg.*/, '')),
    );
}
