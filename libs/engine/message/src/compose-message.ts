import { headerLine, textHeaderLine } from './header.js';
import { formatMailbox } from './mailbox.js';
import type { Mailbox } from './mailbox.js';
import { MessageError } from './message-error.js';
import { attachmentPart, multipart, textPart } from './mime-part.js';
import type { MessageAttachment, MimePart } from './mime-part.js';

export interface OutgoingMessage {
  from: Mailbox;
  to: Mailbox;
  replyTo?: string;
  subject: string;
  date: Date;
  /** With angle brackets. */
  messageId: string;
  /** Further headers, e.g. those of campaignHeaders. Not those this function writes itself. */
  headers?: ReadonlyArray<readonly [string, string]>;
  html?: string;
  text: string;
  attachments?: ReadonlyArray<MessageAttachment>;
  /** Anything that differs from message to message; the same seed gives the same boundaries. */
  boundarySeed: string;
}

const HEADERS_MAX = 50;
/** Written here or elsewhere: twice would be wrong (RFC 5322 3.6), and Bcc would tell. */
const RESERVED =
  /^(?:from|sender|to|cc|bcc|reply-to|subject|date|message-id|mime-version|content-.*|dkim-signature|return-path|received)$/i;

/**
 * A complete RFC 5322 message: CRLF only, ASCII except for non-ASCII local parts (RFC 6532), no line over 78 octets
 * where it can be folded and none over 998. The same input gives the same bytes. Not dot-stuffed, not signed.
 * Throws MessageError naming the field that can't be sent.
 */
export function composeMessage(m: OutgoingMessage): Buffer {
  const root = body(m);
  const headers = [
    senderHeaders(m),
    toHeader(m.to),
    subjectHeader(m.subject),
    dateHeader(m.date),
    identityHeaders(m),
    headerLine('MIME-Version', '1.0'),
    root.headers,
  ];
  const parts = [Buffer.from(`${headers.join('')}\r\n`, 'utf8'), root.body];
  if (!root.body.subarray(-2).equals(LINE_END)) parts.push(LINE_END);
  return Buffer.concat(parts);
}
const LINE_END = Buffer.from('\r\n', 'ascii');

/** From and, where there is one, Reply-To. */
export function senderHeaders({ from, replyTo }: Pick<OutgoingMessage, 'from' | 'replyTo'>): string {
  const line = headerLine('From', formatMailbox(from, 'from', 'From: '.length), 'from');
  if (replyTo === undefined) return line;
  return line + headerLine('Reply-To', formatMailbox({ address: replyTo }, 'replyTo', 0), 'replyTo');
}

export function toHeader(to: Mailbox): string {
  return headerLine('To', formatMailbox(to, 'to', 'To: '.length), 'to');
}

export function subjectHeader(subject: string): string {
  return textHeaderLine('Subject', subject, 'subject');
}

export function dateHeader(date: Date): string {
  return headerLine('Date', formatDate(date), 'date');
}

/** Message-ID and the further headers. */
export function identityHeaders({ messageId, headers = [] }: Pick<OutgoingMessage, 'messageId' | 'headers'>): string {
  return [headerLine('Message-ID', checkedMessageId(messageId), 'messageId'), ...furtherHeaders(headers)].join('');
}

function body(m: OutgoingMessage): MimePart {
  const related: MimePart[] = [];
  const attached: MimePart[] = [];
  for (const [index, attachment] of (m.attachments ?? []).entries()) {
    const inline = attachment.contentId !== undefined && m.html !== undefined;
    (inline ? related : attached).push(attachmentPart(attachment, `attachments.${index}`, inline));
  }
  let content = textPart('plain', m.text);
  if (m.html !== undefined) {
    const html = textPart('html', m.html);
    const rich = related.length > 0 ? multipart('related', [html, ...related], m.boundarySeed) : html;
    content = multipart('alternative', [content, rich], m.boundarySeed);
  }
  return attached.length > 0 ? multipart('mixed', [content, ...attached], m.boundarySeed) : content;
}

function furtherHeaders(headers: ReadonlyArray<readonly [string, string]>): string[] {
  if (headers.length > HEADERS_MAX) {
    throw new MessageError('HEADER_INVALID', 'headers', `at most ${HEADERS_MAX} further headers. Remove some.`);
  }
  return headers.map(([name, value], index) => {
    const property = `headers.${index}`;
    if (RESERVED.test(name)) {
      throw new MessageError('HEADER_INVALID', property, `${name} is written from its own field. Leave it out here.`);
    }
    const ascii = /^[\x20-\x7E\r\n\0]*$/.test(value);
    return ascii ? headerLine(name, value, property) : textHeaderLine(name, value, property);
  });
}

function checkedMessageId(messageId: string): string {
  if (messageId.length <= 400 && /^<[\x21-\x3B\x3D\x3F\x41-\x7E]+@[\x21-\x3B\x3D\x3F\x41-\x7E]+>$/.test(messageId)) {
    return messageId;
  }
  throw new MessageError('HEADER_INVALID', 'messageId', 'write it as <left@right> in ASCII.');
}

const DAYS = ['Sun', 'Mon', 'Tue', 'Wed', 'Thu', 'Fri', 'Sat'];
const MONTHS = ['Jan', 'Feb', 'Mar', 'Apr', 'May', 'Jun', 'Jul', 'Aug', 'Sep', 'Oct', 'Nov', 'Dec'];

/** RFC 5322 3.3, in UTC: `Sun, 22 Nov 2026 05:25:16 +0000`. */
function formatDate(date: Date): string {
  const year = date.getUTCFullYear();
  if (!(year >= 1900 && year <= 9999)) throw new MessageError('HEADER_INVALID', 'date', 'give a date of 1900–9999.');
  const two = (n: number) => String(n).padStart(2, '0');
  const day = `${DAYS[date.getUTCDay()]}, ${two(date.getUTCDate())} ${MONTHS[date.getUTCMonth()]} ${year}`;
  return `${day} ${two(date.getUTCHours())}:${two(date.getUTCMinutes())}:${two(date.getUTCSeconds())} +0000`;
}
