import type { Logger } from '#platform/logging';
import type { Database } from '#platform/database';
import { LEASE_SECONDS, renewLeases } from './claim-batch.js';
import type { ClaimedBatch } from './claim-batch.js';

/** A lease as its owner sees it. */
export interface HeldLease {
  /** True while the owner may write to the wire; by the monotonic clock, asked in the same tick as the write. */
  holds(): boolean;
  release(): void;
}

/**
 * The leases of this process. The local end of a lease is counted from before the statement that granted it was sent,
 * so it always comes before the end that Postgres sees.
 */
export class Leases {
  private readonly held = new Map<string, { batch: ClaimedBatch; until: number }>();
  private timer: NodeJS.Timeout | undefined;

  constructor(
    private readonly db: Database,
    private readonly owner: string,
    private readonly log: Logger,
  ) {}

  start(): void {
    this.timer = setInterval(() => void this.renew(), (LEASE_SECONDS * 1000) / 4);
  }

  stop(): void {
    clearInterval(this.timer);
  }

  /** @param claimedAt `performance.now()` from before the claim was sent */
  hold(batch: ClaimedBatch, claimedAt: number): HeldLease {
    const entry = { batch, until: claimedAt + LEASE_SECONDS * 1000 };
    this.held.set(batch.id, entry);
    return {
      holds: () => this.held.get(batch.id) === entry && entry.until > performance.now(),
      release: () => this.forget(entry),
    };
  }

  private async renew(): Promise<void> {
    if (this.held.size === 0) return;
    const asked = performance.now();
    const entries = [...this.held.values()];
    try {
      const kept = await renewLeases(
        this.db,
        this.owner,
        entries.map((entry) => entry.batch),
      );
      for (const entry of entries) {
        if (kept.has(entry.batch.id)) entry.until = asked + LEASE_SECONDS * 1000;
        else this.forget(entry);
      }
    } catch (error) {
      // Not renewed means it ends by itself: the owner stops writing, and nothing is sent twice.
      this.log.warn({ err: error }, 'leases not renewed');
    }
  }

  /** Another lane may have claimed the batch again since: only this very claim is forgotten. */
  private forget(entry: { batch: ClaimedBatch }): void {
    if (this.held.get(entry.batch.id) === entry) this.held.delete(entry.batch.id);
  }
}
