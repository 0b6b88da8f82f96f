import { readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { chromium } from 'playwright-core';
import type {
  Browser,
  BrowserContext,
  BrowserContextOptions,
  LaunchOptions,
  Locator,
  Page,
  Request,
} from 'playwright-core';
import { until } from './until.js';
import type { Product } from './product.js';
import { AFTER_ANIMATIONS, typeAsPeopleDo } from './typing.js';

export type Locale = 'zh-CN' | 'en';

/** What works headless, also as root and without a network. */
const ARGUMENTS = [
  '--no-sandbox',
  '--disable-gpu',
  '--disable-quic',
  '--no-first-run',
  '--disable-background-networking',
  '--disable-component-update',
  '--disable-sync',
];
/** A wait on two busy cores; what takes longer is broken. */
export const PATIENCE_MS = 20_000;

// What runs in the page is text where it can be: the types of a browser are not those of this program.
const COUNT_CLICKS = `
  const count = window.countClick;
  addEventListener('pointerdown', (event) => void (event.isTrusted && count()), true);`;
const WAITING =
  '.ant-skeleton-active, .ant-spin-spinning, [aria-busy=true], [data-busy=true], [data-settling=true], .ant-btn-loading';
const AT_REST = `document.fonts.status === 'loaded'
  && ![...document.querySelectorAll(${JSON.stringify(WAITING)})].some((element) => element.offsetParent)`;

/** Every stop of the longest screen, its navigation among them; beyond it the way goes in a circle. */
const TABS_MAX = 150;

const launched: Browser[] = [];

/** Debian's Chromium with a fresh profile; {@link closeBrowsers} ends it. */
export async function openBrowser({ args = [], ...more }: LaunchOptions = {}): Promise<Browser> {
  const browser = await chromium.launch({
    executablePath: '/usr/bin/chromium',
    args: [...ARGUMENTS, ...args],
    ...more,
  });
  launched.push(browser);
  return browser;
}

export async function closeBrowsers(): Promise<void> {
  await Promise.all(launched.splice(0).map((browser) => browser.close()));
}

/** A person at a browser: the page, and what a test wants to know of it afterwards. */
export interface Visit {
  page: Page;
  context: BrowserContext;
  /** Presses of a mouse button or a finger so far, on every page of this visit. */
  clicks(): number;
  /** Errors of the console and uncaught exceptions, a request that failed among them. */
  errors(): string[];
  /** Requests to anyone but the product; what the page's own policy held back asked nobody. */
  strangers(): string[];
}

export interface VisitOptions {
  locale?: Locale;
  width?: number;
  height?: number;
  more?: BrowserContextOptions;
}

/** Opens a page of its own, with no cookie and no memory of another. */
export async function visit(browser: Browser, product: Product, options: VisitOptions = {}): Promise<Visit> {
  const { locale = 'zh-CN', width = 1440, height = 900, more } = options;
  const context = await browser.newContext({
    baseURL: product.url,
    locale,
    timezoneId: 'Asia/Shanghai',
    viewport: { width, height },
    acceptDownloads: true,
    ...more,
  });
  context.setDefaultTimeout(PATIENCE_MS);
  let clicks = 0;
  const errors: string[] = [];
  const strangers: Request[] = [];
  const own = [product.url, product.trackingUrl];
  await context.exposeBinding('countClick', () => {
    clicks += 1;
  });
  await context.addInitScript({ content: COUNT_CLICKS });
  context.on('console', (message) => {
    if (message.type() === 'error') errors.push(`${message.text()} (${message.location().url})`);
  });
  context.on('weberror', (error) => errors.push(String(error.error())));
  context.on('request', (request) => {
    const { protocol, origin } = new URL(request.url());
    if (/^https?:$/.test(protocol) && !own.includes(origin)) strangers.push(request);
  });
  const page = await context.newPage();
  typeAsPeopleDo(page);
  // Chromium tells of a request before its policy holds it back, and of one in a frame of its own only sometimes.
  const reached = () => strangers.filter((request) => request.failure()?.errorText !== 'csp').map((each) => each.url());
  return { page, context, clicks: () => clicks, errors: () => errors, strangers: reached };
}

/** Signs in by the form, as everyone does. */
export async function signIn(
  { page }: Visit,
  person: { email: string; password: string; locale?: Locale } = {
    email: 'owner@example.com',
    password: 'correct horse battery',
  },
): Promise<void> {
  await page.goto('/login');
  await page.locator('input[type=email]').fill(person.email);
  await page.locator('input[type=password]').fill(person.password);
  await page.locator('input[type=password]').press('Enter');
  await page.locator('main#content h1').first().waitFor();
  if (!person.locale) return;
  // The account's language wins over the browser's; it is another test's turn to click through the menu.
  const headers = { origin: new URL(page.url()).origin };
  await page.request.patch('/api/v1/auth/me', { data: { locale: person.locale }, headers });
  await page.reload();
  await page.locator(`html[lang=${person.locale}] main#content h1`).first().waitFor();
}

/** Goes to a screen and waits until it has its data and stands still. */
export async function show(page: Page, path: string): Promise<void> {
  await page.goto(path);
  await settled(page);
}

/**
 * Waits until an expression is true in the page. Asked from here each time: a condition that Playwright keeps asking in
 * the page is evaluated there, which the page's policy forbids once the first answer was no.
 */
export function untilInPage(page: Page, condition: string, what: string, timeoutMs?: number): Promise<void> {
  // While the page goes elsewhere there is nothing to ask.
  const asked = () => page.evaluate<boolean>(condition).catch(() => false);
  return until(asked, { what, ...(timeoutMs === undefined ? {} : { timeoutMs }), detail: () => page.url() });
}

/** No skeleton, no spinner, no request on its way, every animation over. */
export async function settled(page: Page): Promise<void> {
  await page.locator('h1').first().waitFor();
  await untilInPage(page, AT_REST, 'nothing to be loading');
  await page.evaluate(AFTER_ANIMATIONS);
}

const axeSource = readFileSync(createRequire(import.meta.url).resolve('axe-core/axe.min.js'), 'utf8');
const STANDARDS = ['wcag2a', 'wcag2aa', 'wcag21aa', 'wcag22aa'];

export interface Violation {
  rule: string;
  impact: string;
  nodes: string[];
}

/** What axe finds that keeps somebody from using the page as it stands: serious and critical, WCAG 2.0 to 2.2, A and AA. */
export async function barriers(page: Page): Promise<Violation[]> {
  if (!(await page.evaluate('"axe" in window'))) await page.evaluate(axeSource);
  // What fades in has the colours of neither its beginning nor its end.
  await page.evaluate(AFTER_ANIMATIONS);
  const options = { runOnly: { type: 'tag', values: STANDARDS }, resultTypes: ['violations'] };
  const { violations } = await page.evaluate<AxeResult>(`axe.run(document, ${JSON.stringify(options)})`);
  return violations
    .filter(({ impact }) => impact === 'serious' || impact === 'critical')
    .map(({ id, impact, nodes }) => ({
      rule: id,
      impact,
      nodes: nodes.map(({ target, failureSummary }) => `${target.join(' ')}: ${failureSummary.replace(/\s+/g, ' ')}`),
    }));
}

interface AxeResult {
  violations: { id: string; impact: string; nodes: { target: unknown[]; failureSummary: string }[] }[];
}

/** Pixels by which the page is wider than its window; 0 where nobody has to scroll sideways. */
export function sidewaysScroll(page: Page): Promise<number> {
  return page.evaluate<number>('document.documentElement.scrollWidth - document.documentElement.clientWidth');
}

/** The option of a list that is open, by its text. */
export function option(page: Page, text: string | RegExp): Locator {
  return page.locator('.ant-select-dropdown:not(.ant-select-dropdown-hidden) .ant-select-item-option', {
    hasText: text,
  });
}

/** Presses Tab until the first of these has the focus, as somebody without a mouse goes there. */
export async function tabTo(target: Locator): Promise<void> {
  const first = target.first();
  await first.waitFor();
  const { keyboard } = first.page();
  for (let presses = 0; presses < TABS_MAX; presses++) {
    const isThere = await first.evaluate((element) => element.contains((globalThis as any).document.activeElement));
    if (isThere) return;
    await keyboard.press('Tab');
  }
  throw new Error(`Tab does not reach ${target.toString()}`);
}

/** Tabs to something and presses Enter. */
export async function enter(target: Locator): Promise<void> {
  await tabTo(target);
  await target.page().keyboard.press('Enter');
}

/** Tabs to a field and writes in place of what stood there. */
export async function writeInto(target: Locator, text: string): Promise<void> {
  await tabTo(target);
  await target.page().keyboard.press('Control+a');
  await target.page().keyboard.type(text);
}
