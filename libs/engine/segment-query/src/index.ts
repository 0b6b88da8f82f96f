export { segmentCondition } from './segment-condition.js';
export type { SegmentContext } from './segment-context.js';
export { SqlParameters } from './sql-parameters.js';
export { referencesOf } from './references.js';
export type { Reference } from './references.js';
export { describeRule } from './describe-rule.js';
export type { RuleNames } from './describe-rule.js';
export { BOUNCE_REASON_NAMES } from './words/bounce-reasons.js';
