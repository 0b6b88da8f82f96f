import { encodeWords } from './encoded-word.js';
import { MessageError } from './message-error.js';

/** RFC 5322 2.1.1 asks for 78 octets and RFC 2047 section 2 for 76 where encoded-words stand: 76 serves both. */
const FOLD_AT = 76;
/** RFC 5322 2.1.1: octets a line must not exceed, without the CRLF. */
const LINE_MAX = 998;
/** More than any header of ours needs; keeps folding bounded. */
const VALUE_MAX = 8000;

/** Words of printable ASCII with single blanks between them, none too long to be folded and none like an encoded-word. */
const PLAIN_TEXT = /^[\x21-\x7E]{1,60}(?: [\x21-\x7E]{1,60})*$/;

/**
 * The one function that writes a header line, CRLF included. `value` is structured (already in its wire form): it is
 * folded at blanks and otherwise left alone. Throws HEADER_INVALID for CR, LF, NUL and other control characters, for a
 * bad name, and for a word that fits no line.
 */
export function headerLine(name: string, value: string, property = name): string {
  if (!/^[\x21-\x39\x3B-\x7E]{1,70}$/.test(name)) throw refused(property, 'the header name is not printable ASCII.');
  if (/[\r\n\0]/.test(value)) throw refused(property, 'line breaks and NUL are not allowed in a header. Remove them.');
  if (/\p{Cc}/u.test(value)) throw refused(property, 'control characters are not allowed in a header. Remove them.');
  if (value.length > VALUE_MAX) throw refused(property, `a header holds at most ${VALUE_MAX} characters. Shorten it.`);
  const lines: string[] = [];
  let line = `${name}:`;
  let empty = true;
  for (const word of value.split(' ')) {
    // Runs of blanks give empty words: they stay on the line, which must never be blank alone. The first word stays
    // beside the name, because some readers lose a value that begins on the second line.
    const longer = `${line} ${word}`;
    const fits = Buffer.byteLength(longer) <= (empty ? LINE_MAX : FOLD_AT);
    if (fits || word === '') {
      line = longer;
    } else {
      lines.push(line);
      line = ` ${word}`;
    }
    if (word !== '') empty = false;
  }
  lines.push(line);
  if (lines.some((each) => Buffer.byteLength(each) > LINE_MAX)) {
    throw refused(property, `a part without blanks is longer than a line of ${LINE_MAX} octets. Shorten it.`);
  }
  return `${lines.join('\r\n')}\r\n`;
}

/** A header of free text (Subject, or one of the user's own): what is not plain ASCII becomes encoded-words. */
export function textHeaderLine(name: string, text: string, property = name): string {
  if (text.length > VALUE_MAX / 4) throw refused(property, `at most ${VALUE_MAX / 4} characters fit here. Shorten it.`);
  // Looked at before encoding: a line break hidden in an encoded-word would come out again in a careless reader.
  if (/[\r\n\0]/.test(text)) throw refused(property, 'line breaks and NUL are not allowed in a header. Remove them.');
  if (text === '') return headerLine(name, '', property);
  if (PLAIN_TEXT.test(text) && !text.includes('=?')) return headerLine(name, text, property);
  return headerLine(name, encodeWords(text, FOLD_AT - name.length - 2).join(' '), property);
}

function refused(property: string, message: string): MessageError {
  return new MessageError('HEADER_INVALID', property, message);
}
