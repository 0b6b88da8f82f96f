import { useTranslation } from 'react-i18next';
import type { BehaviourRule, Condition, FieldRule, RuleGroup } from '../document.js';
import { useLabelOf } from '../../components/variables.js';

/** A condition as a sentence. */
export function useConditionWords(): (condition: Condition) => string {
  const { t } = useTranslation('blocks');
  const labelOf = useLabelOf();
  const field = ({ path, op, value }: FieldRule) =>
    t(`condition.words.${op}`, { field: labelOf(path), value: value === null ? '' : String(value) });
  const behaviour = ({ event, did, days, campaignId }: BehaviourRule) =>
    t(did ? `condition.did.${event}` : `condition.didNot.${event}`, { count: days }) +
    (campaignId ? t('condition.ofCampaign') : '');
  const joined = (match: 'all' | 'any', parts: string[]) => parts.join(t(`condition.join.${match}`));
  const one = (rule: FieldRule | BehaviourRule | RuleGroup): string => {
    if (rule.kind === 'field') return field(rule);
    if (rule.kind === 'behaviour') return behaviour(rule);
    return t('condition.group', { rules: joined(rule.match, rule.rules.map(one)) });
  };
  return ({ match, rules }) => t('condition.sentence', { rules: joined(match, rules.map(one)) });
}
