import path from 'node:path';
import type { Settings } from '#platform/config';
import { WITHOUT_OLD_KEY, readMasterKey, settleMasterKey } from '#platform/crypto';
import type { KeyPlace } from '#platform/crypto';
import { Database } from '#platform/database';

/**
 * A malformed key, seen before anything is started.
 * @throws MasterKeyError
 */
export function requireSoundKey(settings: Settings): void {
  readMasterKey(placeOf(settings));
}

/**
 * Makes sure, once for all processes, that the key is the one this database was used with.
 * @param replace go on without the old key
 * @returns what the operator has to know, or null
 * @throws MasterKeyError
 */
export async function settleKey(settings: Settings, url: string, replace: boolean): Promise<string | null> {
  const db = new Database({ url, poolSize: 2, applicationName: 'hongyan launcher' });
  try {
    const row = await db.first<{ holdsData: boolean }>('SELECT EXISTS (SELECT FROM workspaces) AS "holdsData"');
    const settled = await settleMasterKey(db, placeOf(settings), { holdsData: row?.holdsData ?? false, replace });
    return settled === 'replaced' ? `A new master key is in use: ${WITHOUT_OLD_KEY}. Back it up.` : null;
  } finally {
    await db.close();
  }
}

function placeOf(settings: Settings): KeyPlace {
  return { base64: settings.get('MASTER_KEY'), file: path.join(settings.get('DATA_DIR'), 'master.key') };
}
