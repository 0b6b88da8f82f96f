import { loadSettings } from '#platform/config';
import { Database } from '#platform/database';
import { LOGGER } from '#platform/nest';
import type { Logger } from '#platform/nest';
import { announceReady, onStop, startHeartbeat } from '#platform/process';
import { createApi } from './create-api.js';
import { closeGracefully } from './http/shutdown.js';

const GRACE_MS = 10_000;

const settings = loadSettings();
const app = await createApi(settings);
const log = app.get<Logger>(LOGGER);
const heartbeat = startHeartbeat(app.get(Database), 'api', settings.get('API_PORT'));

onStop(async () => {
  await heartbeat.stop();
  await closeGracefully(app, GRACE_MS);
});
try {
  await app.listen(settings.get('API_PORT'), settings.get('HOST'));
} catch (error) {
  log.fatal({ err: error }, 'api could not start');
  process.exit(1);
}
log.info({ url: settings.get('PUBLIC_URL'), port: settings.get('API_PORT') }, 'api ready');
announceReady();
