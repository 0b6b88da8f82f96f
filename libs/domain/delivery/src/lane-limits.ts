import { limitsNow } from '#engine/pace';
import type { RateLimits } from '#engine/pace';
import type { SendingAccount } from '#domain/senders';

/** From the last check to the first body: a round trip to Postgres on a busy machine; who comes late has lost a place. */
export const LEAD_MS = 80;
/**
 * A server sees messages later or sooner than they were paced; this much of a second's limit is left free for that,
 * beside the hundredth by which engine/pace stretches the spacing: together 97.5 % of a limit are used.
 */
const JITTER = 0.015;

/** How a lane asks: triggered mail has few connections of its own and looks further ahead than any campaign may. */
export interface SendingLane {
  /** Most connections per account; null: a part of the account's (`laneConnections`). */
  connections: number | null;
  /** Time between the leave and its first message. */
  leadMs: number;
  /** Leave is asked for up to this long before the pace has room. Who looks further ahead is never behind the others. */
  aheadMs: number;
  /** Part of a minute's, hour's and day's limit left to triggered mail where the workspace has any of late; 0 to 1. */
  leavesShare: number;
}

/** Campaigns ask ahead, so that waiting costs no throughput. */
export const CAMPAIGN_LANE: SendingLane = { connections: null, leadMs: LEAD_MS, aheadMs: 250, leavesShare: 0.1 };

/** The limits of an account that a lane keeps to now, by its warm-up and with `share` left to another lane. */
export function laneLimits(account: Pick<SendingAccount, 'limits' | 'warmup'>, share: number): RateLimits {
  return leaveShare(leaveRoom(limitsNow(account, Date.now())), share);
}

/** Of a second nothing is left over: who asks further ahead has the next place anyway. */
function leaveShare(limits: RateLimits, share: number): RateLimits {
  if (share === 0) return limits;
  const left = { ...limits };
  for (const window of ['perMinute', 'perHour', 'perDay'] as const) {
    const limit = limits[window];
    if (limit !== undefined) left[window] = Math.max(1, Math.floor(limit * (1 - share)));
  }
  return left;
}

function leaveRoom(limits: RateLimits): RateLimits {
  return limits.perSecond === undefined ? limits : { ...limits, perSecond: limits.perSecond * (1 - JITTER) };
}
