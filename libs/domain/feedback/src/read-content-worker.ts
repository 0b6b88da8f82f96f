import { readAttachment, readContent } from '#engine/dsn';
import type { MailAttachment, MailContent } from '#engine/dsn';
import { htmlForScreen } from './html-for-screen.js';

/** What a reading thread is asked for: the content of a mail, its page with images, or one of its attachments. */
export type ContentTask = { raw: Uint8Array } & (
  { want: 'content' } | { want: 'page' } | { want: 'attachment'; part: number }
);
/** The content of a mail, its HTML fit for the screen. */
export type ScreenContent = MailContent & { remoteImages: number };
export type ContentAnswer =
  | { type: 'content'; content: ScreenContent }
  | { type: 'page'; html: string | null }
  | { type: 'attachment'; file: { file: MailAttachment; bytes: Uint8Array } | null };

/** Entry of the reading threads: takes one mail apart that is hostile until proven otherwise. */
export default function read({ raw, ...task }: ContentTask): ContentAnswer {
  const mail = Buffer.from(raw.buffer, raw.byteOffset, raw.byteLength);
  if (task.want === 'attachment') return { type: 'attachment', file: readAttachment(mail, task.part) };
  const content = readContent(mail);
  const images = task.want === 'page';
  const shown = content.html === null ? null : htmlForScreen(content.html, { images });
  const html = shown?.html ?? null;
  if (images) return { type: 'page', html };
  return { type: 'content', content: { ...content, html, remoteImages: shown?.remoteImages ?? 0 } };
}
