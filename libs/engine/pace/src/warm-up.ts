import type { RateLimits, WarmupPlan } from '#contracts';

/** Most messages in any 24 hours of the first, second, … day. After the last day only the account's own limits hold. */
export const WARMUP_VOLUMES: Readonly<Record<'gentle' | 'usual' | 'brisk', readonly number[]>> = {
  // Doubles about every three days: a new domain that nobody knows.
  gentle: [
    ...[50, 65, 80, 100, 130, 160, 200, 260, 320, 400, 520, 640, 800, 1_000, 1_300],
    ...[1_600, 2_000, 2_600, 3_200, 4_000, 5_200, 6_400, 8_000, 10_000, 13_000, 16_000, 20_000, 26_000, 32_000, 40_000],
  ],
  // Doubles every two days: a new address at a provider that knows the domain.
  usual: [
    ...[100, 150, 200, 300, 400, 600, 800, 1_200, 1_600, 2_400, 3_200, 4_800, 6_400, 9_600, 12_800],
    ...[19_200, 25_600, 38_400, 51_200, 76_800],
  ],
  // Doubles every day: an account that was used before and has rested.
  brisk: [500, 1_000, 2_000, 4_000, 8_000, 16_000, 32_000, 64_000],
};

const DAY_MS = 86_400_000;
/** Fewer answers than this say nothing. */
const ENOUGH = 50;
/** Shares of the day's answers at which a plan stops itself. */
const REFUSED_MAX = 0.05;
const DEFERRED_MAX = 0.2;

/** Which day of its plan an account is in: 0 for the first one; null before it begins and after it has ended. */
export function warmupDay(plan: WarmupPlan, nowMs: number): number | null {
  const day = Math.floor((nowMs - Date.parse(plan.startAt)) / DAY_MS);
  return day >= 0 && day < volumesOf(plan).length ? day : null;
}

/** Most messages of any 24 hours now; null where the plan does not hold (any more). */
export function warmupVolume(plan: WarmupPlan, nowMs: number): number | null {
  const day = warmupDay(plan, nowMs);
  return day === null ? null : (volumesOf(plan)[day] ?? null);
}

/** The limits of an account as they hold now: its own, and while it warms up the volume of the day. */
export function limitsNow(account: { limits: RateLimits; warmup: WarmupPlan | null }, nowMs: number): RateLimits {
  const { limits, warmup } = account;
  const volume = warmup && warmupVolume(warmup, nowMs);
  return volume === null ? limits : { ...limits, perDay: Math.min(volume, limits.perDay ?? volume) };
}

/** The volumes of a plan, day by day. */
export function volumesOf(plan: WarmupPlan): readonly number[] {
  return plan.preset === 'own' ? plan.volumes : WARMUP_VOLUMES[plan.preset];
}

/**
 * Why a plan must stop by the answers of the last day; null where it may go on. More than 5 % refused means a list or a
 * reputation that more volume makes worse; more than 20 % deferred, a pace that the receivers do not bear.
 */
export function warmupStop(answers: {
  answered: number;
  refused: number;
  deferred: number;
}): { code: 'TOO_MANY_REFUSED' | 'TOO_MANY_DEFERRED'; count: number; of: number } | null {
  const { answered: of, refused, deferred } = answers;
  if (of < ENOUGH) return null;
  if (refused > of * REFUSED_MAX) return { code: 'TOO_MANY_REFUSED', count: refused, of };
  if (deferred > of * DEFERRED_MAX) return { code: 'TOO_MANY_DEFERRED', count: deferred, of };
  return null;
}
