import type { RateLimits } from '#contracts';
import type { PaceState } from './grant-tokens.js';
import { WINDOWS, current, limitOf, total } from './windows.js';

/**
 * The part of its limits that one of several senders may use by itself while the store that they share is away: of
 * the second a part, of the longer windows a part of what was left when it was last heard of.
 * @param lost the shared state as it was last seen
 * @param share above 0, at most 1
 * @returns null while nothing is left of some window
 */
export function staticShare(
  limits: RateLimits,
  lost: PaceState | null,
  nowMs: number,
  share: number,
): RateLimits | null {
  const own: RateLimits = {};
  for (const window of WINDOWS) {
    const limit = limitOf(window, limits);
    if (limit === null) continue;
    if (window.name === 'perSecond') {
      own.perSecond = (limits.perSecond ?? limit) * share;
      continue;
    }
    const counts = lost?.windows[window.name];
    const left = limit - (counts ? total(current(window, counts, nowMs)) : 0);
    if (left <= 0) return null;
    own[window.name] = Math.max(1, Math.floor(left * share));
  }
  return own;
}
