import { DeleteOutlined } from '@ant-design/icons';
import { Button, Select, type SelectProps } from 'antd';
import { useId, type ReactNode } from 'react';
import { useTranslation } from 'react-i18next';
import type { SegmentCondition } from '#contracts';
import { ActivityFields, RecipientFields } from './behaviour-fields.js';
import { ConsentFields, ListFields, MemberFields, ProviderFields, TagFields } from './choice-fields.js';
import { useRule } from './rule-context.js';
import { conditionAbout, placeOf, subjectId, type Path, type Subject } from './rule-tree.js';
import { PeriodFields, TestFields } from './test-fields.js';
import { useSubjects } from './use-subjects.js';

/** One condition: what it is about, how it is asked, and the value. */
export function ConditionRow({ condition, path }: { condition: SegmentCondition; path: Path }) {
  const { t } = useTranslation('segments');
  const { change, errorAt } = useRule();
  const { options, byId } = useSubjects(condition);
  const errorId = useId();
  const error = errorAt(path);
  const place = placeOf(path);
  return (
    <div
      className="rule-row"
      role="group"
      aria-label={t('rowAt', { place })}
      aria-describedby={error ? errorId : undefined}
      data-invalid={Boolean(error)}
    >
      <div className="rule-fields">
        <Select<string>
          className="rule-subject"
          aria-label={t('subjectOf', { place })}
          value={subjectId(condition as Subject)}
          showSearch={{ filterOption: namesIt }}
          popupMatchSelectWidth={260}
          options={options}
          onChange={(id) => {
            const subject = byId.get(id);
            if (subject) change(path, conditionAbout(subject));
          }}
        />
        <Fields condition={condition} onChange={(node) => change(path, node)} />
      </div>
      <Button
        type="text"
        className="rule-remove"
        icon={<DeleteOutlined />}
        aria-label={t('removeRow', { place })}
        onClick={() => change(path, null)}
      />
      {error && (
        <div id={errorId} className="field-error rule-error">
          {error}
        </div>
      )}
    </div>
  );
}

/** By its own name only: the heading “Lists and tags” would bring the lists along when somebody types “tag”. */
function namesIt(typed: string, option?: NonNullable<SelectProps['options']>[number]): boolean {
  return !option?.options && String(option?.label).toLowerCase().includes(typed.trim().toLowerCase());
}

interface FieldsProps {
  condition: SegmentCondition;
  onChange: (condition: SegmentCondition) => void;
}

function Fields({ condition, onChange }: FieldsProps): ReactNode {
  switch (condition.kind) {
    case 'property':
      return (
        <TestFields
          type={condition.property === 'locale' ? 'locale' : 'text'}
          test={condition.test}
          onChange={(test) => onChange({ ...condition, test: test as typeof condition.test })}
        />
      );
    case 'field':
      return (
        <TestFields
          type={condition.type}
          test={condition.test}
          onChange={(test) => onChange({ ...condition, test } as SegmentCondition)}
        />
      );
    case 'created':
      return <PeriodFields period={condition.when} onChange={(when) => onChange({ ...condition, when })} />;
    case 'tag':
      return <TagFields condition={condition} onChange={onChange} />;
    case 'list':
      return <ListFields condition={condition} onChange={onChange} />;
    case 'consent':
      return <ConsentFields condition={condition} onChange={onChange} />;
    case 'status':
    case 'suppressed':
      return <MemberFields condition={condition} onChange={onChange} />;
    case 'provider':
      return <ProviderFields condition={condition} onChange={onChange} />;
    case 'activity':
      return <ActivityFields condition={condition} onChange={onChange} />;
    case 'recipient':
      return <RecipientFields condition={condition} onChange={onChange} />;
  }
}
