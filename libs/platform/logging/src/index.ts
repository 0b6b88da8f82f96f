import { pino } from 'pino';
import type { Logger } from 'pino';

export type { Logger };

/**
 * The log of one process, as JSON lines on standard output. Secrets are cut out by key, so that no caller has to
 * remember to.
 */
export function createLogger(process: string, level: string): Logger {
  return pino({
    level,
    base: { process },
    redact: {
      paths: [
        'password',
        '*.password',
        'secret',
        '*.secret',
        'authorization',
        '*.authorization',
        'cookie',
        '*.cookie',
        'token',
        '*.token',
        'key',
        '*.key',
      ],
      censor: '[redacted]',
    },
  });
}
