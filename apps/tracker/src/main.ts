import { loadSettings } from '#platform/config';
import { Vault, loadMasterKey } from '#platform/crypto';
import { Database } from '#platform/database';
import { createLogger } from '#platform/logging';
import { announceReady, onStop, startHeartbeat } from '#platform/process';
import { createTracker } from './create-tracker.js';

/** How long a stop may wait for the database to take the last visits. */
const GRACE_MS = 10_000;

const settings = loadSettings();
const log = createLogger('tracker', settings.get('LOG_LEVEL'));
const db = new Database({
  url: settings.get('DATABASE_URL'),
  poolSize: settings.get('DATABASE_POOL'),
  applicationName: 'hongyan tracker',
});
const vault = new Vault(
  loadMasterKey(settings.get('MASTER_KEY'), settings.dataPath('master.key')),
  settings.get('TOKEN_KEY'),
);
const tracker = createTracker({ db, log, keys: vault.tokenKeys, publicUrl: settings.get('TRACKING_URL') });

try {
  await tracker.app.listen({ port: settings.get('TRACKER_PORT'), host: settings.get('HOST') });
} catch (error) {
  log.fatal({ err: error }, 'tracker could not start');
  process.exit(1);
}
const heartbeat = startHeartbeat(db, 'tracker', settings.get('TRACKER_PORT'));
announceReady();
log.info({ url: settings.get('TRACKING_URL'), port: settings.get('TRACKER_PORT') }, 'tracker ready');

onStop(async () => {
  await heartbeat.stop();
  await tracker.close(GRACE_MS);
  await db.close();
});
