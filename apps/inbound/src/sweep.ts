import { setTimeout as sleep } from 'node:timers/promises';
import type { Logger } from '#platform/logging';

const SWEEP_MS = 2_000;

/** Runs `work` about every two seconds until stopped; a failure is logged and tried again. */
export function startSweep(log: Logger, work: () => Promise<void>): { stop(): Promise<void> } {
  const controller = new AbortController();
  const running = (async () => {
    while (!controller.signal.aborted) {
      await work().catch((error: unknown) => log.warn({ err: error }, 'sweep'));
      await sleep(SWEEP_MS, undefined, { signal: controller.signal }).catch(() => undefined);
    }
  })();
  return {
    async stop() {
      controller.abort();
      await running;
    },
  };
}
