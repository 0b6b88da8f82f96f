/** Header text: RFC 2047 encoded words, and the raw 8-bit bytes that many Chinese servers write instead. */
import { decodeCharset } from './charset.js';
import { decodeQuotedPrintable } from './transfer.js';

/** One header is looked at no further than this; subjects and addresses end long before. */
const MAX_HEADER_TEXT = 16_384;

const WORD = /=\?([\w.:+-]{1,40})(?:\*[\w-]{0,20})?\?([bq])\?([^?\r\n]{0,2000})\?=/gi;

/**
 * Decodes a header value as it stands in the mail (one latin-1 character a byte). Neighbouring words of one charset and
 * encoding are joined as bytes first, because some clients cut a character in two.
 * @param hint charset of the body, used for raw 8-bit bytes that are not UTF-8
 */
export function decodeHeaderText(raw: string, hint: string | null = null): string {
  const text = raw.length > MAX_HEADER_TEXT ? raw.slice(0, MAX_HEADER_TEXT) : raw;
  let out = '';
  let pending: { charset: string; bytes: Buffer[] } | null = null;
  let last = 0;
  const flush = (): void => {
    if (pending) out += decodeCharset(Buffer.concat(pending.bytes), pending.charset, hint);
    pending = null;
  };
  for (const match of text.matchAll(WORD)) {
    const between = text.slice(last, match.index);
    const charset = match[1]!.toLowerCase();
    if (pending === null || between.trim() !== '' || (pending as { charset: string }).charset !== charset) {
      const joined = pending !== null && between.trim() === '';
      flush();
      if (!joined) out += plain(between, hint);
      pending = { charset, bytes: [] };
    }
    pending.bytes.push(wordBytes(match[2]!, match[3]!));
    last = match.index + match[0].length;
  }
  flush();
  return out + plain(text.slice(last), hint);
}

function wordBytes(encoding: string, payload: string): Buffer {
  if (encoding.toLowerCase() === 'b') return Buffer.from(payload, 'base64');
  return decodeQuotedPrintable(Buffer.from(payload.replace(/_/g, ' '), 'latin1'), payload.length);
}

function plain(raw: string, hint: string | null): string {
  return /[\x80-\xff\x1b]/.test(raw) ? decodeCharset(Buffer.from(raw, 'latin1'), null, hint) : raw;
}
