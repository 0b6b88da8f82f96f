import { timeProblems, type TimeProblem } from '#engine/ab-test';
import type { AbTest } from './ab-query.js';

/** When the campaign, and with it variant A, is to leave. */
export interface Departure {
  /** Milliseconds since 1970; null while it leaves as soon as it is started, or has no date yet. */
  at: number | null;
  /** The zone in which its times are chosen and shown. */
  zone: string;
}

type Variants = Pick<AbTest, 'variants'>;

/** Whether a test compares send times. */
export function testsTimes({ variants }: Variants): boolean {
  return variants.some(({ sendAt }) => sendAt !== null);
}

/** What is wrong with the times of B, C and D; null where nothing is. @param begins null: when that is is open */
export function problemsOf({ variants }: Variants, begins: number | null, now: number): (TimeProblem | null)[] {
  return timeProblems({ now, begins, others: variants.map(({ sendAt }) => Date.parse(sendAt ?? '')) });
}
