import type { RateLimits } from '#contracts';
import { grantTokens } from './grant-tokens.js';
import type { PaceState } from './grant-tokens.js';
import { WINDOWS, current, limitOf, total } from './windows.js';

/**
 * What of each limit is used up now, for people to see, and when (epoch milliseconds) the next message may leave;
 * `nowMs` where that is now. Nothing is taken.
 */
export function usage(
  state: PaceState | null,
  limits: RateLimits,
  nowMs: number,
): { used: RateLimits; nextMs: number } {
  const used: RateLimits = {};
  for (const window of WINDOWS) {
    if (limitOf(window, limits) === null) continue;
    const counts = state?.windows[window.name];
    used[window.name] = counts ? total(current(window, counts, nowMs)) : 0;
  }
  const { startMs } = grantTokens(state ?? { next: 0, windows: {} }, limits, nowMs, 1);
  return { used, nextMs: startMs };
}
