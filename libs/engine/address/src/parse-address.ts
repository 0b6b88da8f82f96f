import { parseDomain } from './parse-domain.js';

export interface ParsedAddress {
  /** As put on the wire: local part as typed, domain as lower-case A-labels. */
  address: string;
  /** The lower-cased address (NFC): the key for uniqueness and suppression. */
  canonical: string;
  local: string;
  /** A-labels, lower case. */
  domain: string;
  /** The local part is not ASCII: the mail needs SMTPUTF8 (RFC 6531). */
  international: boolean;
}

export type AddressErrorCode =
  | 'ADDRESS_EMPTY'
  | 'ADDRESS_TOO_LONG'
  | 'ADDRESS_NO_AT'
  | 'ADDRESS_CONTROL_CHARACTER'
  | 'ADDRESS_NOT_ONE'
  | 'ADDRESS_LOCAL_INVALID'
  | 'ADDRESS_DOMAIN_INVALID';

export type AddressResult = { ok: true; value: ParsedAddress } | { ok: false; code: AddressErrorCode; message: string };

/** RFC 5321 4.5.3.1.1, in octets. */
const LOCAL_MAX = 64;
/** RFC 5321 4.5.3.1.3 less the angle brackets, in octets. */
const TOTAL_MAX = 254;

/** What spreadsheets and chat programs leave around and inside copied addresses: invisible, never meant. */
const INVISIBLE = /[\u200B-\u200F\u202A-\u202E\u2060\u2066-\u2069\uFEFF]/gu;
/** Spaces, tabs, no-break and ideographic spaces. Not CR or LF: those are refused wherever they stand. */
const BLANK = new Set([' ', '\t', '\u00A0', '\u3000']);
const CONTROL = /\p{Cc}|\p{Zl}|\p{Zp}/u;
/** RFC 5322 3.2.3 `atext`, and of RFC 6531's UTF8-non-ascii the letters, marks, digits and symbols. */
const LOCAL_ATOM = /^(?:[A-Za-z0-9!#$%&'*+/=?^_`{|}~-]|(?![\p{ASCII}\uFF00-\uFFEF])[\p{L}\p{M}\p{N}\p{S}])+$/u;

/**
 * The one parser for addresses, used at every door: API, CSV, forms, SMTP, template fields.
 *
 * Accepts exactly one RFC 5321/6531 addr-spec whose local part is a dot-atom. Refuses display names, lists, groups,
 * comments, quoted local parts, address literals, arrays and anything with a control character, because mail
 * libraries parse what they are given once more and would find other recipients in it. As a courtesy to imports it
 * trims blanks, drops invisible marks and reads a full-width `＠` where there is no `@`.
 */
export function parseAddress(input: unknown): AddressResult {
  if (input === undefined || input === null) return refuse('ADDRESS_EMPTY', 'Enter an e-mail address.');
  if (typeof input !== 'string') {
    return refuse('ADDRESS_NOT_ONE', 'Give one e-mail address as text, not a list or an object.');
  }
  if (input.length > 4 * TOTAL_MAX) return tooLong();
  const text = clean(input);
  if (text === '') return refuse('ADDRESS_EMPTY', 'Enter an e-mail address.');
  if (CONTROL.test(text)) {
    return refuse(
      'ADDRESS_CONTROL_CHARACTER',
      'The address contains a line break or another control character. Remove it.',
    );
  }
  return refuseMoreThanOne(text) ?? parseParts(text);
}

function parseParts(text: string): AddressResult {
  const at = text.indexOf('@');
  const local = text.slice(0, at);
  const problem = localProblem(local);
  if (problem) return refuse('ADDRESS_LOCAL_INVALID', problem);
  const domain = parseDomain(text.slice(at + 1));
  if (!domain.ok) return refuse('ADDRESS_DOMAIN_INVALID', domain.message);
  const address = `${local}@${domain.value}`;
  const canonicalLocal = local.normalize('NFC').toLowerCase().normalize('NFC');
  const canonical = `${canonicalLocal}@${domain.value}`;
  // Lower-casing can lengthen a few non-ASCII letters, so both forms must fit.
  const localOctets = Math.max(Buffer.byteLength(local), Buffer.byteLength(canonicalLocal));
  if (localOctets > LOCAL_MAX || localOctets + 1 + domain.value.length > TOTAL_MAX) return tooLong();
  return {
    ok: true,
    value: { address, canonical, local, domain: domain.value, international: !/^\p{ASCII}*$/u.test(local) },
  };
}

function clean(input: string): string {
  let text = input.replace(INVISIBLE, '');
  let start = 0;
  let end = text.length;
  while (start < end && BLANK.has(text.charAt(start))) start++;
  while (end > start && BLANK.has(text.charAt(end - 1))) end--;
  text = text.slice(start, end);
  return text.includes('@') ? text : text.replace('＠', '@');
}

function refuseMoreThanOne(text: string): AddressResult | null {
  if (text.includes('"')) {
    return refuse('ADDRESS_LOCAL_INVALID', 'Quoted local parts and quoted names are not accepted. Remove the quotes.');
  }
  if (/[<>]/.test(text)) {
    return refuse('ADDRESS_NOT_ONE', 'Give the address alone, without a name and without < and >.');
  }
  if (/[()]/.test(text)) return refuse('ADDRESS_NOT_ONE', 'Comments in parentheses are not accepted. Remove them.');
  if (/[,;:，；：、]/u.test(text)) {
    return refuse('ADDRESS_NOT_ONE', 'Give exactly one address: lists and groups (with , ; or :) are not accepted.');
  }
  const ats = text.split('@').length - 1;
  if (ats === 0) return refuse('ADDRESS_NO_AT', 'The address has no @. Write it as name@example.com.');
  if (ats > 1) return refuse('ADDRESS_NOT_ONE', 'The address has more than one @. Give exactly one address.');
  return null;
}

function localProblem(local: string): string | null {
  if (local === '') return 'There is nothing before the @. Write the address as name@example.com.';
  if (local.startsWith('.') || local.endsWith('.') || local.includes('..')) {
    return 'The part before the @ starts or ends with a dot or has two dots in a row. Correct the dots.';
  }
  if (!local.split('.').every((atom) => LOCAL_ATOM.test(atom))) {
    return 'The part before the @ has a space or a character that is not allowed (full-width letters are not). Retype it.';
  }
  return null;
}

function tooLong(): AddressResult {
  return refuse(
    'ADDRESS_TOO_LONG',
    'The address is too long: at most 64 octets before the @ and 254 in all. Check that it is one address.',
  );
}

function refuse(code: AddressErrorCode, message: string): AddressResult {
  return { ok: false, code, message };
}
