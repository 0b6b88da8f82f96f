import type { InboundVerdict } from '#contracts';

/** How JSON writes NUL and half a surrogate pair. */
const REFUSED = /\\u(?:0000|d[89a-f][0-9a-f]{2})/;

/**
 * The verdict as JSON without what Postgres refuses, NUL and half a surrogate pair. Hostile and damaged mail has both,
 * and a mail that can't be stored would be tried for ever.
 */
export function storableText(verdict: InboundVerdict): string {
  const text = JSON.stringify(verdict);
  if (!text.includes('\\u') || !REFUSED.test(text)) return text;
  const tidy = (_key: string, value: unknown): unknown =>
    typeof value === 'string' ? value.replaceAll('\0', '').replace(/\p{Cs}/gu, '\uFFFD') : value;
  return JSON.stringify(verdict, tidy);
}
