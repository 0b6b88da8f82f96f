import { createHash } from 'node:crypto';
import type { Product } from './product.js';

/** Stores a mail as if it had come to the listener a moment ago; the next round reads it. */
export async function arrive(product: Product, raw: string): Promise<void> {
  const hash = createHash('sha256').update(raw).digest('hex');
  await product.sql(
    `INSERT INTO inbound_messages (envelope, raw, content_hash, received_at)
     VALUES ('{"recipients": [], "sender": null}', $1::bytea, $2, now() - interval '1 minute')`,
    [Buffer.from(raw), Buffer.from(hash)],
  );
}
