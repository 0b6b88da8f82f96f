/**
 * SQL for a number from 0 up to 1 that is always the same for the same text: demo data looks alive, and the same on
 * every machine. @param key SQL of a text
 */
export function chance(key: string): string {
  return `((('x' || substr(md5(${key}), 1, 8))::bit(32)::bigint & 2147483647) / 2147483648.0)`;
}
