import type { Page } from 'playwright-core';
import { untilInPage } from './browser.js';

/** How much longer a translation may be than the text we wrote. */
const LONGER = 0.4;
const FITS = 'document.documentElement.scrollWidth <= document.documentElement.clientWidth';
const SETTLING_MS = 5_000;

/**
 * Makes every text of the page longer by 40 %, as another language would, and tells what no longer has room: buttons,
 * tabs and headings that cut their words, things that stand outside the window, a page that scrolls sideways. What ends
 * in an ellipsis by intention or scrolls by itself (tables, code) is left alone. Reload afterwards.
 * @returns one line for each, by its text
 */
export async function crampedAt(page: Page, width: number): Promise<string[]> {
  const size = page.viewportSize()!;
  await page.setViewportSize({ ...size, width });
  // A chart takes its new width some frames later; a page that still scrolls sideways then is told below.
  await untilInPage(page, FITS, 'the page to fit', SETTLING_MS).catch(() => undefined);
  const cramped = await page.evaluate(stretchAndLook, LONGER);
  await page.setViewportSize(size);
  return cramped;
}

/** Runs in the page. */
function stretchAndLook(longer: number): string[] {
  const { document, NodeFilter, getComputedStyle, innerWidth } = globalThis as any;
  const walker = document.createTreeWalker(document.body, NodeFilter.SHOW_TEXT);
  const texts: any[] = [];
  while (walker.nextNode()) texts.push(walker.currentNode);
  for (const text of texts) {
    const words: string = text.data.trim();
    if (!words || text.parentElement.closest('script, style, pre, code, svg, .cm-editor, .block-canvas, time'))
      continue;
    if (!/\p{L}{2}/u.test(words) || /@|https?:/.test(words)) continue;
    text.data += ` ${words.slice(0, Math.ceil(words.length * longer) - 1)}`;
  }
  const found: string[] = [];
  const sideways = document.documentElement.scrollWidth - document.documentElement.clientWidth;
  if (sideways > 0) found.push(`the page scrolls sideways by ${sideways} px`);
  const scrolls = (element: any): boolean => {
    for (let each = element.parentElement; each && each !== document.body; each = each.parentElement) {
      if (/auto|scroll/.test(getComputedStyle(each).overflowX) && each.scrollWidth > each.clientWidth) return true;
    }
    return false;
  };
  for (const element of document.querySelectorAll(
    'main button, main a, main h1, main h2, main label, main [role=tab]',
  )) {
    const box = element.getBoundingClientRect();
    if (box.width === 0 || element.closest('.visually-hidden, .skip-link, .block-canvas')) continue;
    const name = element.textContent.trim().slice(0, 60);
    const style = getComputedStyle(element);
    const cut = element.scrollWidth > element.clientWidth + 1 && element.clientWidth > 0 && style.display !== 'inline';
    if (cut && style.overflowX !== 'visible' && style.textOverflow !== 'ellipsis') found.push(`cut: ${name}`);
    if ((box.right > innerWidth + 1 || box.left < -1) && !scrolls(element)) found.push(`outside the window: ${name}`);
  }
  return found;
}
