import { Injectable } from '@nestjs/common';
import type { OnModuleDestroy } from '@nestjs/common';
import { Piscina } from 'piscina';
import type { MailAttachment } from '#engine/dsn';
import { workerFile } from '#platform/process';
import type { ContentAnswer, ContentTask, ScreenContent } from './read-content-worker.js';

/** Two seconds: one for the mail (security.md), one for a thread that has to start on a busy machine. */
const WATCHDOG_MS = 2_000;
const START_MS = 30_000;
const MEMORY_MB = 256;

/** Takes stored mails apart for people, in a thread with limits on time and memory. */
@Injectable()
export class ContentReader implements OnModuleDestroy {
  private pool: Piscina<ContentTask, ContentAnswer> | undefined;
  private turn: Promise<unknown> = Promise.resolve();

  /** @returns null when the mail passes a limit: then only its raw text is there */
  async content(raw: Buffer): Promise<ScreenContent | null> {
    const answer = await this.inTurn({ raw, want: 'content' });
    return answer?.type === 'content' ? answer.content : null;
  }

  /** Its HTML with the images of the web; null where there is none, or the mail passes a limit. */
  async page(raw: Buffer): Promise<string | null> {
    const answer = await this.inTurn({ raw, want: 'page' });
    return answer?.type === 'page' ? answer.html : null;
  }

  /** @returns null where there is no such part, or the mail passes a limit */
  async attachment(raw: Buffer, part: number): Promise<{ file: MailAttachment; bytes: Uint8Array } | null> {
    const answer = await this.inTurn({ raw, want: 'attachment', part });
    return answer?.type === 'attachment' ? answer.file : null;
  }

  async onModuleDestroy(): Promise<void> {
    await this.pool?.destroy();
  }

  /** One after another, so that the time of a mail does not run while another is read. */
  private inTurn(task: ContentTask): Promise<ContentAnswer | null> {
    const result = this.turn.then(() => this.read(task));
    this.turn = result.catch(() => undefined);
    return result;
  }

  private async read(task: ContentTask): Promise<ContentAnswer | null> {
    const isNew = this.pool === undefined;
    this.pool ??= new Piscina({
      filename: workerFile('./read-content-worker.js', import.meta.url),
      minThreads: 0,
      maxThreads: 1,
      idleTimeout: 60_000,
      resourceLimits: { maxOldGenerationSizeMb: MEMORY_MB },
    });
    try {
      return await this.pool.run(task, { signal: AbortSignal.timeout(isNew ? START_MS : WATCHDOG_MS) });
    } catch {
      // The thread was ended; the next one is new and may take its time to load.
      const ended = this.pool;
      this.pool = undefined;
      await ended.destroy();
      return null;
    }
  }
}
