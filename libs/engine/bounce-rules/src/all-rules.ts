/** The rules in the order in which they are asked: the most particular words first. */
import { CHINESE_RULES } from './rules/chinese.js';
import { POLICY_RULES } from './rules/policy.js';
import { PROVIDER_RULES } from './rules/providers.js';
import { RECIPIENT_RULES } from './rules/recipient.js';
import { TRANSPORT_RULES } from './rules/transport.js';
import type { BounceRule } from './rule.js';

export const ALL_RULES: readonly BounceRule[] = checked([
  ...CHINESE_RULES,
  ...PROVIDER_RULES,
  ...RECIPIENT_RULES,
  ...POLICY_RULES,
  ...TRANSPORT_RULES,
]);

/** Refuses a table that would misbehave at run time: double ids, stateful or unbounded patterns. */
function checked(rules: BounceRule[]): BounceRule[] {
  const ids = new Set<string>();
  for (const { id, pattern } of rules) {
    if (ids.has(id)) throw new Error(`Bounce rule ${id} stands twice; give one of them another id.`);
    if (pattern.flags !== '')
      throw new Error(`Bounce rule ${id}: flags are not allowed, the text is lower-cased already.`);
    if (/\.[*+]/.test(pattern.source)) throw new Error(`Bounce rule ${id}: write .{0,n} instead of .* or .+`);
    ids.add(id);
  }
  return rules;
}
