import { randomBytes } from 'node:crypto';
import { chmodSync, linkSync, mkdirSync, readFileSync, unlinkSync, writeFileSync } from 'node:fs';
import path from 'node:path';

/** The one secret the operator must back up: it encrypts stored secrets and signs every token. */
export interface MasterKey {
  /** 32 bytes. */
  bytes: Buffer;
}

/**
 * Takes the key from `MASTER_KEY` (base64), or reads DATA_DIR/master.key, making it on the first start (mode 0600).
 * Several processes may start at once: the file appears by a hard link, so that one wins and all read the winner's.
 * @throws Error naming the remedy when the key has not 32 bytes.
 */
export function loadMasterKey(base64: string, file: string): MasterKey {
  if (base64) return check(Buffer.from(base64, 'base64'), 'MASTER_KEY');
  try {
    return check(Buffer.from(readFileSync(file, 'utf8').trim(), 'base64'), file);
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code !== 'ENOENT') throw error;
  }
  mkdirSync(path.dirname(file), { recursive: true });
  const draft = `${file}.${randomBytes(6).toString('hex')}`;
  writeFileSync(draft, `${randomBytes(32).toString('base64')}\n`, { mode: 0o600 });
  try {
    linkSync(draft, file);
    chmodSync(file, 0o600);
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code !== 'EEXIST') throw error;
  } finally {
    unlinkSync(draft);
  }
  return check(Buffer.from(readFileSync(file, 'utf8').trim(), 'base64'), file);
}

function check(bytes: Buffer, source: string): MasterKey {
  if (bytes.length !== 32) {
    throw new Error(`The master key in ${source} must be 32 bytes in base64. Restore it from the backup.`);
  }
  return { bytes };
}
