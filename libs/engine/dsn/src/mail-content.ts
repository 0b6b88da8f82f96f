/** A stored mail as a person reads it: visible text, whole text, HTML as it came, attachments. */
import { visibleReply, visibleReplyOfHtml } from '#engine/reply';
import { holdsMessage } from './mime/part.js';
import { decodeTransfer } from './mime/transfer.js';
import { openMail } from './reading.js';
import type { MailPart } from './mime/part.js';

/** Characters of text, and of HTML, that are given out. */
const MAX_SHOWN = 262_144;
const MAX_ATTACHMENTS = 100;
const MAX_ATTACHMENT = 31_457_280;
/** What platform/imap writes into the header of a part that it did not read whole. */
const LEFT_OUT = 'x-hongyan-left-out';

export interface MailAttachment {
  /** Number of the MIME part, for {@link readAttachment}. */
  part: number;
  /** As the sender wrote it; '' where it has none. Never a path to trust. */
  name: string;
  contentType: string;
  /** Bytes as transferred; base64 takes a third more than the file. */
  size: number;
  /** True when not all of it was read: the mail was too large, and the file lies in the mailbox. */
  leftOut: boolean;
}

export interface MailContent {
  /** What was written, without quotation and signature. */
  text: string;
  /** The same with all that was quoted. */
  full: string;
  /** HTML as it came: hostile until it is sanitised. Null where there is none. */
  html: string | null;
  attachments: MailAttachment[];
}

/** Takes a mail apart for reading. Linear in its size, never throws. */
export function readContent(raw: Buffer): MailContent {
  const { mail, text } = openMail(raw, { recipients: [], sender: null });
  const [html] = mail.htmls;
  const hasText = mail.texts.some((part) => !part.attachment && part.text.trim() !== '');
  const visible = hasText || html === undefined ? visibleReply(text) : visibleReplyOfHtml(html);
  return {
    text: visible.slice(0, MAX_SHOWN),
    full: text.slice(0, MAX_SHOWN),
    html: html === undefined ? null : html.slice(0, MAX_SHOWN),
    attachments: attachmentsOf(mail.parts),
  };
}

/** One attachment, decoded; null where the part is none. Large ones are cut at 30 MB, as mail is. */
export function readAttachment(raw: Buffer, part: number): { file: MailAttachment; bytes: Buffer } | null {
  const { mail } = openMail(raw, { recipients: [], sender: null });
  const file = attachmentsOf(mail.parts).find((each) => each.part === part);
  const found = file && mail.parts[part];
  if (!file || !found) return null;
  return { file, bytes: decodeTransfer(raw.subarray(found.start, found.end), found.encoding, MAX_ATTACHMENT) };
}

/** Leaves with a name or marked as such, and enclosed messages as files of their own. */
function attachmentsOf(parts: readonly MailPart[]): MailAttachment[] {
  return parts
    .map((part, index) => ({ part, index }))
    .filter(({ part }) => !part.embedded && !part.type.startsWith('multipart/') && isFile(part))
    .slice(0, MAX_ATTACHMENTS)
    .map(({ part, index }) => ({
      part: index,
      name: part.filename,
      contentType: part.type,
      size: part.end - part.start,
      leftOut: part.headers.has(LEFT_OUT),
    }));
}

function isFile(part: MailPart): boolean {
  return part.attachment || part.filename !== '' || holdsMessage(part.type) || !part.type.startsWith('text/');
}
