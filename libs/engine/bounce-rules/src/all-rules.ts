/** The rules in the order in which they are asked: the most particular words first. */
import { CHINESE_RULES } from './rules/chinese.js';
import { EARLY_TRANSPORT_RULES, TRANSPORT_RULES } from './rules/transport.js';
import { LATE_POLICY_RULES, POLICY_RULES } from './rules/policy.js';
import { PROVIDER_RULES } from './rules/providers.js';
import { RECIPIENT_RULES } from './rules/recipient.js';
import type { BounceRule } from './rule.js';

/** Words that outweigh any status: providers use `5.1.1` for limits and `5.7.1` for unknown users. */
export const PARTICULAR_RULES: readonly BounceRule[] = [
  ...CHINESE_RULES,
  ...PROVIDER_RULES,
  ...EARLY_TRANSPORT_RULES,
  ...POLICY_RULES,
];

/** Words that count only where no telling status stands beside them. */
export const GENERAL_RULES: readonly BounceRule[] = [...RECIPIENT_RULES, ...LATE_POLICY_RULES, ...TRANSPORT_RULES];

export const ALL_RULES: readonly BounceRule[] = checked([...PARTICULAR_RULES, ...GENERAL_RULES]);

/** Refuses a table that would misbehave at run time: double ids, stateful or unbounded patterns. */
function checked(rules: BounceRule[]): BounceRule[] {
  const ids = new Set<string>();
  for (const { id, pattern } of rules) {
    if (ids.has(id)) throw new Error(`Bounce rule ${id} stands twice; give one of them another id.`);
    if (pattern.flags !== '')
      throw new Error(`Bounce rule ${id}: flags are not allowed, the text is lower-cased already.`);
    if (/(?:[^\\]|^)(?:\.|\]|\))[*+]/.test(pattern.source)) {
      throw new Error(`Bounce rule ${id}: write a bounded quantifier such as {0,40} instead of * or +.`);
    }
    ids.add(id);
  }
  return rules;
}
