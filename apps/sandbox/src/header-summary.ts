import { decodeWords } from 'postal-mime';

/** What the inbox list shows of a message, read from its header block without parsing the body. */
export interface HeaderSummary {
  from: string;
  subject: string;
  messageId: string;
}

const MAX_HEADER_BLOCK = 64 * 1024;
const MAX_FIELD = 500;

/** Reads From, Subject and Message-ID from the first 64 kB; a missing field is an empty string. */
export function summarizeHeaders(raw: Buffer): HeaderSummary {
  const block = headerBlock(raw);
  const field = (name: string): string => decodeWords(headerField(block, name) ?? '').slice(0, MAX_FIELD);
  return { from: field('from'), subject: field('subject'), messageId: field('message-id') };
}

/** The header lines before the first empty line, unfolded, without their line ends joined to others. */
export function headerBlock(raw: Buffer): string[] {
  const text = raw.subarray(0, MAX_HEADER_BLOCK).toString('utf8');
  const lines: string[] = [];
  for (const line of text.split(/\r?\n/)) {
    if (line === '') break;
    if (/^[ \t]/.test(line) && lines.length > 0) lines[lines.length - 1] += ' ' + line.trim();
    else lines.push(line);
  }
  return lines;
}

/** Value of the first field of that name (any case), undefined where there is none. */
export function headerField(block: string[], name: string): string | undefined {
  const prefix = name.toLowerCase() + ':';
  const line = block.find((candidate) => candidate.slice(0, prefix.length).toLowerCase() === prefix);
  return line?.slice(prefix.length).trim();
}
