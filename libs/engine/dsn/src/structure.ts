/** A mail taken apart as far as a verdict needs: headers, the text it says, its report parts, the returned original. */
import { decodeCharset } from './mime/charset.js';
import { MailHeaders, parseHeaders } from './mime/headers.js';
import { decodeTransfer } from './mime/transfer.js';
import { holdsMessage } from './mime/part.js';
import { scanMail } from './mime/scan.js';
import type { MailPart } from './mime/part.js';
import type { MailProblem, Scan } from './mime/scan.js';

/** Decoded bytes looked at in one text or report part. */
const MAX_TEXT = 262_144;
const MAX_TEXT_PARTS = 16;
const MAX_TOTAL_TEXT = 524_288;
const MAX_ORIGINALS = 5;
const MAX_ORIGINAL_HEADER = 65_536;

export interface MailStructure {
  /** Header of the mail itself. */
  headers: MailHeaders;
  parts: MailPart[];
  /** Decoded text parts of this mail (not of an enclosed one), each at most 256 kB, 512 kB together. */
  texts: { text: string; attachment: boolean }[];
  htmls: string[];
  /** message/delivery-status bodies, decoded from their transfer encoding, one character a byte. */
  deliveryStatus: string[];
  /** The same inside an enclosed message: a bounce that a gateway wrapped once more. */
  embeddedStatus: string[];
  /** message/feedback-report (RFC 5965). */
  feedbackReport: MailHeaders | null;
  /** message/disposition-notification (RFC 8098). */
  dispositionNotification: MailHeaders | null;
  /** Headers of enclosed messages: message/rfc822, text/rfc822-headers, .eml files; pasted ones are found later. */
  originals: MailHeaders[];
  /** Charset the mail declares anywhere, a hint for its raw 8-bit headers. */
  charsetHint: string | null;
  problems: MailProblem[];
}

/** Takes `raw` apart. Linear in its size, never throws; what was cut off stands in `problems`. */
export function walkMail(raw: Buffer): MailStructure {
  const scan = scanMail(raw);
  const [root] = scan.parts;
  const structure: MailStructure = {
    headers: root?.headers ?? new MailHeaders(),
    parts: scan.parts,
    texts: [],
    htmls: [],
    deliveryStatus: [],
    embeddedStatus: [],
    feedbackReport: null,
    dispositionNotification: null,
    originals: [],
    charsetHint: scan.parts.find((part) => part.params['charset'])?.params['charset'] ?? null,
    problems: [],
  };
  let budget = MAX_TOTAL_TEXT;
  for (const [index, part] of scan.parts.entries()) {
    if (holdsMessage(part.type) || isEnclosedFile(part)) addOriginal(structure, scan, index);
    else if (!part.embedded) budget -= addPart(structure, scan, part, budget);
    else if (isDeliveryStatus(part.type)) addStatus(structure.embeddedStatus, scan, part);
  }
  addBareBody(structure, scan);
  if (structure.headers.size === 0) scan.problems.add('no-header');
  structure.problems = [...scan.problems];
  return structure;
}

/** An original attached as a plain file (Tencent and many gateways do so). */
function isEnclosedFile(part: MailPart): boolean {
  return !part.embedded && /\.eml$/i.test(part.filename) && !part.type.startsWith('multipart/');
}

function isDeliveryStatus(type: string): boolean {
  return type === 'message/delivery-status' || type === 'message/global-delivery-status';
}

function addStatus(list: string[], scan: Scan, part: MailPart): void {
  if (list.length < MAX_ORIGINALS) list.push(bytes(scan, part).toString('latin1'));
}

/** A multipart whose parts were lost: what follows its header is all there is. */
function addBareBody(structure: MailStructure, scan: Scan): void {
  const [root, ...others] = scan.parts;
  if (root && others.length === 0 && root.type.startsWith('multipart/'))
    addText(structure, scan, { ...root, type: 'text/plain' }, MAX_TEXT);
}

function addPart(structure: MailStructure, scan: Scan, part: MailPart, budget: number): number {
  if (isDeliveryStatus(part.type)) {
    addStatus(structure.deliveryStatus, scan, part);
    return 0;
  }
  if (part.type === 'message/feedback-report') {
    structure.feedbackReport ??= parseHeaders(bytes(scan, part).toString('latin1').trimStart());
    return 0;
  }
  if (/^message\/(?:global-)?disposition-notification$/.test(part.type)) {
    structure.dispositionNotification ??= parseHeaders(bytes(scan, part).toString('latin1').trimStart());
    return 0;
  }
  return part.type.startsWith('text/') ? addText(structure, scan, part, budget) : 0;
}

function addText(structure: MailStructure, scan: Scan, part: MailPart, budget: number): number {
  if (budget <= 0 || structure.texts.length + structure.htmls.length >= MAX_TEXT_PARTS) return 0;
  const decoded = bytes(scan, part, Math.min(MAX_TEXT, budget));
  const text = decodeCharset(decoded, part.params['charset'] ?? null, structure.charsetHint)
    .replace(/\r+\n|\r/g, '\n')
    .replaceAll('\0', '');
  if (part.type === 'text/html') structure.htmls.push(text);
  else structure.texts.push({ text, attachment: part.attachment && part.filename !== '' });
  return decoded.length;
}

/** The header of an enclosed message: the scanner has it as the next part, unless it is transfer-encoded. */
function addOriginal(structure: MailStructure, scan: Scan, index: number): void {
  const part = scan.parts[index]!;
  if (part.embedded || structure.originals.length >= MAX_ORIGINALS) return;
  const inner = scan.parts[index + 1];
  const encoded = /base64|quoted-printable/.test(part.encoding);
  const walked = !encoded && holdsMessage(part.type) && inner?.embedded === true;
  const headers = walked ? inner.headers : parseHeaders(headerBlock(bytes(scan, part, MAX_ORIGINAL_HEADER)));
  if (headers.size > 0) structure.originals.push(headers);
}

function headerBlock(decoded: Buffer): string {
  const text = decoded.toString('latin1').trimStart();
  const end = /\r?\n\r?\n/.exec(text);
  return end ? text.slice(0, end.index) : text;
}

function bytes(scan: Scan, part: MailPart, limit = MAX_TEXT): Buffer {
  return decodeTransfer(scan.raw.subarray(part.start, part.end), part.encoding, limit);
}
