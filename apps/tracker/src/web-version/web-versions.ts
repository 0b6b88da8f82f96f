import { Piscina } from 'piscina';
import { workerFile } from '#platform/process';
import type { WebVersion, WebVersionTask } from './web-version-worker.js';

/** A mail of the largest size takes a second; what takes longer is not going to end. */
const WATCHDOG_MS = 3_000;

/** Renders mails for the browser in a thread with a watchdog, so that no template can hold up the pixels and links. */
export class WebVersions {
  private readonly pool = new Piscina<WebVersionTask, WebVersion>({
    filename: workerFile('./web-version-worker.js', import.meta.url),
    minThreads: 0,
    maxThreads: 1,
    maxQueue: 100,
    idleTimeout: 60_000,
    resourceLimits: { maxOldGenerationSizeMb: 256 },
  });

  /** @throws Error when this recipient's data makes the mail too large, or rendering takes too long */
  render(task: WebVersionTask): Promise<WebVersion> {
    return this.pool.run(task, { signal: AbortSignal.timeout(WATCHDOG_MS) });
  }

  close(): Promise<void> {
    return this.pool.destroy();
  }
}
