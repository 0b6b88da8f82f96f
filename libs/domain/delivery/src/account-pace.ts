import { emptyPace, grantTokens, returnTokens, spacingMs, staticShare } from '#engine/pace';
import type { PaceState, RateLimits } from '#engine/pace';
import type { SendingLane } from './lane-limits.js';
import type { PaceStore } from './pace-store.js';
import { SharedClock } from './shared-clock.js';

/** Longest rest of an account at its limit before it is asked again: the limit may have been raised. */
const REST_MAX_MS = 60_000;

/** Leave to send: so many messages, the first at `startMs` (of `performance.now()`), then one every `spacingMs`. */
export interface Leave {
  granted: number;
  startMs: number;
  spacingMs: number;
}

/** What is asked of an account's limits. */
export interface LeaveWanted {
  limits: RateLimits;
  want: number;
  /** Leave of before that was not used and is given back. */
  unused: number;
}

/** The limits of the SMTP accounts, which all senders share. */
export class AccountPace {
  private readonly clock = new SharedClock();

  constructor(private readonly store: PaceStore) {}

  /** Asks for places in the pace of an account; none granted means to ask again after `waitMs`. */
  async leave(
    accountId: string,
    { limits, want, unused }: LeaveWanted,
    { leadMs, aheadMs }: SendingLane,
  ): Promise<Leave & { waitMs: number }> {
    // Nothing to share: no round trip, no row that every slice of every sender locks, and no place to wait for (a lead of
    // 80 ms here held a sender to 3,480 messages a second of 5,100).
    if (Object.keys(limits).length === 0) {
      return { granted: want, startMs: performance.now(), spacingMs: 0, waitMs: 0 };
    }
    return this.store.update<PaceState, Leave & { waitMs: number }>(`account:${accountId}`, (state, nowMs, alone) => {
      const here = alone ? performance.now() : this.clock.read(nowMs, performance.now());
      const own = alone ? staticShare(limits, alone.lost, nowMs, alone.share) : limits;
      const before = returnTokens(state ?? emptyPace(), nowMs, unused);
      if (!own) return { state: before, result: { granted: 0, startMs: 0, spacingMs: 0, waitMs: REST_MAX_MS } };
      const grant = grantTokens(before, own, nowMs + leadMs, want, aheadMs, true);
      const startMs = here + grant.startMs - nowMs;
      const waitMs = Math.min(grant.waitMs, REST_MAX_MS);
      return { state: grant.state, result: { granted: grant.granted, startMs, spacingMs: spacingMs(own), waitMs } };
    });
  }
}
