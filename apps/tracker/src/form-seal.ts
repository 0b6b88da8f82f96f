import { createHmac, timingSafeEqual } from 'node:crypto';
import type { KeyRing } from '#engine/token';

/** Nobody fills a form in faster, and nobody leaves one open longer. */
const QUICKEST_MS = 1_000;
const OLDEST_MS = 24 * 3_600_000;

/** Says when a form was shown, so that a program that posts at once, or a stored post, is told from a person. */
export function sealForm(publicId: string, keys: KeyRing, nowMs: number): string {
  return `${nowMs}.${macOf(`${publicId}:${nowMs}`, keys)}`;
}

/** Whether the seal is ours and of an age that a person's would have. */
export function isTimely(seal: string, publicId: string, keys: KeyRing, nowMs: number): boolean {
  const [shown = '', mac = ''] = seal.slice(0, 100).split('.');
  if (!/^\d{1,15}$/.test(shown)) return false;
  const expected = Buffer.from(macOf(`${publicId}:${shown}`, keys));
  const given = Buffer.from(mac);
  if (given.length !== expected.length || !timingSafeEqual(given, expected)) return false;
  const age = nowMs - Number(shown);
  return age >= QUICKEST_MS && age <= OLDEST_MS;
}

function macOf(text: string, { keys, current }: KeyRing): string {
  const key = keys.get(current);
  if (!key) throw new RangeError('The key ring has no current key.');
  return createHmac('sha256', key).update('hongyan-form:').update(text).digest('base64url').slice(0, 22);
}
