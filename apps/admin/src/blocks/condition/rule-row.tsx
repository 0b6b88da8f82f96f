import { DeleteOutlined } from '@ant-design/icons';
import { Button, Input, InputNumber, Select } from 'antd';
import { useTranslation } from 'react-i18next';
import type { BehaviourRule, FieldRule } from '../document.js';
import { useVariables } from '../../components/variables.js';

type Rule = FieldRule | BehaviourRule;
type Behaviour = BehaviourRule['event'];
type FieldOperator = FieldRule['op'];

const BEHAVIOURS = ['opened', 'clicked', 'replied', 'bought'] as const satisfies Behaviour[];
const OPERATORS = [
  'eq',
  'ne',
  'contains',
  'notContains',
  'startsWith',
  'gt',
  'lt',
  'empty',
  'notEmpty',
] as const satisfies FieldOperator[];

export const isComplete = (rule: Rule): boolean =>
  rule.kind === 'behaviour' ||
  rule.op === 'empty' ||
  rule.op === 'notEmpty' ||
  (rule.value !== null && String(rule.value).trim() !== '');

/** One rule: a field and what it must be, or what somebody did of late. */
export function RuleRow({
  rule,
  missing,
  onChange,
  onRemove,
}: {
  rule: Rule;
  /** Its value has been asked for and is not there. */
  missing: boolean;
  onChange: (rule: Rule) => void;
  onRemove: () => void;
}) {
  const { t } = useTranslation('blocks');
  const variables = useVariables();
  const subject = rule.kind === 'field' ? rule.path : `did:${rule.event}`;
  const choose = (next: string) => {
    if (!next.startsWith('did:')) {
      const kept = rule.kind === 'field' ? rule : { op: 'eq' as const, value: null };
      return onChange({ kind: 'field', path: next, op: kept.op, value: kept.value });
    }
    const kept = rule.kind === 'behaviour' ? rule : { did: true, days: 30, campaignId: null };
    const event = next.slice(4) as Behaviour;
    // An order belongs to no campaign.
    onChange({ ...kept, kind: 'behaviour', event, ...(event === 'bought' ? { campaignId: null } : {}) });
  };
  return (
    <div className="rule-row">
      <Select
        className="rule-subject"
        aria-label={t('condition.subject')}
        value={subject}
        onChange={choose}
        options={[
          {
            label: t('condition.behaviour'),
            options: BEHAVIOURS.map((event) => ({ value: `did:${event}`, label: t(`condition.event.${event}`) })),
          },
          { label: t('condition.fields'), options: variables.map(({ path, label }) => ({ value: path, label })) },
        ]}
      />
      {rule.kind === 'field' ? (
        <>
          <Select<FieldOperator>
            className="rule-op"
            aria-label={t('condition.operator')}
            value={rule.op}
            options={OPERATORS.map((value) => ({ value, label: t(`condition.op.${value}`) }))}
            onChange={(op) => onChange({ ...rule, op, value: op === 'empty' || op === 'notEmpty' ? null : rule.value })}
          />
          {rule.op !== 'empty' && rule.op !== 'notEmpty' && (
            <Input
              className="rule-value"
              aria-label={t('condition.value')}
              value={rule.value === null ? '' : String(rule.value)}
              maxLength={500}
              status={missing ? 'error' : ''}
              aria-invalid={missing}
              placeholder={t('condition.value')}
              onChange={(event) => onChange({ ...rule, value: event.target.value })}
            />
          )}
        </>
      ) : (
        <>
          <Select<'yes' | 'no'>
            className="rule-op"
            aria-label={t('condition.operator')}
            value={rule.did ? 'yes' : 'no'}
            options={[
              { value: 'yes', label: t('condition.yes') },
              { value: 'no', label: t('condition.no') },
            ]}
            onChange={(did) => onChange({ ...rule, did: did === 'yes' })}
          />
          <InputNumber
            className="rule-value"
            aria-label={t('condition.days')}
            prefix={<span className="quiet">{t('condition.within')}</span>}
            suffix={t('condition.dayUnit')}
            min={1}
            max={730}
            value={rule.days}
            onChange={(days) => days && onChange({ ...rule, days: Math.round(days) })}
          />
        </>
      )}
      <Button type="text" icon={<DeleteOutlined />} aria-label={t('condition.removeRule')} onClick={onRemove} />
    </div>
  );
}
