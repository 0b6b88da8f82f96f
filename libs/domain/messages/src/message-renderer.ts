import { Piscina } from 'piscina';
import { workerFile } from '#platform/process';
import type { MessageTask, RenderedTask } from './render-message.js';

/** Two: what one message's data costs, up to the engine's limits, must not hold up the next. */
const THREADS = 2;
/** A message takes milliseconds, and the engine's own limits end hostile content within a second; this is the rest. */
const WATCHDOG_MS = 10_000;

/** Renders triggered messages off the main thread, in threads that no campaign uses. */
export class MessageRenderer {
  private readonly pool = new Piscina<MessageTask, RenderedTask>({
    filename: workerFile('./render-worker.js', import.meta.url),
    minThreads: 1,
    maxThreads: THREADS,
    idleTimeout: 60_000,
    resourceLimits: { maxOldGenerationSizeMb: 256 },
  });
  private running = 0;
  private readonly waiting: (() => void)[] = [];

  /** Loads a thread, so that the first message does not wait for it. */
  async warm(): Promise<void> {
    await this.pool.run({} as MessageTask).catch(() => undefined);
  }

  /**
   * Ends a message that overruns its time; a second time is its own fault and not that of a busy machine.
   * @param load fetches what it is made of when its turn has come: files of a whole backlog would fill the memory
   */
  async render(load: () => Promise<MessageTask>): Promise<RenderedTask> {
    return this.inTurn(async () => this.watched(await load()));
  }

  private async watched(task: MessageTask): Promise<RenderedTask> {
    for (let left = 1; ; left -= 1) {
      try {
        return await this.pool.run(task, { signal: AbortSignal.timeout(WATCHDOG_MS) });
      } catch (error) {
        const detail = `This message can't be rendered in time: ${(error as Error).message}`;
        if (left === 0) return { ok: false, detail };
      }
    }
  }

  async close(): Promise<void> {
    await this.pool.destroy();
  }

  /** The clock of a task starts when a thread is free for it, not while it waits behind a slow one. */
  private async inTurn<T>(work: () => Promise<T>): Promise<T> {
    while (this.running >= THREADS) await new Promise<void>((resolve) => this.waiting.push(resolve));
    this.running += 1;
    try {
      return await work();
    } finally {
      this.running -= 1;
      this.waiting.shift()?.();
    }
  }
}
