import { execFileSync } from 'node:child_process';
import { existsSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import type { Page } from 'playwright-core';
import { until } from './until.js';

const KEPT = path.resolve('test/browser/pictures');
const FOUND = path.resolve('.cache/pictures');
const IS_UPDATE = process.env.UPDATE_PICTURES === '1';
/** Part of the pixels that may differ from the kept picture: ui.md, section 11. */
export const LIMIT = 0.002;
/** What is still being drawn becomes the kept picture within this time. */
const DRAWING_MS = 8_000;
const LOOK_EVERY_MS = 250;
/** Looks in a row at which nothing has moved any more. */
const STILL = 4;

/** How a screen looks, compared with the kept picture of its name. */
export interface Likeness {
  /** Part of the pixels that differ; 1 where there is no kept picture, or of another size. */
  differing: number;
  /** Where the picture, and where it differs, lie; empty for one within the limit. */
  files: string[];
}

/**
 * Takes a picture of what the window shows until it is like the kept one, or stands still without being so: charts and
 * pictures within mails come a moment after the rest. With UPDATE_PICTURES=1 it takes the place of the kept one.
 */
export async function likeness(page: Page, name: string, limit: number): Promise<Likeness> {
  mkdirSync(FOUND, { recursive: true });
  if (IS_UPDATE) await keep(page, name);
  const deadline = performance.now() + DRAWING_MS;
  let last: { png: Buffer; differing: number } | undefined;
  const isOver = async () => {
    const png = await shot(page);
    const isStill = last?.png.equals(png) ?? false;
    if (!isStill) last = { png, differing: compare(name, png) };
    return last!.differing <= limit || (isStill && performance.now() > deadline);
  };
  await until(isOver, { what: `${name} to stand still`, timeoutMs: 60_000, everyMs: LOOK_EVERY_MS });
  const { differing } = last!;
  const files = [foundFile(name), diffFile(name)].filter(existsSync);
  return { differing, files: differing <= limit ? [] : files };
}

function shot(page: Page): Promise<Buffer> {
  return page.screenshot({ animations: 'disabled', caret: 'hide', scale: 'css' });
}

/** Keeps what stands still; a kept picture that looks the same already stays, byte for byte. */
async function keep(page: Page, name: string): Promise<void> {
  let last: Buffer | undefined;
  let still = 0;
  const isStill = async () => {
    const next = await shot(page);
    still = last?.equals(next) ? still + 1 : 0;
    last = next;
    return still === STILL;
  };
  await until(isStill, { what: `${name} to stand still`, timeoutMs: 60_000, everyMs: LOOK_EVERY_MS });
  if (compare(name, last!) === 0) return;
  mkdirSync(KEPT, { recursive: true });
  writeFileSync(keptFile(name), last!);
}

const keptFile = (name: string) => path.join(KEPT, `${name}.png`);
const foundFile = (name: string) => path.join(FOUND, `${name}.png`);
const diffFile = (name: string) => path.join(FOUND, `${name}.diff.png`);

/** Part of the pixels that differ. The same browser draws the same bytes, mostly; then nothing has to be decoded. */
function compare(name: string, png: Buffer): number {
  if (!existsSync(keptFile(name))) return 1;
  if (readFileSync(keptFile(name)).equals(png)) return 0;
  writeFileSync(foundFile(name), png);
  const program = path.resolve('test/support/compare-pictures.mjs');
  return Number(execFileSync(process.execPath, [program, keptFile(name), foundFile(name), diffFile(name)]));
}
