import type { DocBehaviourRule, DocCondition, DocFieldRule, DocRuleGroup } from '#contracts';
import type { BehaviourTest } from '#engine/render';

type Rule = DocFieldRule | DocBehaviourRule | DocRuleGroup;

/** What a sub-expression may be long: a tag of the template language is at most 2,000 characters. */
const EXPRESSION_MAX = 1_900;

/** The condition as a Handlebars expression, and what of behaviour it asks; null if it is too long for one tag. */
export function conditionTemplate(condition: DocCondition): { expression: string; behaviours: BehaviourTest[] } | null {
  const behaviours: BehaviourTest[] = [];
  const expression = combined(condition.match, condition.rules, behaviours);
  return expression.length > EXPRESSION_MAX ? null : { expression, behaviours };
}

function combined(match: 'all' | 'any', rules: readonly Rule[], behaviours: BehaviourTest[]): string {
  const parts = rules.map((rule) => ruleTemplate(rule, behaviours));
  return parts.length === 1 ? (parts[0] ?? '') : `(${match === 'all' ? 'and' : 'or'} ${parts.join(' ')})`;
}

function ruleTemplate(rule: Rule, behaviours: BehaviourTest[]): string {
  switch (rule.kind) {
    case 'group':
      return combined(rule.match, rule.rules, behaviours);
    case 'field':
      return fieldTemplate(rule);
    case 'behaviour': {
      const { event, days, campaignId } = rule;
      const key = `${event}_${days}${campaignId ? `_${campaignId}` : ''}`;
      behaviours.push({ key, event, days, campaignId });
      return rule.did ? `behaviour.${key}` : `(not behaviour.${key})`;
    }
  }
}

function fieldTemplate({ path, op, value }: DocFieldRule): string {
  const wanted = value === null ? '""' : typeof value === 'string' ? literal(value) : String(value);
  switch (op) {
    case 'empty':
      return `(empty ${path})`;
    case 'notEmpty':
      return `(not (empty ${path}))`;
    case 'notContains':
      return `(not (contains ${path} ${wanted}))`;
    case 'eq':
    case 'ne':
    case 'gt':
    case 'lt':
    case 'contains':
    case 'startsWith':
      return `(${op} ${path} ${wanted})`;
  }
}

/**
 * Text as a string of the template language, which knows one escape, that of the quote: a backslash right before it or
 * at the end would be read as such, and becomes the full-width one.
 */
export function literal(text: string): string {
  const safe = text.replace(/[\u0000-\u001f\u007f]+/g, ' ').replace(/\\(?="|$)/g, '＼');
  return `"${safe.replace(/"/g, '\\"')}"`;
}
