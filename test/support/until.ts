import { setTimeout as sleep } from 'node:timers/promises';

/** Waits until `condition` is true, asking every 50 ms (or as told); fails with what was waited for. */
export async function until(
  condition: () => boolean | Promise<boolean>,
  options: { what: string; timeoutMs?: number; everyMs?: number; detail?: () => unknown },
): Promise<void> {
  const timeoutMs = options.timeoutMs ?? 30_000;
  const deadline = performance.now() + timeoutMs;
  while (!(await condition())) {
    if (performance.now() > deadline) {
      const detail = options.detail?.();
      throw new Error(
        `waited ${timeoutMs / 1000} s for ${options.what}${detail === undefined ? '' : `\n${typeof detail === 'string' ? detail : JSON.stringify(detail, null, 2)}`}`,
      );
    }
    await sleep(options.everyMs ?? 50);
  }
}
