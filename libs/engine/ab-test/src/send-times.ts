/** Variants of a test of send times are this far apart at most. */
export const SPREAD_DAYS = 7;
const SPREAD_MS = SPREAD_DAYS * 86_400_000;

/** Why a variant can't leave at its time. `early`: not after that of A, which comes first; `far`: too long after it. */
export type TimeProblem = 'past' | 'early' | 'far';

/** When a test of send times sends. All in milliseconds since 1970. */
export interface SendTimes {
  now: number;
  /** When A leaves, which is the campaign's own time; null while that is not settled. */
  begins: number | null;
  /** Those of B, C and D. */
  others: readonly number[];
}

/** What is wrong with the time of each variant beside A; null where nothing is. */
export function timeProblems({ now, begins, others }: SendTimes): (TimeProblem | null)[] {
  return others.map((at) => {
    if (at <= now) return 'past';
    if (begins === null) return null;
    if (at <= begins) return 'early';
    return at > begins + SPREAD_MS ? 'far' : null;
  });
}
