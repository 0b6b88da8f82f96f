import { loadSettings } from '#platform/config';
import { createLogger } from '#platform/logging';
import { announceReady, onStop } from '#platform/process';
import { startSandbox } from './sandbox.js';

const settings = loadSettings();
const logger = createLogger('sandbox', settings.get('LOG_LEVEL'));
const inboundHost = settings.get('INBOUND_SMTP_HOST');

try {
  const sandbox = await startSandbox({
    dir: settings.dataPath('sandbox'),
    host: settings.get('SANDBOX_HOST') || '127.0.0.1',
    smtpPort: settings.get('SANDBOX_SMTP_PORT'),
    httpPort: settings.get('SANDBOX_HTTP_PORT'),
    inbound: {
      // A listener bound to every address is reached on this machine's own.
      host: inboundHost === '0.0.0.0' || inboundHost === '::' ? '127.0.0.1' : inboundHost,
      port: settings.get('INBOUND_SMTP_PORT'),
    },
    trackingOrigins: [
      ...new Set([settings.get('TRACKING_URL'), settings.get('PUBLIC_URL')].map((url) => new URL(url).origin)),
    ],
    logger,
  });
  logger.info({ smtpPort: sandbox.smtpPort, httpPort: sandbox.httpPort }, 'sandbox mail server is listening');
  announceReady();
  onStop(() => sandbox.close());
} catch (error) {
  logger.fatal({ err: error }, 'sandbox mail server could not start');
  process.exitCode = 1;
}
