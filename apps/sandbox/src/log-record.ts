import type { FileHandle } from 'node:fs/promises';

/** Header line of a record: one JSON object without line breaks. Format 1 is documented in the README. */
export interface LogHeader {
  v: 1;
  id: string;
  kind: 'message' | 'refused';
  /** RFC 3339 UTC. */
  receivedAt: string;
  /** MAIL FROM; empty for the null sender. */
  envelopeFrom: string;
  /** RCPT TO addresses of the envelope. */
  to: string[];
  /** Bytes of the message that follow the header line; 0 for a refusal. */
  size: number;
  /** Decoded header From, as written. */
  from: string;
  subject: string;
  /** With angle brackets; empty where the message has none. */
  messageId: string;
  /** What the simulator does, one entry per recipient, e.g. `hard-bounce`, `open+click`, `none`. */
  simulated: string[];
  /** The refused command's whole reply; on refusals only. */
  reply?: string;
}

/** Longest header line a scan accepts; a thousand recipients of 320 octets fit. */
export const MAX_HEADER_BYTES = 1024 * 1024;

const NEWLINE = 0x0a;
const END = Buffer.from('\n');

/** Buffers of a whole record in file order: header line, message, closing line feed. */
export function encodeRecord(
  header: LogHeader,
  raw: Buffer,
): { headerLength: number; parts: Buffer[]; length: number } {
  const line = Buffer.from(JSON.stringify(header) + '\n');
  return { headerLength: line.length, parts: [line, raw, END], length: line.length + raw.length + 1 };
}

/** Header of a complete line, or undefined where the bytes are not one of our records. */
export function decodeHeader(line: Buffer): LogHeader | undefined {
  try {
    const header = JSON.parse(line.toString('utf8')) as LogHeader;
    const sound =
      header.v === 1 && /^\d{1,15}$/.test(header.id) && Number.isSafeInteger(header.size) && header.size >= 0;
    return sound && Array.isArray(header.to) ? header : undefined;
  } catch {
    return undefined;
  }
}

/**
 * Walks the records of a segment from its start and reports each whole one.
 * @returns the offset after the last whole record: a shorter file end than the file size is a torn record
 */
export async function scanSegment(
  file: FileHandle,
  onRecord: (header: LogHeader, offset: number, headerLength: number) => void,
): Promise<number> {
  const { size: fileSize } = await file.stat();
  const window = Buffer.allocUnsafe(MAX_HEADER_BYTES);
  let start = 0;
  let filled = 0;
  let offset = 0;
  while (offset < fileSize) {
    let newline = offset < start + filled ? window.subarray(0, filled).indexOf(NEWLINE, offset - start) : -1;
    if (newline < 0) {
      start = offset;
      filled = (await file.read(window, 0, window.length, offset)).bytesRead;
      newline = window.subarray(0, filled).indexOf(NEWLINE);
    }
    if (newline < 0) return offset;
    const header = decodeHeader(window.subarray(offset - start, newline));
    if (!header) return offset;
    const headerLength = newline + 1 - (offset - start);
    const end = offset + headerLength + header.size + 1;
    if (end > fileSize || (await byteAt(file, end - 1, window.subarray(0, filled), start)) !== NEWLINE) return offset;
    onRecord(header, offset, headerLength);
    offset = end;
  }
  return offset;
}

async function byteAt(file: FileHandle, position: number, window: Buffer, start: number): Promise<number | undefined> {
  if (position >= start && position < start + window.length) return window[position - start];
  const one = Buffer.allocUnsafe(1);
  const { bytesRead } = await file.read(one, 0, 1, position);
  return bytesRead === 1 ? one[0] : undefined;
}

/** Writes all buffers at `position`, going on after a short write. Errors of the file system are thrown. */
export async function writeAll(file: FileHandle, buffers: Buffer[], position: number): Promise<void> {
  let rest = buffers.filter((buffer) => buffer.length > 0);
  let at = position;
  while (rest.length > 0) {
    let { bytesWritten } = await file.writev(rest, at);
    if (bytesWritten === 0) throw new Error('ENOSPC: nothing could be written to the message log');
    at += bytesWritten;
    let done = 0;
    for (; done < rest.length && bytesWritten >= rest[done]!.length; done++) bytesWritten -= rest[done]!.length;
    rest = rest.slice(done);
    if (rest.length > 0 && bytesWritten > 0) rest[0] = rest[0]!.subarray(bytesWritten);
  }
}
