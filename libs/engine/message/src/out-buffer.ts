import { encodeQuotedPrintable, normaliseLineEnds } from './transfer-encoding.js';

const START_SIZE = 64 * 1024;
const LINE_END = Buffer.from('\r\n', 'ascii');
const EQUALS = 61;
const CR = 13;
const LF = 10;
const SPACE = 32;
const DOT = 46;
const THREE = 51;
const CAPITAL_D = 68;
const CAPITAL_F = 70;
/** RFC 2045 6.7 (5): 76 octets a line, the last of them is the soft break's. */
const COLUMN_MAX = 75;
const BASE64_LINE = 76;

/** Bytes that are written one after the other and reused from message to message: no allocation for each piece. */
export class OutBuffer {
  /** Octets so far; made smaller to take back what was written last. */
  length = 0;
  private bytes: Buffer<ArrayBufferLike>;

  /** @param memory to begin with, or its size in octets; where more is needed it moves to memory of its own */
  constructor(memory: number | SharedArrayBuffer = START_SIZE) {
    this.bytes = typeof memory === 'number' ? fresh(memory) : Buffer.from(memory);
  }

  /** What was written so far; valid until the next write. */
  written(): Buffer {
    return this.bytes.subarray(0, this.length);
  }

  /** The same for good: the buffer is given away, and this one begins anew. */
  taken(): Uint8Array<ArrayBufferLike> {
    const taken = new Uint8Array(this.bytes.buffer, this.bytes.byteOffset, this.length);
    this.bytes = fresh(START_SIZE);
    this.length = 0;
    return taken;
  }

  add(piece: Buffer): void {
    this.reserve(piece.length);
    this.bytes.set(piece, this.length);
    this.length += piece.length;
  }

  addText(text: string): void {
    this.reserve(text.length * 3);
    this.length += this.bytes.write(text, this.length, 'utf8');
  }

  /**
   * Text of one recipient in quoted-printable (RFC 2045 6.7), begun at `column` of a line and ended at the start of one
   * by a soft break, so that the fixed piece behind it stays what it is.
   */
  addQuotedPrintable(text: string, column: number): void {
    if (this.addQuotedAscii(text, column)) return;
    if (column > 0) this.softBreak();
    this.add(encodeQuotedPrintable(Buffer.from(normaliseLineEnds(text), 'utf8'), 'goes on'));
    this.softBreak();
  }

  /** Base64 in lines of 76 characters, each with CRLF (RFC 2045 6.8). */
  addBase64(bytes: Buffer): void {
    const text = bytes.toString('base64');
    this.reserve(text.length + 2 * Math.ceil(text.length / BASE64_LINE));
    const out = this.bytes;
    let at = this.length;
    for (let from = 0; from < text.length; from += BASE64_LINE) {
      at += out.write(text.slice(from, from + BASE64_LINE), at, 'latin1');
      out[at++] = CR;
      out[at++] = LF;
    }
    this.length = at;
  }

  /** Most values are a line of printable ASCII: written in one loop, 6 times as fast as by way of a buffer of its own. */
  private addQuotedAscii(text: string, from: number): boolean {
    this.reserve(text.length * 4 + 8);
    const out = this.bytes;
    let at = this.length;
    let column = from;
    for (let index = 0; index < text.length; index += 1) {
      const code = text.charCodeAt(index);
      if (code < SPACE || code > 126) return false;
      const width = code === EQUALS ? 3 : 1;
      if (column + width > COLUMN_MAX) {
        out[at++] = EQUALS;
        out[at++] = CR;
        out[at++] = LF;
        column = 0;
      }
      // What begins a line may need to be encoded.
      if (column === 0 && (code === DOT || code === CAPITAL_F)) return false;
      out[at++] = code;
      if (width === 3) {
        out[at++] = THREE;
        out[at++] = CAPITAL_D;
      }
      column += width;
    }
    if (column > 0) {
      out[at++] = EQUALS;
      out[at++] = CR;
      out[at++] = LF;
    }
    this.length = at;
    return true;
  }

  private softBreak(): void {
    this.reserve(3);
    this.bytes[this.length++] = EQUALS;
    this.add(LINE_END);
  }

  private reserve(more: number): void {
    const needed = this.length + more;
    if (needed <= this.bytes.length) return;
    const larger = fresh(Math.max(needed, this.bytes.length * 2));
    this.bytes.copy(larger, 0, 0, this.length);
    this.bytes = larger;
  }
}

/** Memory of its own, not of Node's pool: it may be given to another thread. */
function fresh(size: number): Buffer<ArrayBuffer> {
  return Buffer.allocUnsafeSlow(size);
}
