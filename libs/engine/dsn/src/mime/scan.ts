/**
 * One pass over the bytes of a mail that finds its entities (RFC 2045, 2046). Each byte is looked at a constant number
 * of times, whatever the nesting: a stack of at most 20 open multiparts is compared with lines that begin with `--`.
 */
import { MAX_HEADER_BYTES } from './headers.js';
import { describePart, holdsMessage } from './part.js';
import type { MailPart } from './part.js';

const MAX_DEPTH = 20;
const MAX_PARTS = 500;

/** What was cut off or could not be understood; a mail with problems still gets a verdict. */
export type MailProblem =
  'too-deep' | 'too-many-parts' | 'header-too-long' | 'no-boundary' | 'no-header' | 'too-many-recipients';

export interface Scan {
  raw: Buffer;
  /** In the order of the mail; the first is the mail itself. */
  parts: MailPart[];
  problems: Set<MailProblem>;
}

const LF = 0x0a;
const CR = 0x0d;
const DASH = 0x2d;
/** A declared boundary is looked for this far; preambles are short. */
const BOUNDARY_WINDOW = 65_536;

interface Frame {
  bytes: Buffer;
  depth: number;
  embedded: boolean;
  digest: boolean;
}

/** Finds the parts of `input`. Mail whose lines end in bare CR is read as if they ended in LF. */
export function scanMail(input: Buffer): Scan {
  return new Scanner(normaliseLineEnds(input)).run();
}

/** Old Macintosh programs end lines with a lone CR: only when the first 64 kB hold no LF at all. */
function normaliseLineEnds(input: Buffer): Buffer {
  const head = input.subarray(0, 65_536);
  if (head.includes(LF) || !head.includes(CR)) return input;
  const copy = Buffer.from(input);
  for (let i = 0; i < copy.length; i++) if (copy[i] === CR) copy[i] = LF;
  return copy;
}

class Scanner {
  private readonly parts: MailPart[] = [];
  private readonly problems = new Set<MailProblem>();
  private readonly frames: Frame[] = [];
  /** Parts whose end is not known yet, with the number of frames that were open when they began. */
  private readonly open: { part: MailPart; level: number }[] = [];

  constructor(private readonly raw: Buffer) {}

  run(): Scan {
    let first = 0;
    while (this.raw[first] === LF || this.raw[first] === CR) first++;
    let at = this.readEntity(first, { depth: 0, embedded: false, digest: false });
    while (at < this.raw.length) {
      const end = this.lineEnd(at);
      const hit = this.boundaryAt(at, end);
      if (hit === null) {
        at = end + 1;
        continue;
      }
      this.closeTo(hit.level, at);
      const frame = this.frames[hit.level]!;
      if (hit.last) {
        this.frames.length = hit.level;
        at = end + 1;
      } else {
        this.frames.length = hit.level + 1;
        at = this.readEntity(end + 1, { depth: frame.depth + 1, embedded: frame.embedded, digest: frame.digest });
      }
    }
    this.closeTo(-1, this.raw.length);
    return { raw: this.raw, parts: this.parts, problems: this.problems };
  }

  /** Reads the header at `at`, records the part, descends into messages; returns where its body begins. */
  private readEntity(at: number, where: { depth: number; embedded: boolean; digest: boolean }): number {
    let { depth, embedded, digest } = where;
    let start = at;
    for (;;) {
      const bodyStart = this.headerEnd(start);
      if (this.parts.length >= MAX_PARTS) {
        this.problems.add('too-many-parts');
        return bodyStart;
      }
      if (bodyStart - start > MAX_HEADER_BYTES) this.problems.add('header-too-long');
      const header = this.raw.subarray(start, Math.min(bodyStart, start + MAX_HEADER_BYTES));
      const part = describePart(header, { depth, embedded, digest, start: bodyStart, end: this.raw.length });
      this.parts.push(part);
      this.open.push({ part, level: this.frames.length });
      if (part.type.startsWith('multipart/')) this.openFrame(part, bodyStart);
      if (!holdsMessage(part.type) || /base64|quoted-printable/.test(part.encoding)) return bodyStart;
      if (depth + 1 > MAX_DEPTH) {
        this.problems.add('too-deep');
        return bodyStart;
      }
      depth += 1;
      embedded = true;
      digest = false;
      start = bodyStart;
    }
  }

  private openFrame(part: MailPart, bodyStart: number): void {
    if (part.depth >= MAX_DEPTH) {
      this.problems.add('too-deep');
      return;
    }
    const boundary = this.boundaryOf(part, bodyStart);
    if (!boundary) {
      this.problems.add('no-boundary');
      return;
    }
    const digest = part.type === 'multipart/digest';
    this.frames.push({ bytes: Buffer.from(boundary, 'latin1'), depth: part.depth, embedded: part.embedded, digest });
  }

  /** The declared boundary, unless it does not occur where it must and another one does: gateways rewrite one of the two. */
  private boundaryOf(part: MailPart, bodyStart: number): string | null {
    const declared = part.params['boundary']?.trimEnd() ?? '';
    const window = this.raw.subarray(Math.max(0, bodyStart - 2), bodyStart + BOUNDARY_WINDOW);
    if (declared !== '' && window.includes(`--${declared}`, 0, 'latin1')) return declared;
    return this.guessBoundary(bodyStart) ?? (declared === '' ? null : declared);
  }

  /** A multipart without a boundary parameter: the first `--x` line that a header line follows, in the next 8 kB. */
  private guessBoundary(from: number): string | null {
    const text = this.raw.toString('latin1', from, from + 8_192);
    return /(?:^|\n)--([^\s]{1,70})[ \t]{0,5}\r?\nContent-/i.exec(text)?.[1] ?? null;
  }

  /** Index just behind the blank line that ends the header at `at`, or the start of a boundary line found before it. */
  private headerEnd(at: number): number {
    let pos = at;
    while (pos < this.raw.length) {
      const end = this.lineEnd(pos);
      if (this.isBlank(pos, end)) return end + 1;
      if (this.boundaryAt(pos, end) !== null) return pos;
      pos = end + 1;
    }
    return this.raw.length;
  }

  private isBlank(from: number, end: number): boolean {
    for (let i = from; i < end; i++) if (this.raw[i] !== CR) return false;
    return true;
  }

  private lineEnd(from: number): number {
    const { raw } = this;
    let i = from;
    while (i < raw.length && raw[i] !== LF) i++;
    return i;
  }

  /** The frame whose boundary stands in the line [from, end), innermost first. Compares bytes: such lines are many. */
  private boundaryAt(from: number, end: number): { level: number; last: boolean } | null {
    if (this.raw[from] !== DASH || this.raw[from + 1] !== DASH) return null;
    for (let level = this.frames.length - 1; level >= 0; level--) {
      const { bytes } = this.frames[level]!;
      const behind = from + 2 + bytes.length;
      if (behind > end || !this.holdsAt(bytes, from + 2)) continue;
      if (this.isBlankTail(behind, end)) return { level, last: false };
      if (this.raw[behind] === DASH && this.raw[behind + 1] === DASH && this.isBlankTail(behind + 2, end)) {
        return { level, last: true };
      }
    }
    return null;
  }

  private holdsAt(bytes: Buffer, at: number): boolean {
    for (let i = 0; i < bytes.length; i++) if (this.raw[at + i] !== bytes[i]) return false;
    return true;
  }

  /** RFC 2046 section 5.1.1 allows white space behind a boundary; more than 400 bytes of it is no boundary. */
  private isBlankTail(from: number, end: number): boolean {
    if (end - from > 400) return false;
    for (let i = from; i < end; i++)
      if (this.raw[i] !== 0x20 && this.raw[i] !== 0x09 && this.raw[i] !== CR) return false;
    return true;
  }

  /** Ends every part that lies inside the frame `level` (all for -1): the line break before a boundary belongs to it. */
  private closeTo(level: number, at: number): void {
    let end = at;
    if (level >= 0 && this.raw[end - 1] === LF) end -= this.raw[end - 2] === CR ? 2 : 1;
    while (this.open.length > 0 && this.open[this.open.length - 1]!.level > level) {
      const { part } = this.open.pop()!;
      part.end = Math.max(part.start, Math.min(end, this.raw.length));
    }
  }
}
