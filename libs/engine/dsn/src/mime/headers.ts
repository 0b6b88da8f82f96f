/** Header blocks (RFC 5322 section 2.2) read leniently and within limits. */
import { decodeHeaderText } from './encoded-words.js';

export const MAX_HEADER_BYTES = 262_144;
const MAX_HEADERS = 2_000;
/** A single value is kept up to here; nothing that we read is longer. */
const MAX_VALUE = 32_768;

/** Headers of one entity, in order, names in lower case, values unfolded but otherwise raw (one character a byte). */
export class MailHeaders {
  private readonly byName = new Map<string, string[]>();
  /** In the order of the mail, at most 2,000. */
  readonly list: { name: string; value: string }[] = [];

  add(name: string, value: string): void {
    this.list.push({ name, value });
    const values = this.byName.get(name);
    if (values) values.push(value);
    else this.byName.set(name, [value]);
  }

  /** First value, raw and trimmed, or null. */
  get(name: string): string | null {
    return this.byName.get(name)?.[0] ?? null;
  }

  all(name: string): string[] {
    return this.byName.get(name) ?? [];
  }

  has(name: string): boolean {
    return this.byName.has(name);
  }

  /** First value with encoded words decoded and white space collapsed, at most 2,000 characters; '' when absent. */
  text(name: string, hint: string | null = null): string {
    const raw = this.get(name);
    return raw === null ? '' : decodeHeaderText(raw, hint).replace(/\s+/g, ' ').trim().slice(0, 2_000);
  }

  get size(): number {
    return this.list.length;
  }
}

const COLON = 0x3a;
const SPACE = 0x20;
const TAB = 0x09;
const MAX_NAME = 200;
/** Blanks between a name and its colon. */
const MAX_GAP = 20;

/**
 * Parses one header block. Lines that are neither a field nor a continuation are skipped (the `From ` line of mbox,
 * `>From`, garbage). `block` may be of any size; at most 256 kB and 2,000 fields are read.
 */
export function parseHeaders(block: string): MailHeaders {
  const headers = new MailHeaders();
  const text = block.length > MAX_HEADER_BYTES ? block.slice(0, MAX_HEADER_BYTES) : block;
  let name: string | null = null;
  let value = '';
  const flush = (): void => {
    if (name !== null) headers.add(name, value.slice(0, MAX_VALUE).trim());
    name = null;
  };
  // A mail returns with dozens of lines: no array of lines, and no pattern for each of them.
  const breaks = new LineBreaks(text);
  for (let start = 0; start <= text.length; start = breaks.next) {
    breaks.find(start);
    if (headers.size >= MAX_HEADERS) break;
    const first = start < breaks.at ? text.charCodeAt(start) : 0;
    if (first === SPACE || first === TAB) {
      if (name !== null) value += ` ${text.slice(start, breaks.at).trim()}`;
      continue;
    }
    const end = nameEnd(text, start, breaks.at);
    flush();
    const colon = end > start ? colonAfter(text, end, breaks.at) : -1;
    if (colon < 0) continue;
    name = text.slice(start, end).toLowerCase();
    value = text.slice(colon + 1, breaks.at).trim();
  }
  flush();
  return headers;
}

/** Behind the characters of a field name (RFC 5322 section 3.6.8) that begin at `at`; at most 200 of them. */
function nameEnd(text: string, at: number, lineEnd: number): number {
  const most = Math.min(lineEnd, at + MAX_NAME);
  let end = at;
  for (; end < most; end += 1) {
    const code = text.charCodeAt(end);
    if (code <= SPACE || code > 0x7e || code === COLON) break;
  }
  return end;
}

/** The colon at `at`, where blanks may stand before it; -1 where there is none. */
function colonAfter(text: string, at: number, lineEnd: number): number {
  const most = Math.min(lineEnd, at + MAX_GAP + 1);
  for (let i = at; i < most; i += 1) {
    const code = text.charCodeAt(i);
    if (code === COLON) return i;
    if (code !== SPACE && code !== TAB) return -1;
  }
  return -1;
}

/** Finds line breaks one after another: LF with any number of CR before it, or one CR. */
class LineBreaks {
  /** Where the line ends … */
  at = 0;
  /** … and the next begins; behind the text for the last. */
  next = 0;
  private lf = -1;
  private cr = -1;
  /** Behind the run of CR that was looked at last. */
  private runEnd = 0;

  constructor(private readonly text: string) {}

  find(start: number): void {
    const { text } = this;
    if (this.lf < start) this.lf = indexIn(text, '\n', start);
    if (this.cr < start) this.cr = indexIn(text, '\r', start);
    this.at = Math.min(this.cr, this.lf);
    this.next = this.at + 1;
    if (this.cr > this.lf || this.cr === text.length) return;
    if (this.runEnd <= this.cr) {
      this.runEnd = this.cr + 1;
      while (text[this.runEnd] === '\r') this.runEnd += 1;
    }
    if (text[this.runEnd] === '\n') this.next = this.runEnd + 1;
  }
}

/** As indexOf, but the length where it is not found. */
function indexIn(text: string, searched: string, from: number): number {
  const at = text.indexOf(searched, from);
  return at < 0 ? text.length : at;
}

/** A structured value such as Content-Type: the value in lower case and its parameters (RFC 2045, 2231). */
interface ParsedField {
  value: string;
  params: Record<string, string>;
}

const MAX_PARAMS = 64;
const PARAM = /;\s{0,50}([\w!#$%&'*+.^`|~-]{1,80})\s{0,10}=\s{0,10}(?:"((?:[^"\\]|\\.){0,2000})"|([^\s;"]{0,2000}))/gy;

/** Parses `text/plain; charset="gb2312"`. Continuations (`name*0*=`) are joined, at most 64 parameters are read. */
export function parseField(raw: string | null): ParsedField {
  const text = (raw ?? '').replace(/[\0\r\n]/g, ' ').slice(0, 8_000);
  const end = text.indexOf(';');
  const value = (end < 0 ? text : text.slice(0, end)).trim().toLowerCase();
  const plain: Record<string, string> = Object.create(null) as Record<string, string>;
  if (end < 0) return { value, params: plain };
  const pieces = new Map<string, string[]>();
  let at = end;
  for (let n = 0; n < MAX_PARAMS && at >= 0 && at < text.length; n++) {
    PARAM.lastIndex = at;
    const match = PARAM.exec(text);
    if (!match) {
      at = text.indexOf(';', at + 1);
      continue;
    }
    addParam(match[1]!.toLowerCase(), match[2]?.replace(/\\(.)/g, '$1') ?? match[3] ?? '', plain, pieces);
    at = text.indexOf(';', PARAM.lastIndex);
  }
  for (const [name, parts] of pieces) plain[name] ??= decodeExtended(parts.join(''));
  return { value, params: plain };
}

function addParam(name: string, value: string, plain: Record<string, string>, pieces: Map<string, string[]>): void {
  const star = name.indexOf('*');
  if (star < 0) {
    plain[name] ??= value;
    return;
  }
  const stem = name.slice(0, star);
  const index = Number.parseInt(name.slice(star + 1), 10);
  const list = pieces.get(stem) ?? [];
  list[Number.isInteger(index) && index >= 0 && index < MAX_PARAMS ? index : 0] = value;
  pieces.set(stem, list);
}

/** `utf-8''%e6%96%87` (RFC 2231 section 4) to text; percent signs of unencoded pieces survive. */
function decodeExtended(value: string): string {
  const match = /^([\w.:-]{0,40})'[\w-]{0,20}'(.*)$/s.exec(value);
  const bytes = Buffer.from(
    (match?.[2] ?? value).replace(/%([0-9a-f]{2})/gi, (_, hex: string) =>
      String.fromCharCode(Number.parseInt(hex, 16)),
    ),
    'latin1',
  );
  const charset = match?.[1] ?? 'utf-8';
  return decodeHeaderText(`=?${charset === '' ? 'utf-8' : charset}?B?${bytes.subarray(0, 1_400).toString('base64')}?=`);
}
