import path from 'node:path';
import { closeBrowsers, openBrowser, settled, signIn, visit } from './browser.js';
import type { Locale, Visit } from './browser.js';
import { moveTime } from './moved-time.js';
import { likeness } from './pictures.js';
import { startProduct } from './product.js';
import type { Product } from './product.js';
import { limitHere } from './reference-card.js';
import { furnishShop } from './tea-shop.js';
import type { TeaShop } from './tea-shop.js';

/** A Wednesday, noon in Shanghai. */
const SHOWN = { to: new Date('2026-03-18T04:00:00Z'), shownZone: 'Asia/Shanghai' };
const PHONE = { width: 390, height: 844 };
const DESK = { width: 1440, height: 760 };

interface KeyScreen {
  name: string;
  at: (shop: TeaShop) => string;
  size?: { width: number; height: number };
  /** What comes after everything else. */
  ready?: string;
}

const SCREENS: KeyScreen[] = [
  { name: 'dashboard', at: () => '/' },
  { name: 'campaigns', at: () => '/campaigns' },
  { name: 'campaign', at: ({ paths }) => paths.draft, ready: '.audience' },
  { name: 'editor', at: ({ paths }) => paths.content },
  { name: 'report', at: ({ paths }) => paths.report },
  { name: 'contacts', at: () => '/contacts' },
  { name: 'contact', at: ({ paths }) => paths.contact },
  { name: 'import', at: ({ paths }) => paths.columns },
  { name: 'segment', at: ({ paths }) => paths.segment },
  { name: 'replies', at: () => '/replies' },
  { name: 'domains', at: () => '/settings/domains' },
  { name: 'subscribe', at: ({ form }) => form },
  { name: 'dashboard-phone', at: () => '/', size: PHONE },
  { name: 'report-phone', at: ({ paths }) => paths.report, size: PHONE },
];

/** Declares the tests of how the key screens look in one language. */
export function testKeyScreens(locale: Locale): void {
  let product: Product;
  let shop: TeaShop;
  let visitor: Visit;
  let limit: number;
  beforeAll(async () => {
    product = await startProduct();
    shop = await furnishShop(product, locale);
    const browser = await openBrowser({
      args: ['--font-render-hinting=none'],
      env: { ...process.env, FONTCONFIG_FILE: path.resolve('test/support/fonts.conf') },
    });
    visitor = await visit(browser, product, { locale, more: { reducedMotion: 'reduce', deviceScaleFactor: 1 } });
    await moveTime(visitor.context, { from: shop.at, zone: shop.zone, ...SHOWN });
    limit = await limitHere(visitor.page);
    await signIn(visitor);
  });
  afterAll(async () => {
    await closeBrowsers();
    await product?.stop();
  });

  it.each(SCREENS)(`$name in ${locale} looks as it is kept`, async ({ name, at, size = DESK, ready }) => {
    const { page } = visitor;
    await page.setViewportSize(size);
    await page.goto(at(shop));
    if (ready) await page.locator(ready).first().waitFor();
    await settled(page);
    const { differing, files } = await likeness(page, `${name}-${locale}`, limit);
    if (differing > limit) {
      throw new Error(
        `${percent(differing)} of the pixels differ from the kept picture, ${percent(limit)} may; see ${files.join(' and ')}. Where it is meant: npm run visual:update`,
      );
    }
  });
}

const percent = (part: number) => `${(part * 100).toFixed(2)} %`;
