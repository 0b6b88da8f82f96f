import { hkdfSync, randomBytes } from 'node:crypto';
import { chmodSync, linkSync, mkdirSync, readFileSync, unlinkSync, writeFileSync } from 'node:fs';
import path from 'node:path';

/** The one secret the operator must back up: it encrypts stored secrets and signs every token. */
export interface MasterKey {
  /** 32 bytes. */
  bytes: Buffer;
}

/** Where the key is: `MASTER_KEY` in base64, or when that is empty the file DATA_DIR/master.key. */
export interface KeyPlace {
  base64: string;
  file: string;
}

/** A key that can't be used; the message says why and names the remedy. */
export class MasterKeyError extends Error {
  override name = 'MasterKeyError';
}

/** What becomes of an instance that goes on without its key; the end of every sentence about a lost one. */
export const WITHOUT_OLD_KEY =
  'stored SMTP and IMAP passwords must be entered again, and the links in mail that was already sent stop working';

/**
 * The key of a process. Only the launcher makes one: a process that made its own in place of a lost one would cut
 * every stored password and every link off.
 * @throws MasterKeyError when there is none, or it can't be used
 */
export function loadMasterKey(base64: string, file: string): MasterKey {
  const key = readMasterKey({ base64, file });
  if (key) return key;
  throw new MasterKeyError(
    `There is no master key: MASTER_KEY is empty and ${file} is missing. ` +
      'Restore the file from the backup, set MASTER_KEY, or start by npm start, which makes one for a new database.',
  );
}

/**
 * The key, or null where there is none yet.
 * @throws MasterKeyError when it can't be read or is not 32 bytes in base64
 */
export function readMasterKey({ base64, file }: KeyPlace): MasterKey | null {
  if (base64) return parse(base64, 'in MASTER_KEY', 'Correct MASTER_KEY by what the backup holds');
  let text: string;
  try {
    text = readFileSync(file, 'utf8');
  } catch (error) {
    const { code } = error as NodeJS.ErrnoException;
    if (code === 'ENOENT') return null;
    throw new MasterKeyError(
      `The master key ${file} can't be read (${code ?? String(error)}). Make it a file that the user who starts Hongyan may read.`,
    );
  }
  const remedy =
    `Restore the file from the backup; if it is lost, delete the file and start once with --new-master-key: ` +
    WITHOUT_OLD_KEY;
  return parse(text.trim(), file, remedy);
}

/**
 * Makes a new key in `file` (mode 0600). Of several who do so at once one wins, by a hard link, and all get the winner's.
 */
export function makeMasterKey(file: string): MasterKey {
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
  return loadMasterKey('', file);
}

/** Tells keys apart and gives nothing of them away: 16 bytes in hex that HKDF derives for this alone. */
export function fingerprintOf(key: MasterKey): string {
  return Buffer.from(hkdfSync('sha256', key.bytes, '', 'hongyan master key fingerprint 1', 16)).toString('hex');
}

/** Node's decoder skips what is not base64: a damaged key would pass for another one. */
function parse(text: string, source: string, remedy: string): MasterKey {
  if (/^[A-Za-z0-9+/_-]{43}=?$/.test(text)) return { bytes: Buffer.from(text, 'base64') };
  throw new MasterKeyError(`The master key ${source} is not 32 bytes in base64. ${remedy}.`);
}
