import { createHmac, timingSafeEqual } from 'node:crypto';
import type { KeyRing } from '#engine/token';

/** Nobody fills a form in faster, and nobody leaves one open longer. */
const QUICKEST_MS = 1_000;
const OLDEST_MS = 24 * 3_600_000;

/** Says when a form was shown, so that a program that posts at once, or a stored post, is told from a person. */
export function sealForm(publicId: string, keys: KeyRing, nowMs: number): string {
  return `${nowMs}.${macOf(`${publicId}:${nowMs}`, keys)}`;
}

/** What a seal says of the post it came with; `foreign`: it is none of ours for this form, or a day old. */
export function judgeSeal(
  seal: string,
  publicId: string,
  keys: KeyRing,
  nowMs: number,
): 'timely' | 'too-quick' | 'foreign' {
  const [, shown = '', mac = ''] = /^(\d{1,15})\.([\w-]{22})$/.exec(seal) ?? [];
  if (!shown) return 'foreign';
  const expected = Buffer.from(macOf(`${publicId}:${shown}`, keys));
  const given = Buffer.from(mac);
  if (given.length !== expected.length || !timingSafeEqual(given, expected)) return 'foreign';
  const age = nowMs - Number(shown);
  if (age > OLDEST_MS) return 'foreign';
  return age >= QUICKEST_MS ? 'timely' : 'too-quick';
}

function macOf(text: string, { keys, current }: KeyRing): string {
  const key = keys.get(current);
  if (!key) throw new RangeError('The key ring has no current key.');
  return createHmac('sha256', key).update('hongyan-form:').update(text).digest('base64url').slice(0, 22);
}
