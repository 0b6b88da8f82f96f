import { PlusOutlined } from '@ant-design/icons';
import { Button, Modal, Segmented } from 'antd';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { DOCUMENT_LIMITS, type BehaviourRule, type Condition, type FieldRule, type RuleGroup } from '../document.js';
import { useConditionWords } from './condition-words.js';
import { RuleRow, isComplete } from './rule-row.js';

type Rule = FieldRule | BehaviourRule;
const FRESH: Rule = { kind: 'behaviour', event: 'opened', did: true, days: 30, campaignId: null };
const everyRule = (rules: (Rule | RuleGroup)[]): Rule[] =>
  rules.flatMap((rule) => (rule.kind === 'group' ? rule.rules : [rule]));

/** Who sees a part of the mail: rules on fields and on what people did, and groups of them; told as a sentence too. */
export default function ConditionDialog({
  value,
  onSave,
  onClose,
}: {
  value: Condition | null;
  onSave: (condition: Condition | null) => void;
  onClose: () => void;
}) {
  const { t } = useTranslation('blocks');
  const words = useConditionWords();
  const [draft, setDraft] = useState<Condition>(value ?? { match: 'all', rules: [FRESH] });
  const [asked, setAsked] = useState(false);
  const complete = everyRule(draft.rules).every(isComplete);
  const put = (rules: Condition['rules']) => setDraft({ ...draft, rules });
  const replace = (at: number, rule: Rule | RuleGroup | null) =>
    put(draft.rules.flatMap((old, index) => (index !== at ? [old] : rule === null ? [] : [rule])));
  const full = draft.rules.length >= DOCUMENT_LIMITS.rules;
  const save = () => {
    if (draft.rules.length === 0) return onSave(null);
    if (!complete) return setAsked(true);
    onSave(draft);
  };
  return (
    <Modal
      open
      title={t('condition.title')}
      width={720}
      onCancel={onClose}
      onOk={save}
      okText={t('condition.save')}
      cancelText={t('cancel')}
    >
      <p className="quiet">{t('condition.help')}</p>
      <Match value={draft.match} onChange={(match) => setDraft({ ...draft, match })} />
      <div className="rules">
        {draft.rules.map((rule, index) =>
          rule.kind === 'group' ? (
            <Group key={index} group={rule} asked={asked} onChange={(next) => replace(index, next)} />
          ) : (
            <RuleRow
              key={index}
              rule={rule}
              missing={asked && !isComplete(rule)}
              onChange={(next) => replace(index, next)}
              onRemove={() => replace(index, null)}
            />
          ),
        )}
      </div>
      <div className="row-actions">
        <Button size="small" icon={<PlusOutlined />} disabled={full} onClick={() => put([...draft.rules, FRESH])}>
          {t('condition.addRule')}
        </Button>
        <Button
          size="small"
          icon={<PlusOutlined />}
          disabled={full}
          onClick={() => put([...draft.rules, { kind: 'group', match: 'any', rules: [FRESH] }])}
        >
          {t('condition.addGroup')}
        </Button>
      </div>
      {asked && !complete && (
        <p className="field-error" role="alert">
          {t('condition.incomplete')}
        </p>
      )}
      <p className="condition-words" aria-live="polite">
        {draft.rules.length === 0 ? t('visibility.everyone') : complete ? words(draft) : t('condition.unfinished')}
      </p>
      {everyRule(draft.rules).some((rule) => rule.kind === 'behaviour' && rule.event === 'bought') && (
        <p className="quiet">{t('condition.orders')}</p>
      )}
    </Modal>
  );
}

function Match({ value, onChange }: { value: 'all' | 'any'; onChange: (match: 'all' | 'any') => void }) {
  const { t } = useTranslation('blocks');
  return (
    <Segmented<'all' | 'any'>
      size="small"
      aria-label={t('condition.match')}
      value={value}
      onChange={onChange}
      options={(['all', 'any'] as const).map((match) => ({ value: match, label: t(`condition.${match}`) }))}
    />
  );
}

function Group({
  group,
  asked,
  onChange,
}: {
  group: RuleGroup;
  asked: boolean;
  onChange: (group: RuleGroup | null) => void;
}) {
  const { t } = useTranslation('blocks');
  const put = (rules: Rule[]) => onChange(rules.length === 0 ? null : { ...group, rules });
  return (
    <div className="rule-group">
      <Match value={group.match} onChange={(match) => onChange({ ...group, match })} />
      {group.rules.map((rule, index) => (
        <RuleRow
          key={index}
          rule={rule}
          missing={asked && !isComplete(rule)}
          onChange={(next) => put(group.rules.map((old, at) => (at === index ? next : old)))}
          onRemove={() => put(group.rules.filter((_, at) => at !== index))}
        />
      ))}
      <Button
        size="small"
        type="dashed"
        icon={<PlusOutlined />}
        disabled={group.rules.length >= DOCUMENT_LIMITS.rules}
        onClick={() => put([...group.rules, FRESH])}
      >
        {t('condition.addRule')}
      </Button>
    </div>
  );
}
