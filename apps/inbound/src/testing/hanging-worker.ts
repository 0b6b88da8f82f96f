import read from '../read-mail-worker.js';
import type { HandedMails } from '../read-mail-worker.js';

/** The reading thread, but for a mail that says `slow`, over which it never ends. */
export default function readOrHang(handed: HandedMails): string[] {
  let end = 0;
  for (const { length } of handed.mails) {
    end += length;
    if (Buffer.from(handed.bytes.slice(end - length, end)).toString('latin1') === 'slow') for (;;);
  }
  return read(handed);
}
