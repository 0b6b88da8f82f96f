import { fork } from 'node:child_process';
import { once } from 'node:events';

/** Starts the proxy of `slow-line-process.ts` before a port of loopback. */
export async function startSlowLine(
  port: number,
  roundTripMs: number,
): Promise<{ port: number; close(): Promise<void> }> {
  const child = fork('dist/scripts/bench/slow-line-process.js', [String(port), String(roundTripMs)]);
  const [{ port: own }] = (await once(child, 'message')) as [{ port: number }];
  return {
    port: own,
    async close() {
      const ended = once(child, 'exit');
      child.disconnect();
      await ended;
    },
  };
}
