import { Piscina } from 'piscina';
import type { InboundVerdict } from '#contracts';
import { workerFile } from '#platform/process';

/** A mail is read within this, or never (security.md: hostile mail ends within a second). */
const WATCHDOG_MS = 1_000;
const MEMORY_MB = 256;

/** Reads mails in a thread with limits on time and memory; the thread is ended when one is passed. */
export class MailReader {
  private readonly pool = new Piscina<object, InboundVerdict>({
    filename: workerFile('./read-mail-worker.js', import.meta.url),
    minThreads: 1,
    maxThreads: 1,
    resourceLimits: { maxOldGenerationSizeMb: MEMORY_MB },
  });

  /** @throws Error when the mail passes a limit */
  read(raw: Buffer, envelope: { recipients: string[]; sender: string | null }): Promise<InboundVerdict> {
    return this.pool.run({ raw, envelope }, { signal: AbortSignal.timeout(WATCHDOG_MS) });
  }

  async close(): Promise<void> {
    await this.pool.destroy();
  }
}
