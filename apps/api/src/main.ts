import { loadSettings } from '#platform/config';
import { LOGGER } from '#platform/nest';
import type { Logger } from '#platform/nest';
import { createApi } from './create-api.js';
import { closeGracefully } from './http/shutdown.js';

const GRACE_MS = 10_000;

const settings = loadSettings();
const app = await createApi(settings);
const log = app.get<Logger>(LOGGER);

let stopping = false;
async function stop(reason: string): Promise<void> {
  if (stopping) return;
  stopping = true;
  log.info({ reason }, 'api stops');
  await closeGracefully(app, GRACE_MS);
  process.exit(0);
}
for (const signal of ['SIGTERM', 'SIGINT'] as const) process.on(signal, () => void stop(signal));
// Without its launcher nobody would end this process, and the next start would find the port taken.
process.on('disconnect', () => void stop('launcher gone'));

await app.listen(settings.get('API_PORT'), settings.get('HOST'));
log.info({ url: settings.get('PUBLIC_URL'), port: settings.get('API_PORT') }, 'api ready');
process.send?.('ready');
