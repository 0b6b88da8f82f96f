/** Waits after the first, second, … deferral, in seconds; the last one repeats until the campaign's deadline. */
const LADDER = [30, 120, 300, 900, 1_800, 3_600, 7_200, 14_400];

/** Who was deferred only because of the pace waits this long, in seconds: from then on the pace decides. */
const SLOWED = { from: 5, to: 20 };

/** @param random in [0, 1) */
export function slowedDelaySeconds(random: number): number {
  return SLOWED.from + (SLOWED.to - SLOWED.from) * random;
}

/**
 * Exponential backoff with jitter of ±20 %, so that a provider that deferred a thousand does not see them all at once.
 * Greylisting typically asks for 30 s to 5 min (RFC 6647 section 5), which the first steps cover.
 * @param earlierAttempts attempts before the one that was deferred
 * @param random in [0, 1)
 */
export function retryDelaySeconds(earlierAttempts: number, random: number): number {
  const step = LADDER[Math.min(earlierAttempts, LADDER.length - 1)] ?? 30;
  return step * (0.8 + 0.4 * random);
}
