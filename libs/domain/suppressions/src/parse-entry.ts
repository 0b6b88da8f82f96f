import { parseAddress } from '#engine/address';
import { domainEntry } from './suppress.js';

export type EntryResult = { ok: true; canonical: string } | { ok: false; code: string; message: string };

/** What may stand on the list: an address, or `@domain` (others write `*@domain`) for all of a domain. */
export function parseEntry(text: string): EntryResult {
  const trimmed = text.trim().replace(/^\*(?=[@＠])/u, '');
  const whole = /^[@＠](?=[^@＠]+$)/u.test(trimmed);
  const parsed = parseAddress(whole ? `all${trimmed}` : trimmed);
  if (!parsed.ok) return parsed;
  const { canonical } = parsed.value;
  return { ok: true, canonical: whole ? domainEntry(canonical.slice(canonical.lastIndexOf('@') + 1)) : canonical };
}
