import { parseAddress } from '#engine/address';
import { encodeWords } from './encoded-word.js';
import { MessageError } from './message-error.js';

export interface Mailbox {
  name?: string;
  address: string;
}

const NAME_MAX = 200;
/** RFC 5322 atoms with single blanks between: a name that needs neither quotes nor encoding. */
const ATOMS = /^[A-Za-z0-9!#$%&'*+/=?^_`{|}~-]+(?: [A-Za-z0-9!#$%&'*+/=?^_`{|}~-]+)*$/;
/** Printable ASCII with single inner blanks: may stand in quotes, and folding at its blanks loses nothing. */
const QUOTABLE = /^[\x21-\x7E]+(?: [\x21-\x7E]+)*$/;

/**
 * `Name <address>` in wire form. `column` is where it begins in its line. An IDN becomes A-labels; a local part that is
 * not ASCII stays UTF-8 (RFC 6532). Throws HEADER_INVALID for an address that parseAddress refuses and for a name with
 * CR, LF or NUL.
 */
export function formatMailbox(mailbox: Mailbox, property: string, column: number): string {
  const parsed = parseAddress(mailbox.address);
  if (!parsed.ok) throw new MessageError('HEADER_INVALID', `${property}.address`, parsed.message);
  const name = formatPhrase(mailbox.name ?? '', `${property}.name`, column);
  return name === '' ? parsed.value.address : `${name} <${parsed.value.address}>`;
}

/** RFC 5322 `phrase`: as it is, quoted, or as encoded-words. Words are separated by one blank, where lines may fold. */
export function formatPhrase(text: string, property: string, column: number): string {
  if (/[\r\n\0]/.test(text)) {
    throw new MessageError('HEADER_INVALID', property, 'line breaks and NUL are not allowed in a name. Remove them.');
  }
  if (text.length > NAME_MAX) {
    throw new MessageError('HEADER_INVALID', property, `a name has at most ${NAME_MAX} characters. Shorten it.`);
  }
  if (text === '') return '';
  if (text.length <= 60 && !text.includes('=?')) {
    if (ATOMS.test(text)) return text;
    if (QUOTABLE.test(text)) return `"${text.replace(/["\\]/g, '\\$&')}"`;
  }
  return encodeWords(text, 76 - column).join(' ');
}
