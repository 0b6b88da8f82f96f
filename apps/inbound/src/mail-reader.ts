import { Piscina } from 'piscina';
import type { InboundVerdict } from '#contracts';
import type { Envelope } from '#engine/dsn';
import { workerFile } from '#platform/process';

/** A mail is read within this, or never (security.md: hostile mail ends within a second). */
const WATCHDOG_MS = 1_000;
/** A new thread may take this long to load on a busy machine. */
const START_MS = 30_000;
const MEMORY_MB = 256;

interface Task {
  raw: Buffer;
  envelope: Envelope;
}
const EMPTY: Task = { raw: Buffer.alloc(0), envelope: { recipients: [], sender: null } };

/**
 * Reads mails one after another in a thread with limits on time and memory; the thread is ended when one is passed.
 * The time of a mail begins when its turn has come and the thread is up: neither a mail that hangs before it nor the
 * start of the thread that follows counts against it.
 */
export class MailReader {
  private readonly pool: Piscina<Task, InboundVerdict>;
  private turn: Promise<unknown> = Promise.resolve();
  private isUp = false;

  /** @param worker the thread's file beside this one; tests have one that hangs */
  constructor(worker = './read-mail-worker.js') {
    this.pool = new Piscina({
      filename: workerFile(worker, import.meta.url),
      minThreads: 1,
      maxThreads: 1,
      resourceLimits: { maxOldGenerationSizeMb: MEMORY_MB },
    });
  }

  /** @throws Error when the mail passes a limit */
  read(raw: Buffer, envelope: Task['envelope']): Promise<InboundVerdict> {
    const result = this.turn.then(() => this.readNow({ raw, envelope }));
    this.turn = result.catch(() => undefined);
    return result;
  }

  async close(): Promise<void> {
    await this.pool.destroy();
  }

  private async readNow(task: Task): Promise<InboundVerdict> {
    if (!this.isUp) await this.pool.run(EMPTY, { signal: AbortSignal.timeout(START_MS) });
    this.isUp = true;
    try {
      return await this.pool.run(task, { signal: AbortSignal.timeout(WATCHDOG_MS) });
    } catch (error) {
      this.isUp = false;
      throw error;
    }
  }
}
