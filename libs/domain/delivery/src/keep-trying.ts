import { setTimeout as sleep } from 'node:timers/promises';
import type { Logger } from '#platform/logging';

const TRY_AGAIN_MS = 500;

/**
 * Writes what is known of messages that have left. Postgres may be away for a while: it is written when it is back.
 * @param what what is not written meanwhile, for the log
 * @throws what `write` threw, once the process is asked to stop: the journal keeps it for the next start
 */
export async function keepTrying<T>(
  { log, stopping }: { log: Logger; stopping(): boolean },
  what: string,
  write: () => Promise<T>,
): Promise<T> {
  for (;;) {
    try {
      return await write();
    } catch (error) {
      log.warn({ err: error }, `not written yet: ${what}`);
      if (stopping()) throw error;
      await sleep(TRY_AGAIN_MS);
    }
  }
}
