import { readAttachment, readContent } from '#engine/dsn';
import type { MailAttachment, MailContent } from '#engine/dsn';
import { htmlForScreen } from './html-for-screen.js';

/** What a reading thread is asked for: the content of a mail, or one of its attachments. */
export interface ContentTask {
  raw: Uint8Array;
  attachment: number | null;
}
export type ContentAnswer =
  | { type: 'content'; content: MailContent }
  | { type: 'attachment'; file: { file: MailAttachment; bytes: Uint8Array } | null };

/** Entry of the reading threads: takes one mail apart that is hostile until proven otherwise. */
export default function read({ raw, attachment }: ContentTask): ContentAnswer {
  const mail = Buffer.from(raw.buffer, raw.byteOffset, raw.byteLength);
  if (attachment !== null) return { type: 'attachment', file: readAttachment(mail, attachment) };
  const content = readContent(mail);
  return { type: 'content', content: { ...content, html: content.html === null ? null : htmlForScreen(content.html) } };
}
