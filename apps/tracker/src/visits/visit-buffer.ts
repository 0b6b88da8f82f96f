import { setTimeout as sleep } from 'node:timers/promises';
import type { Logger } from '#platform/logging';
import type { Visit } from '#domain/feedback';

/** A visit waits this long for others to share its transaction with. */
const GATHER_MS = 5;
const BATCH = 500;
/** Visits kept while the database is away; beyond this the newest are not counted. */
const KEPT = 100_000;
/** A reader is answered after this at the latest, whatever the database does. */
const ANSWER_MS = 1_000;
const RETRY_MS = [100, 250, 500, 1_000, 2_000];

interface Batch {
  visits: Visit[];
  /** Resolves when the batch is committed, or when its readers have waited long enough. */
  answered: Promise<void>;
  answer: () => void;
  timer: NodeJS.Timeout;
}

/**
 * Gathers visits and writes them in batches, one transaction at a time. What was answered is committed, except while
 * the database is away: then readers are answered after a second, and the visits wait in memory.
 */
export class VisitBuffer {
  private readonly queue: Batch[] = [];
  private pumping = false;
  /** The batch on its way; a new visit goes into the next one. */
  private writing: Batch | undefined;
  private closed = false;
  private wake: AbortController | undefined;
  /** Visits that wait for their commit. */
  size = 0;
  /** Visits committed since the start. */
  written = 0;
  /** Visits nobody could keep. */
  dropped = 0;

  constructor(
    private readonly write: (visits: Visit[]) => Promise<void>,
    private readonly log: Logger,
  ) {}

  /** Resolves when the visit is committed, or after a second. Never rejects. */
  add(visit: Visit): Promise<void> {
    if (this.size >= KEPT) {
      this.dropped += 1;
      return Promise.resolve();
    }
    this.size += 1;
    let batch = this.queue.at(-1);
    if (!batch || batch === this.writing || batch.visits.length >= BATCH) batch = this.open();
    batch.visits.push(visit);
    if (!this.pumping) this.start();
    return batch.answered;
  }

  /** Writes what is left; gives up after `graceMs`. */
  async close(graceMs: number): Promise<void> {
    this.closed = true;
    this.wake?.abort();
    const deadline = performance.now() + graceMs;
    while (this.size > 0 && performance.now() < deadline) await sleep(10);
    if (this.size > 0) this.log.error({ visits: this.size }, 'visits were lost: the database did not take them');
  }

  private open(): Batch {
    let answer: () => void = () => undefined;
    const answered = new Promise<void>((resolve) => (answer = resolve));
    const batch = { visits: [], answered, answer, timer: setTimeout(answer, ANSWER_MS) };
    this.queue.push(batch);
    return batch;
  }

  private start(): void {
    this.pumping = true;
    setTimeout(() => void this.pump(), GATHER_MS);
  }

  private async pump(): Promise<void> {
    for (;;) {
      this.writing = this.queue[0];
      if (!this.writing) break;
      await this.writeOut(this.writing);
      this.queue.shift();
      clearTimeout(this.writing.timer);
      this.writing.answer();
    }
    this.pumping = false;
  }

  /**
   * Writes a batch, however often it takes. A visit that Postgres can't store (SQLSTATE class 22) must not keep the
   * others from being counted: it is found by halving.
   */
  private async writeOut({ visits }: Batch): Promise<void> {
    let failures = 0;
    for (let part = visits.length; visits.length > 0;) {
      const some = visits.slice(0, part);
      try {
        await this.write(some);
        this.written += some.length;
      } catch (error) {
        const unstorable = String((error as { code?: unknown }).code ?? '').startsWith('22');
        if (unstorable && some.length > 1) {
          part = some.length >> 1;
          continue;
        }
        if (!unstorable) {
          if (failures === 0) this.log.warn({ err: error, visits: this.size }, 'visits wait for the database');
          await this.pause(RETRY_MS[Math.min(failures, RETRY_MS.length - 1)] ?? 0);
          failures += 1;
          continue;
        }
        this.dropped += 1;
        this.log.error({ err: error, recipient: some[0]?.recipient }, 'a visit can not be stored');
      }
      failures = 0;
      visits.splice(0, some.length);
      this.size -= some.length;
      part = visits.length;
    }
  }

  private async pause(ms: number): Promise<void> {
    if (this.closed) return void (await sleep(50));
    this.wake = new AbortController();
    await sleep(ms, undefined, { signal: this.wake.signal }).catch(() => undefined);
  }
}
