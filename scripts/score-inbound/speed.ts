import { readFileSync } from 'node:fs';
import type { ExpectedMail } from '../../libs/engine/dsn/src/testing/labels.js';
import type { ReadMail } from '../../libs/engine/dsn/src/testing/scorecard.js';

const SECONDS = 2;
const MANY = 200;

/**
 * Mails a second through the limited worker, one after another, over the bounces of the collection again and again;
 * null where there are none. Small collections are asked too: the worker is warm by then.
 */
export async function readSpeed(mails: readonly ExpectedMail[], read: ReadMail): Promise<number | null> {
  const bounces = mails.filter(({ kinds }) => kinds.includes('bounce')).slice(0, MANY);
  if (bounces.length === 0) return null;
  const raws = bounces.map(({ file }) => readFileSync(file));
  const started = performance.now();
  let count = 0;
  for (; performance.now() - started < SECONDS * 1_000; count += 1) {
    await read(raws[count % raws.length]!).catch(() => undefined); // one that passes its limits costs its time
  }
  return (count * 1_000) / (performance.now() - started);
}
