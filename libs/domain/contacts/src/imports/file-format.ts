import { DELIMITERS } from '#contracts';
import type { ENCODINGS } from '#contracts';
import { CsvReader } from './csv-reader.js';
import type { CsvDialect, CsvRecord } from './csv-reader.js';

export type Encoding = (typeof ENCODINGS)[number];
export type Delimiter = (typeof DELIMITERS)[number];

/** How a text file is to be read. */
export interface TextFormat extends CsvDialect {
  encoding: Encoding;
  delimiter: Delimiter;
}
/** How a workbook is to be read: the name of one of its sheets. */
export interface WorkbookFormat {
  sheet: string;
}
export type FileFormat = TextFormat | WorkbookFormat;

/** So much of a file is looked at to learn its format. */
export const HEAD_BYTES = 262_144;
const SAMPLE_RECORDS = 50;

/** Decides what was not given, by the beginning of the file (at most HEAD_BYTES of it are looked at). */
export function detectFormat(
  file: Buffer,
  given: { encoding?: Encoding | undefined; delimiter?: Delimiter | undefined },
): TextFormat {
  const head = file.subarray(0, HEAD_BYTES);
  const encoding = given.encoding ?? detectEncoding(head);
  const text = decodeHead(head, encoding);
  const newline = text.includes('\n') || !text.includes('\r') ? '\n' : '\r';
  return { encoding, newline, delimiter: given.delimiter ?? detectDelimiter(text, newline, isWhole(file)) };
}

/** True when the head of a file is all of it. */
export function isWhole(head: Buffer): boolean {
  return head.length < HEAD_BYTES;
}

/**
 * Byte-order mark, else the zero bytes of UTF-16, else valid UTF-8, else Big5 where only that makes sense, else GB18030
 * (which holds GBK and GB2312).
 */
export function detectEncoding(head: Buffer): Encoding {
  if (head[0] === 0xef && head[1] === 0xbb && head[2] === 0xbf) return 'utf-8';
  if (head[0] === 0xff && head[1] === 0xfe) return 'utf-16le';
  if (head[0] === 0xfe && head[1] === 0xff) return 'utf-16be';
  return utf16WithoutMark(head) ?? (isUtf8(head) ? 'utf-8' : isBig5(head) ? 'big5' : 'gb18030');
}

/** A table has commas, line ends and addresses: in UTF-16 each has a zero byte, always on the same side. */
function utf16WithoutMark(head: Buffer): Encoding | null {
  const sample = head.subarray(0, 4096);
  const zeros = [0, 0];
  sample.forEach((byte, index) => {
    if (byte === 0) zeros[index % 2] = (zeros[index % 2] ?? 0) + 1;
  });
  const [even = 0, odd = 0] = zeros;
  const enough = Math.max(4, sample.length / 16);
  if (odd >= enough && odd > 8 * even) return 'utf-16le';
  if (even >= enough && even > 8 * odd) return 'utf-16be';
  return null;
}

function isUtf8(head: Buffer): boolean {
  try {
    // `stream`: a character cut by the end of the head is no error.
    new TextDecoder('utf-8', { fatal: true }).decode(head, { stream: true });
    return true;
  } catch {
    return false;
  }
}

/**
 * True when the characters of two bytes are those of everyday Big5 (rows A4 to C6 hold its 5,401 common ones) and read as
 * GB18030 would mostly be none of the common ones of GB2312 (rows B0 to D7). Nearly every pair of bytes is a character in
 * both, so that only what is common tells them apart.
 */
function isBig5(head: Buffer): boolean {
  let pairs = 0;
  let big5 = 0;
  let gb = 0;
  for (let at = 0; at + 1 < Math.min(head.length, 65_536); at++) {
    const lead = head[at]!;
    if (lead < 0x81) continue;
    const trail = head[++at]!;
    pairs++;
    if (lead >= 0xa4 && lead <= 0xc6 && (trail >= 0xa1 || (trail >= 0x40 && trail <= 0x7e))) big5++;
    if (lead >= 0xb0 && lead <= 0xd7 && trail >= 0xa1) gb++;
  }
  return pairs >= 4 && big5 / pairs > 0.85 && gb / pairs < 0.6;
}

/**
 * True when a file declared GB18030 is UTF-8 beyond doubt: many characters of several bytes and all of them valid.
 * A few could be chance (the two characters 联通 in GBK are valid UTF-8).
 */
export function isSurelyUtf8(head: Buffer): boolean {
  if (!isUtf8(head)) return false;
  let leads = 0;
  for (const byte of head) if (byte >= 0xe0 && ++leads >= 8) return true;
  return false;
}

/** The beginning of a file as text; a byte-order mark is dropped, a character cut at the end left out. */
export function decodeHead(head: Buffer, encoding: Encoding): string {
  return new TextDecoder(encoding).decode(head, { stream: true });
}

/** The delimiter that cuts most records into the same number of cells, and of equals the one that makes more of them. */
function detectDelimiter(text: string, newline: CsvDialect['newline'], whole: boolean): Delimiter {
  let best: { delimiter: Delimiter; score: number } = { delimiter: ',', score: 0 };
  for (const delimiter of DELIMITERS) {
    const records = firstRecords(text, { delimiter, newline }, whole, SAMPLE_RECORDS).filter(({ problem }) => !problem);
    const widths = new Map<number, number>();
    for (const { cells } of records) widths.set(cells.length, (widths.get(cells.length) ?? 0) + 1);
    for (const [width, count] of widths) {
      const score = width > 1 ? (count / records.length) ** 2 * (1 + Math.log2(Math.min(width, 64))) : 0;
      if (score > best.score) best = { delimiter, score };
    }
  }
  return best.delimiter;
}

/**
 * The first records of a text, also those that can't be taken.
 * @param whole false when more of the file follows: the last record may be cut, and is left out
 */
export function firstRecords(text: string, dialect: CsvDialect, whole: boolean, limit: number): CsvRecord[] {
  const records: CsvRecord[] = [];
  const reader = new CsvReader(dialect);
  for (const step of whole ? [reader.push(text), reader.end()] : [reader.push(text)]) {
    for (const record of step) {
      records.push(record);
      if (records.length >= limit) return records;
    }
  }
  return records;
}
