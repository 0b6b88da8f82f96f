import { readMail } from '#engine/dsn';
import type { Envelope } from '#engine/dsn';
import { storableText } from './storable-verdict.js';

/** Mails to be read, one behind the other. */
export interface HandedMails {
  bytes: Uint8Array<ArrayBuffer>;
  mails: readonly { length: number; envelope: Envelope }[];
}

/**
 * Entry of the reading threads: parses mails that are hostile until proven otherwise.
 * @returns their verdicts as JSON, which a thread hands over for less than the object
 */
export default function read({ bytes, mails }: HandedMails): string[] {
  let end = 0;
  return mails.map(({ length, envelope }) => {
    const raw = Buffer.from(bytes.buffer, end, length);
    end += length;
    return storableText(readMail(raw, envelope));
  });
}
