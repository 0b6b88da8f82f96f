import type { InboundVerdict } from '#contracts';
import { readMail } from '#engine/dsn';
import type { Envelope } from '#engine/dsn';

/** Entry of the reading threads: parses one hostile-until-proven-otherwise mail. */
export default function read(task: { raw: Uint8Array; envelope: Envelope }): InboundVerdict {
  return readMail(Buffer.from(task.raw.buffer, task.raw.byteOffset, task.raw.byteLength), task.envelope);
}
