export type TransferEncoding = '7bit' | 'quoted-printable' | 'base64';

export interface EncodedText {
  encoding: TransferEncoding;
  /** CRLF line ends, no line over 76 octets, nothing a boundary could be confused with. */
  body: Buffer;
}

const CR = 13;
const LF = 10;
const SPACE = 32;
const TAB = 9;
const EQUALS = 61;
const DOT = 46;
/** RFC 2045 6.7 (5) and 6.8. */
const LINE_MAX = 76;
const HEX = Buffer.from('0123456789ABCDEF', 'ascii');

/** Every CRLF, CR and LF becomes CRLF: nothing else may end a line on the wire. */
export function normaliseLineEnds(text: string): string {
  return text.replace(/\r\n|\r|\n/g, '\r\n');
}

/** Encodes UTF-8 text for a MIME part: 7bit for short ASCII lines, otherwise the shorter of the two others. */
export function encodeText(text: string): EncodedText {
  const lines = normaliseLineEnds(text);
  if (isPlain(lines)) return { encoding: '7bit', body: Buffer.from(lines, 'ascii') };
  const bytes = Buffer.from(lines, 'utf8');
  const quoted = encodeQuotedPrintable(bytes);
  const base64Length = Math.ceil(bytes.length / 57) * 2 + Math.ceil(bytes.length / 3) * 4;
  if (quoted.length <= base64Length) return { encoding: 'quoted-printable', body: quoted };
  return { encoding: 'base64', body: encodeBase64Lines(bytes) };
}

/**
 * Short lines of printable ASCII that no relay would touch: mbox software changes lines that begin with `From `, sloppy
 * relays lose leading dots and trailing blanks, and `=_` is kept for boundaries.
 */
function isPlain(lines: string): boolean {
  if (!/^[\t\r\n\x20-\x7E]*$/.test(lines) || lines.includes('=_')) return false;
  return lines
    .split('\r\n')
    .every(
      (line) => line.length <= LINE_MAX && !line.startsWith('.') && !line.startsWith('From ') && !/[ \t]$/.test(line),
    );
}

/**
 * RFC 2045 6.7. `bytes` is UTF-8 text whose line ends are CRLF. Blanks at line ends, and dots and `From ` at line
 * starts, are encoded; a character of several octets is never split by a soft break. A last line that `goes on` leaves
 * room for the soft break behind it.
 */
export function encodeQuotedPrintable(bytes: Buffer, lastLine: 'ends' | 'goes on' = 'ends'): Buffer {
  // Every octet becomes three at most, and a soft break comes at most once in 70 octets of output.
  const out = Buffer.allocUnsafe(Math.ceil(bytes.length * 3.15) + 8);
  let to = 0;
  let column = 0;
  for (let at = 0; at < bytes.length;) {
    if (bytes[at] === CR && bytes[at + 1] === LF) {
      out[to++] = CR;
      out[to++] = LF;
      column = 0;
      at += 2;
      continue;
    }
    const octets = characterLength(bytes, at);
    const literal = octets === 1 && isLiteral(bytes, at, column);
    const width = literal ? 1 : 3 * octets;
    const next = at + octets;
    const lineEnds = next < bytes.length ? bytes[next] === CR : lastLine === 'ends';
    if (column + width > (lineEnds ? LINE_MAX : LINE_MAX - 1)) {
      out[to++] = EQUALS;
      out[to++] = CR;
      out[to++] = LF;
      column = 0;
      // What stands at a line's start may need encoding that it did not need before.
      continue;
    }
    for (const end = at + octets; at < end; at++) {
      const byte = bytes[at] ?? 0;
      if (literal) {
        out[to++] = byte;
      } else {
        out[to++] = EQUALS;
        out[to++] = HEX[byte >> 4] ?? 0;
        out[to++] = HEX[byte & 15] ?? 0;
      }
    }
    column += width;
  }
  return out.subarray(0, to);
}

function isLiteral(bytes: Buffer, at: number, column: number): boolean {
  const byte = bytes[at] ?? 0;
  if (byte === SPACE || byte === TAB) {
    const next = bytes[at + 1];
    return next !== undefined && next !== CR;
  }
  if (byte < 33 || byte > 126 || byte === EQUALS) return false;
  if (column === 0 && byte === DOT) return false;
  return !(column === 0 && bytes.subarray(at, at + 5).equals(FROM));
}
const FROM = Buffer.from('From ', 'ascii');

/** Octets of the UTF-8 character that begins here. */
function characterLength(bytes: Buffer, at: number): number {
  const lead = bytes[at] ?? 0;
  const length = lead < 0xc0 ? 1 : lead < 0xe0 ? 2 : lead < 0xf0 ? 3 : 4;
  return Math.min(length, bytes.length - at);
}

/** RFC 2045 6.8: lines of 76 characters, each with its CRLF. */
export function encodeBase64Lines(bytes: Buffer): Buffer {
  const text = bytes.toString('base64');
  const lines: string[] = [];
  for (let at = 0; at < text.length; at += LINE_MAX) lines.push(text.slice(at, at + LINE_MAX), '\r\n');
  return Buffer.from(lines.join(''), 'ascii');
}
