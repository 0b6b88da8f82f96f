import type { Logger } from '#platform/logging';
import { LEASE_SECONDS } from './claim-batch.js';

/** What a lease is on: a claimed batch of a campaign, or a claim on triggered messages. */
export interface Leased {
  id: string;
  fence: string;
}

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
export class Leases<T extends Leased = Leased> {
  private readonly held = new Map<string, { leased: T; until: number }>();
  private timer: NodeJS.Timeout | undefined;

  /** @param prolong renews leases in Postgres; returns the ids of those still owned under their fence */
  constructor(
    private readonly prolong: (leased: readonly T[]) => Promise<Set<string>>,
    private readonly log: Logger,
  ) {}

  start(): void {
    this.timer = setInterval(() => void this.renew(), (LEASE_SECONDS * 1000) / 4);
  }

  stop(): void {
    clearInterval(this.timer);
  }

  /** @param claimedAt `performance.now()` from before the claim was sent */
  hold(leased: T, claimedAt: number): HeldLease {
    const entry = { leased, until: claimedAt + LEASE_SECONDS * 1000 };
    this.held.set(leased.id, entry);
    return {
      holds: () => this.held.get(leased.id) === entry && entry.until > performance.now(),
      release: () => this.forget(entry),
    };
  }

  private async renew(): Promise<void> {
    if (this.held.size === 0) return;
    const asked = performance.now();
    const entries = [...this.held.values()];
    try {
      const kept = await this.prolong(entries.map((entry) => entry.leased));
      for (const entry of entries) {
        if (kept.has(entry.leased.id)) entry.until = asked + LEASE_SECONDS * 1000;
        else this.forget(entry);
      }
    } catch (error) {
      // Not renewed means it ends by itself: the owner stops writing, and nothing is sent twice.
      this.log.warn({ err: error }, 'leases not renewed');
    }
  }

  /** Another lane may have claimed the same again since: only this very claim is forgotten. */
  private forget(entry: { leased: T }): void {
    if (this.held.get(entry.leased.id) === entry) this.held.delete(entry.leased.id);
  }
}
