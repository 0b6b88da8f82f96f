import type { InboundVerdict } from '#contracts';
import read from '../read-mail-worker.js';

/** The reading thread, but for a mail that says `slow`, over which it never ends. */
export default function readOrHang(task: Parameters<typeof read>[0]): InboundVerdict {
  if (Buffer.from(task.raw).toString('latin1') === 'slow') for (;;);
  return read(task);
}
