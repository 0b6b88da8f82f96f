import type { InboundVerdict } from '#contracts';

/**
 * The verdict without what Postgres refuses, NUL and half a surrogate pair. Hostile and damaged mail has both, and a
 * mail that can't be stored would be tried for ever.
 */
export function storableVerdict(verdict: InboundVerdict): InboundVerdict {
  const tidy = (_key: string, value: unknown): unknown =>
    typeof value === 'string' ? value.replaceAll('\0', '').replace(/\p{Cs}/gu, '\uFFFD') : value;
  return JSON.parse(JSON.stringify(verdict, tidy)) as InboundVerdict;
}
