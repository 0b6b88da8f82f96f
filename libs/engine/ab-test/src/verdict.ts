import { upperQuantile, upperTail } from './normal.js';

/** What came of one variant: who got it for good, and how many of them clicked (or opened). */
export interface ArmCounts {
  delivered: number;
  acted: number;
}

/** Two variants side by side. */
export interface Comparison {
  one: number;
  other: number;
  /** Chance of a difference like this or larger between equal variants, corrected for the number of comparisons. */
  p: number;
}

/** Why nobody has won. `too_few`: not enough people or actions to say anything; `not_apart`: chance explains it. */
export type NoWinnerReason = 'too_few' | 'not_apart';
export interface Verdict {
  /** Null: no winner. */
  winner: number | null;
  reason: NoWinnerReason | null;
  comparisons: Comparison[];
}

/** Chance at most of naming a winner among equal variants. */
export const LEVEL = 0.05;
/** Fewer delivered of any variant say nothing. */
export const DELIVERED_MIN = 100;
/** Cochran's rule (1954): the normal approximation needs so many expected of each kind in each group. */
const EXPECTED_MIN = 5;

/**
 * Whether one variant did better than all the others, beyond what chance explains.
 *
 * Each pair is compared by the two-sided test of two proportions with pooled variance and Yates' correction for
 * continuity (Fleiss, Levin and Paik, Statistical Methods for Rates and Proportions, 3rd ed. 2003, section 3.2), and the
 * chances of all pairs are corrected by Holm's method (Scandinavian Journal of Statistics 6, 1979, 65–70). The variant
 * with the highest rate wins if each of its comparisons is below {@link LEVEL}: so equal variants have a winner in at
 * most one test of twenty, however many they are. It holds for one look, at a time fixed before; who looks again and
 * again and stops when it suits finds winners by chance.
 */
export function judgeVariants(arms: readonly ArmCounts[]): Verdict {
  if (tooFew(arms)) return { winner: null, reason: 'too_few', comparisons: [] };
  const comparisons = corrected(pairsOf(arms));
  const rates = arms.map(({ acted, delivered }) => acted / delivered);
  const best = rates.indexOf(Math.max(...rates));
  const itsOwn = comparisons.filter(({ one, other }) => one === best || other === best);
  const won = itsOwn.every(({ p }) => p <= LEVEL);
  return { winner: won ? best : null, reason: won ? null : 'not_apart', comparisons };
}

function tooFew(arms: readonly ArmCounts[]): boolean {
  const delivered = sum(arms.map((arm) => arm.delivered));
  if (arms.length < 2 || delivered === 0) return true;
  const rate = sum(arms.map(({ acted }) => acted)) / delivered;
  const scarce = Math.min(rate, 1 - rate);
  return arms.some((arm) => arm.delivered < DELIVERED_MIN || arm.delivered * scarce < EXPECTED_MIN);
}

function pairsOf(arms: readonly ArmCounts[]): Comparison[] {
  return arms.flatMap((a, one) =>
    arms.slice(one + 1).map((b, ahead) => ({ one, other: one + 1 + ahead, p: chanceOf(a, b) })),
  );
}

/** Two-sided. */
function chanceOf(a: ArmCounts, b: ArmCounts): number {
  const pooled = (a.acted + b.acted) / (a.delivered + b.delivered);
  const parts = 1 / a.delivered + 1 / b.delivered;
  const spread = Math.sqrt(pooled * (1 - pooled) * parts);
  if (spread === 0) return 1;
  const difference = Math.abs(a.acted / a.delivered - b.acted / b.delivered) - parts / 2;
  return Math.min(1, 2 * upperTail(Math.max(0, difference) / spread));
}

/** Holm: the smallest chance counts as often as there are comparisons, the next once less, and none below one before. */
function corrected(pairs: readonly Comparison[]): Comparison[] {
  const byChance = [...pairs].sort((a, b) => a.p - b.p);
  let before = 0;
  const chances = new Map<Comparison, number>();
  for (const [rank, pair] of byChance.entries()) {
    before = Math.max(before, Math.min(1, pair.p * (pairs.length - rank)));
    chances.set(pair, before);
  }
  return pairs.map((pair) => ({ ...pair, p: chances.get(pair) ?? 1 }));
}

/**
 * Between which rates the true one probably lies: Wilson's score interval (1927), 95 %, as Newcombe recommends for
 * single proportions (Statistics in Medicine 17, 1998, 857–872).
 * @returns null where nothing was delivered
 */
export function rateInterval({ acted, delivered }: ArmCounts): { low: number; high: number } | null {
  if (delivered <= 0) return null;
  const z = upperQuantile(0.025);
  const rate = Math.min(1, acted / delivered);
  const scale = 1 + (z * z) / delivered;
  const middle = rate + (z * z) / (2 * delivered);
  const half = z * Math.sqrt((rate * (1 - rate)) / delivered + (z * z) / (4 * delivered * delivered));
  return { low: Math.max(0, (middle - half) / scale), high: Math.min(1, (middle + half) / scale) };
}

function sum(values: readonly number[]): number {
  return values.reduce((total, value) => total + value, 0);
}
