import type { RateLimits } from '#contracts';

/** What a sliding window remembers: tokens per bucket, the first of which has the number `from`. */
export interface WindowCounts {
  from: number;
  counts: number[];
}

export interface Window {
  name: keyof RateLimits;
  /** Milliseconds. A whole number of buckets. */
  length: number;
  bucket: number;
}

/**
 * A bucket is forgotten only when its last instant has left the window, so a window behaves as if up to one bucket
 * longer: strict, at the price of at most one part in 50 (second), 60 (minute, hour) or 144 (day). 318 numbers in all.
 */
export const WINDOWS: readonly Window[] = [
  { name: 'perSecond', length: 1_000, bucket: 20 },
  { name: 'perMinute', length: 60_000, bucket: 1_000 },
  { name: 'perHour', length: 3_600_000, bucket: 60_000 },
  { name: 'perDay', length: 86_400_000, bucket: 600_000 },
];

/**
 * The counts that still matter at `at`, oldest first and without leading zeros. Buckets after `horizon` can only come
 * from a clock that was set back; they count as of `horizon`, so that such a jump costs one window and no more.
 */
export function current(window: Window, counts: WindowCounts, at: number, horizon = Infinity): WindowCounts {
  const oldest = Math.floor(at / window.bucket) - window.length / window.bucket;
  const newest = Math.floor(horizon / window.bucket);
  const kept: number[] = [];
  let from = 0;
  for (const [index, count] of counts.counts.entries()) {
    const number = Math.min(counts.from + index, newest);
    if (number < oldest || (count === 0 && kept.length === 0)) continue;
    if (kept.length === 0) from = number;
    while (kept.length <= number - from) kept.push(0);
    kept[number - from] = (kept[number - from] ?? 0) + count;
  }
  return { from, counts: kept };
}

export function total(counts: WindowCounts): number {
  return counts.counts.reduce((sum, count) => sum + count, 0);
}

/** The instant at which so many buckets have left that one more token fits; `counts` is current and full. */
export function roomAt(window: Window, counts: WindowCounts, limit: number): number {
  let excess = total(counts) - limit + 1;
  for (const [index, count] of counts.counts.entries()) {
    excess -= count;
    if (excess <= 0) return (counts.from + index + 1) * window.bucket + window.length;
  }
  return 0;
}

/** Adds tokens used one every `spacing` milliseconds from `start` on, each to the bucket of its own instant. */
export function add(
  window: Window,
  counts: WindowCounts,
  start: number,
  spacing: number,
  tokens: number,
): WindowCounts {
  const from = counts.counts.length === 0 ? Math.floor(start / window.bucket) : counts.from;
  const sums = counts.counts.slice();
  for (let done = 0; done < tokens;) {
    const number = Math.max(from, Math.floor((start + done * spacing) / window.bucket));
    const next = spacing > 0 ? Math.ceil(((number + 1) * window.bucket - start) / spacing) : tokens;
    const end = Math.min(tokens, Math.max(next, done + 1));
    while (sums.length <= number - from) sums.push(0);
    sums[number - from] = (sums[number - from] ?? 0) + end - done;
    done = end;
  }
  return { from, counts: sums };
}

/**
 * The limit as a whole number of tokens in the window; null for none. A fraction of perSecond is a mean rate: its second
 * holds the next whole number, and even spacing does the rest. Throws RangeError for a limit that can't be kept.
 */
export function limitOf(window: Window, limits: RateLimits): number | null {
  const limit = limits[window.name];
  if (limit === undefined) return null;
  const second = window.name === 'perSecond';
  if (!(limit >= (second ? Number.MIN_VALUE : 1) && limit <= Number.MAX_SAFE_INTEGER)) {
    throw new RangeError(`${window.name} must be ${second ? 'above 0' : '1 or more'}. Leave it out for no limit.`);
  }
  return second ? Math.ceil(limit) : Math.floor(limit);
}
