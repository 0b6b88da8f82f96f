import type { Database } from '#platform/database';
import { MasterKeyError, WITHOUT_OLD_KEY, fingerprintOf, makeMasterKey, readMasterKey } from './master-key.js';
import type { KeyPlace } from './master-key.js';

/** How the key of this start relates to the one that the database was used with. */
export type KeySettled = 'known' | 'first' | 'replaced';

/**
 * Compares the key with the fingerprint kept in the database before any process uses it, and makes one where nothing
 * depends on an old one yet. Safe to run at the same time as another.
 * @param options.holdsData what the database holds was made with a key
 * @param options.replace the operator goes on without the old key, knowingly
 * @throws MasterKeyError when the key is missing, malformed, or another one than the database was used with
 */
export async function settleMasterKey(
  db: Database,
  place: KeyPlace,
  options: { holdsData: boolean; replace: boolean },
): Promise<KeySettled> {
  const present = readMasterKey(place);
  const bound = options.holdsData && !options.replace;
  if (!present && bound) {
    throw new MasterKeyError(
      `The master key ${place.file} is missing, but the database holds data that was made with it. ${remedy(place)}`,
    );
  }
  const fingerprint = fingerprintOf(present ?? makeMasterKey(place.file));
  return db.transaction(async (tx) => {
    await tx.run('INSERT INTO instance DEFAULT VALUES ON CONFLICT DO NOTHING');
    const row = await tx.first<{ known: string | null }>(
      'SELECT master_key_fingerprint AS known FROM instance FOR UPDATE',
    );
    const known = row?.known ?? null;
    if (known === fingerprint) return 'known';
    if (known !== null && bound) {
      throw new MasterKeyError(
        `The master key ${place.base64 ? 'in MASTER_KEY' : place.file} is not the one this database was used with. ` +
          remedy(place),
      );
    }
    await tx.run('UPDATE instance SET master_key_fingerprint = $1', [fingerprint]);
    const replaced = options.holdsData && (known !== null || present === null);
    return replaced ? 'replaced' : 'first';
  });
}

function remedy({ base64 }: KeyPlace): string {
  const restore = base64 ? 'Set MASTER_KEY to the one in the backup' : 'Restore the file from the backup';
  return `${restore}; if it is lost, start once with --new-master-key: ${WITHOUT_OLD_KEY}.`;
}
