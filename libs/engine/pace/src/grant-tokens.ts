import type { RateLimits } from '#contracts';
import { WINDOWS, add, current, limitOf, roomAt, total } from './windows.js';
import type { Window, WindowCounts } from './windows.js';

/** What pacing remembers about one account, or one account × provider. Plain JSON, at most about 320 numbers. */
export interface PaceState {
  /** GCRA's theoretical arrival time: epoch milliseconds (with fraction) from which the next token may be used. */
  next: number;
  windows: Partial<Record<keyof RateLimits, WindowCounts>>;
}

export interface Grant {
  state: PaceState;
  /** Messages that may start, the first at `startMs`, each later one `spacingMs(limits)` after the one before. */
  granted: number;
  /** When granted is 0: milliseconds until asking again gives at least one (if nobody else takes it); otherwise 0. */
  waitMs: number;
  /** Epoch milliseconds of the first use; for a grant within `aheadMs` of `nowMs`. */
  startMs: number;
}

/** A grant covers at most this much time, so that a pause or suppression is noticed within it (a slice). */
const GRANT_SPAN = 1_000;
/** Even spacing is stretched by this, so that N + 1 messages never touch both ends of one window. */
const STRETCH = 1.01;
/** The furthest a grant may begin after `nowMs`; also the difference between hosts' clocks that does no harm. */
const AHEAD_MAX = 1_000;
/** Resolution of a millisecond clock held in a double, with room: 1 µs. */
const TICK = 0.001;

export function emptyPace(): PaceState {
  return { next: 0, windows: {} };
}

/**
 * Milliseconds between two messages within a grant and from one grant to the next: 1/perSecond, or 1/perMinute where no
 * limit per second is set, otherwise 0. Hours and days are allowances, not tempos: five messages of 500 a day need not
 * be minutes apart.
 */
export function spacingMs(limits: RateLimits): number {
  if (limits.perSecond !== undefined) return (1_000 / limits.perSecond) * STRETCH;
  if (limits.perMinute !== undefined) return (60_000 / limits.perMinute) * STRETCH;
  return 0;
}

/**
 * Grants up to `want` tokens at `nowMs`, or none and how long to wait. Two rules at once: GCRA spaces the messages
 * evenly and saves nothing up while idle; sliding windows make sure that no second, minute, hour or day holds more than
 * its limit, even if a caller uses a grant all at once. `aheadMs` (at most 1,000) lets a caller fetch its next grant
 * before the present one is used up, so that its own delay costs no throughput. Pure: keep the returned state, whatever
 * was granted. `spread` says that the caller keeps the even spacing within its grants: then no second can hold more than
 * its limit, and its window, which counts a grant as used at once, does not hold the pace back. Throws RangeError for a
 * limit of 0 or less, a `want` that is no positive integer, or a bad `aheadMs`.
 */
export function grantTokens(
  state: PaceState,
  limits: RateLimits,
  nowMs: number,
  want: number,
  aheadMs = 0,
  spread = false,
): Grant {
  if (!Number.isSafeInteger(want) || want < 1) throw new RangeError('want must be an integer of 1 or more.');
  if (!(aheadMs >= 0 && aheadMs <= AHEAD_MAX)) throw new RangeError(`aheadMs must be between 0 and ${AHEAD_MAX}.`);
  const spacing = spacingMs(limits);
  // A later `next` can only come from a clock set back or from a slower limit since relaxed: neither may block for long.
  const horizon = nowMs + AHEAD_MAX + Math.max(GRANT_SPAN, spacing);
  const next = Math.min(state.next, horizon);
  const all = lanesOf(state, limits, nowMs, horizon);
  const lanes = spread ? all.filter(({ window }) => window.name !== 'perSecond') : all;

  let start = Math.max(nowMs, next);
  for (const lane of lanes) start = Math.max(start, earliest(lane, start));
  if (start > nowMs + aheadMs + TICK) {
    const waitMs = Math.ceil((start - aheadMs - nowMs) / TICK) * TICK;
    return { state: stateOf(next, lanes), granted: 0, waitMs, startMs: start };
  }

  let granted = spacing > 0 ? Math.min(want, Math.max(1, Math.floor(GRANT_SPAN / spacing))) : want;
  for (const { window, limit, counts } of lanes) {
    granted = Math.min(granted, limit - total(current(window, counts, start)));
  }
  const used = lanes.map((lane) => {
    // Even spacing keeps the second by itself; its window stands for the caller who uses the grant at once.
    const pace = lane.window.name === 'perSecond' ? 0 : spacing;
    return { ...lane, counts: add(lane.window, lane.counts, start, pace, granted) };
  });
  return { state: stateOf(start + granted * spacing, used), granted, waitMs: 0, startMs: start };
}

interface Lane {
  window: Window;
  limit: number;
  counts: WindowCounts;
}

function lanesOf(state: PaceState, limits: RateLimits, nowMs: number, horizon: number): Lane[] {
  return WINDOWS.flatMap((window) => {
    const limit = limitOf(window, limits);
    if (limit === null) return [];
    const counts = current(window, state.windows[window.name] ?? { from: 0, counts: [] }, nowMs, horizon);
    return [{ window, limit, counts }];
  });
}

/** The first instant from `start` on at which the window has room for one. */
function earliest({ window, limit, counts }: Lane, start: number): number {
  const then = current(window, counts, start);
  return total(then) < limit ? start : roomAt(window, then, limit);
}

function stateOf(next: number, lanes: readonly Lane[]): PaceState {
  return { next, windows: Object.fromEntries(lanes.map(({ window, counts }) => [window.name, counts])) };
}
