import type { Page } from 'playwright-core';
import { LIMIT, likeness } from './pictures.js';

const TEXTS = [
  'Hongyan sends 12,345 messages: delivered 99.6 %, opened 34.7 %, 5 minutes ago.',
  '鸿雁发送了 12,345 封邮件：送达率 99.6%，打开率 34.7%，5 分钟前。',
];
const SIZES = [12, 16];

/** What the screens are drawn with, and nothing of ours: text of both languages, borders, shadows, a gradient, paths. */
const CARD = `<!doctype html><body style="margin:16px;width:568px;background:#f5f6f8;color:#1f1f1f;
  font:14px/1.5 'Noto Sans CJK SC',sans-serif">
  ${SIZES.map((size) => TEXTS.map((text) => `<p style="margin:0 0 4px;font-size:${size}px">${text} <b>${text}</b></p>`).join('')).join('')}
  <pre style="font-family:'Noto Sans Mono CJK SC',monospace">Message-ID: &lt;abc@example.com&gt;</pre>
  <div style="display:flex;gap:12px;align-items:center">
    <button style="border:1px solid #1554ad;border-radius:6px;background:#1554ad;color:#fff;padding:6px 15px;font:inherit">保存 Save</button>
    <input style="border:1px solid #d9d9d9;border-radius:6px;padding:5px 11px;font:inherit" value="news@example.com">
    <div style="width:90px;height:40px;border-radius:8px;background:linear-gradient(90deg,#1554ad,#f6ffed)"></div>
    <div style="width:60px;height:40px;border-radius:8px;background:#fff;box-shadow:0 2px 8px rgb(0 0 0/15%)"></div>
    <svg width="60" height="40" fill="none" stroke="#c25e00" stroke-width="2"><path d="M2 38 20 4 36 30 58 10"/><circle cx="20" cy="20" r="12"/></svg>
  </div>`;

/**
 * The part of a screen's pixels that may differ on this machine. A card that has nothing of ours is drawn first: where
 * it is as it is kept, so are the fonts and the browser's way to draw, and the limit is the usual one. Debian's Chromium
 * rises every month and its fonts may; where the card differs, a screen of ours differs for the same reason and by less,
 * since nothing is as full of text as the card. Measured: with glyphs hinted and on whole pixels the card differs by
 * 3.2 % and no screen by more than 2.3 %; with DejaVu in place of Noto, and no Chinese font at all, by 12 % and 5.7 %.
 * The limit then is the card's difference, which is printed: large changes are still found, and `npm run visual:update`
 * on such a machine makes it strict again.
 */
export async function limitHere(page: Page): Promise<number> {
  await page.setViewportSize({ width: 600, height: 400 });
  await page.setContent(CARD);
  const { differing } = await likeness(page, 'reference-card', LIMIT);
  if (differing <= LIMIT) return LIMIT;
  const percent = (differing * 100).toFixed(1);
  process.stderr.write(`Another browser or font than the kept pictures have: ${percent} % of each may differ.\n`);
  return differing;
}
