import read from '../read-mail-worker.js';
import type { MailToRead } from '../read-mail-worker.js';

/** The reading thread, but for a mail that says `slow`, over which it never ends. */
export default function readOrHang(mails: readonly MailToRead[]): string[] {
  for (const { raw } of mails) if (Buffer.from(raw).toString('latin1') === 'slow') for (;;);
  return read(mails);
}
