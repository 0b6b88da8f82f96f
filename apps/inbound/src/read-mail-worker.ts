import { readMail } from '#engine/dsn';
import type { Envelope } from '#engine/dsn';
import { storableText } from './storable-verdict.js';

/** A mail to be read. */
export interface MailToRead {
  raw: Uint8Array;
  envelope: Envelope;
}

/**
 * Entry of the reading threads: parses mails that are hostile until proven otherwise.
 * @returns their verdicts as JSON, which a thread hands over for less than the object
 */
export default function read(mails: readonly MailToRead[]): string[] {
  return mails.map(({ raw, envelope }) =>
    storableText(readMail(Buffer.from(raw.buffer, raw.byteOffset, raw.byteLength), envelope)),
  );
}
