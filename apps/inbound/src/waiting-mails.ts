import type { Logger } from '#platform/logging';

/** Mails taken at a time: four hundred cost as many statements as one. */
export const BATCH_MAILS = 400;
/** While one batch is read another is judged, and a third applied. */
export const BATCHES = 3;
/** More ids than this are not kept: the sweep finds them again. */
const WAITING_MAX = 10_000;

/**
 * The mails that this process has stored and not yet processed, first come, first served: one that comes alone is
 * processed at once, those that come meanwhile are the next batch. All stands in Postgres as well: what is lost here, the
 * sweep of some process finds.
 */
export class WaitingMails {
  private readonly waiting = new Set<string>();
  private readonly inHand = new Set<string>();
  private readonly running = new Set<Promise<void>>();
  private closed = false;

  /** @param work processes some mails */
  constructor(
    private readonly work: (ids: readonly string[]) => Promise<void>,
    private readonly log: Logger,
  ) {}

  add(ids: readonly string[]): void {
    for (const id of ids) {
      if (this.closed || this.waiting.size >= WAITING_MAX) return;
      if (!this.inHand.has(id)) this.waiting.add(id);
      this.start();
    }
  }

  /** Waits for the batches in hand. */
  async close(): Promise<void> {
    this.closed = true;
    this.waiting.clear();
    await Promise.all(this.running);
  }

  private start(): void {
    if (this.running.size >= BATCHES || this.waiting.size === 0) return;
    const batch = this.batches().finally(() => this.running.delete(batch));
    this.running.add(batch);
  }

  private async batches(): Promise<void> {
    await Promise.resolve(); // who adds several has added them all
    while (this.waiting.size > 0) {
      const ids = [...this.waiting].slice(0, BATCH_MAILS);
      for (const id of ids) {
        this.waiting.delete(id);
        this.inHand.add(id);
      }
      await this.work(ids).catch((error: unknown) => this.log.warn({ err: error, ids }, 'mails not processed'));
      for (const id of ids) this.inHand.delete(id);
    }
  }
}
