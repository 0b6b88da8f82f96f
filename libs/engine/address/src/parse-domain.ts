import { domainToASCII } from 'node:url';

type DomainResult = { ok: true; value: string } | { ok: false; message: string };

/**
 * What may be typed. Checked before `domainToASCII`, which works like a browser's address bar: it would cut the text at
 * `/` or `?`, drop tabs and soft hyphens and turn `0x7f.1` into an IP address. The last three are dots to IDNA (UTS 46).
 */
const TYPED = /^[A-Za-z0-9.\-\p{L}\p{M}\p{N}\u30FB\u3002\uFF0E\uFF61\uFF0D]+$/u;
/** RFC 1034 3.5 with RFC 1123 2.1: letters, digits, inner hyphens, 1–63 octets. */
const LABEL = /^[a-z0-9](?:[a-z0-9-]{0,61}[a-z0-9])?$/;

/** The domain as lower-case A-labels (RFC 5890); it must have a dot and be a name, not an address literal. */
export function parseDomain(typed: string): DomainResult {
  if (typed === '') return bad('There is nothing after the @. Write the address as name@example.com.');
  if (typed.startsWith('[')) return bad('IP addresses in brackets are not accepted. Give a domain name.');
  if (!TYPED.test(typed)) return bad('The part after the @ has a character that no domain can have. Correct it.');
  const ascii = domainToASCII(typed);
  const labels = ascii.split('.');
  if (ascii === '' || ascii.length > 253 || !labels.every((label) => LABEL.test(label))) {
    return bad('The part after the @ is not a valid domain name. Check its dots and hyphens.');
  }
  if (labels.length < 2) return bad('The domain has no dot. Give it in full, as in name@example.com.');
  if (/^[0-9]+$/.test(labels[labels.length - 1] ?? '')) return bad('The domain ends in a number. Give a domain name.');
  return { ok: true, value: ascii };
}

function bad(message: string): DomainResult {
  return { ok: false, message };
}
