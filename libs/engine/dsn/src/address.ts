import { parseAddress } from '#engine/address';

/** Addresses as reports write them. They are evidence, never identity, so reading them is lenient. */

const LOOSE =
  /(?:"(?:[^"\\\r\n]|\\.){1,100}"|[^\s<>()[\],;:"'@\\\u3000-\u303f\uff00-\uffef\u201c\u201d]{1,128})@(?:\[[^\]\s]{1,60}\]|[^\s<>()[\],;:"'@\\\u3000-\u303f\uff00-\uffef\u201c\u201d]{1,255})/g;

/** Bare addresses in `text`, in order, without doubles, domain in lower case; at most `limit`. */
export function findAddresses(text: string, limit = 50): string[] {
  const found = new Map<string, string>();
  for (const match of text.matchAll(LOOSE)) {
    const address = tidyAddress(match[0]);
    if (address && !found.has(address.toLowerCase())) found.set(address.toLowerCase(), address);
    if (found.size >= limit) break;
  }
  return [...found.values()];
}

/**
 * One address out of `<a@b>`, `rfc822; a@b`, `"Name" <a@b>`, `a@b (comment)`: null when there is none. UTF-8 addresses
 * (RFC 6533) pass unchanged.
 */
export function tidyAddress(text: string): string | null {
  let value = withoutComments(text.slice(0, 1_000)).trim().slice(0, 400);
  const angled = /<([^<>]{3,320})>/.exec(value);
  if (angled) value = angled[1]!;
  value = value.replace(/^(?:mailto|smtp|rfc822|utf-8|unknown)\s?[;:]\s?/i, '').trim();
  const at = value.lastIndexOf('@');
  if (at < 1) return null;
  const local = value.slice(0, at).replace(/^['`]+/, '');
  const domain = value
    .slice(at + 1)
    .replace(/[.,;:!?'"`>)\]*]+$/, (tail) => (tail.startsWith(']') && value.includes('@[') ? ']' : ''));
  if (!validLocal(local) || domain === '' || /[\s@<>"\\]/.test(domain)) return null;
  return `${local}@${domain.toLowerCase()}`;
}

function validLocal(local: string): boolean {
  if (local === '' || local.length > 128) return false;
  return local.startsWith('"') ? /^"(?:[^"\\]|\\.)*"$/.test(local) : !/[\s<>()[\],;:"@\\]/.test(local);
}

/** The canonical form where the strict parser takes the address, else as it is written. */
export function canonicalAddress(address: string): string {
  const parsed = parseAddress(address);
  return parsed.ok ? parsed.value.canonical : address.slice(0, 320);
}

/** `a@b (Mail Delivery System)`: comments go unless the local part is quoted and may hold parentheses. */
function withoutComments(text: string): string {
  return text.includes('"') ? text : text.replace(/\([^()]{0,300}\)/g, ' ');
}
