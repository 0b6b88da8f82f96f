export { HELD_OUT, REST, armSizes, splitCycle } from './split.js';
export type { AbShares } from './split.js';
export { SPREAD_DAYS, timeProblems } from './send-times.js';
export type { SendTimes, TimeProblem } from './send-times.js';
export { detectableRise, neededPerVariant } from './sample-size.js';
export { LEVEL, judgeVariants, rateInterval } from './verdict.js';
export type { ArmCounts, Comparison, NoWinnerReason, Verdict } from './verdict.js';
