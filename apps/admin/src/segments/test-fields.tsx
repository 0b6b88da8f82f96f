import { DatePicker, Input, InputNumber, Select } from 'antd';
import dayjs from 'dayjs';
import { useTranslation } from 'react-i18next';
import type { z } from 'zod';
import type { BooleanTest, DateTest, FieldType, NumberTest, SegmentPeriod, TextTest } from '#contracts';

type Period = z.infer<typeof SegmentPeriod>;
export type Test =
  | z.infer<typeof TextTest>
  | z.infer<typeof NumberTest>
  | z.infer<typeof BooleanTest>
  | z.infer<typeof DateTest>
  | Period;
type Kind = FieldType | 'locale' | 'period';

/** How each type of value can be asked, what is asked most first. */
const OPERATORS: Record<Kind, readonly Test['op'][]> = {
  text: ['is', 'is_not', 'contains', 'contains_not', 'starts_with', 'ends_with', 'set', 'empty'],
  locale: ['is', 'is_not', 'set', 'empty'],
  number: ['eq', 'ne', 'gt', 'gte', 'lt', 'lte', 'between', 'set', 'empty'],
  boolean: ['is', 'set', 'empty'],
  date: [
    ...(['anniversary_today', 'anniversary_this_month', 'anniversary_in_next', 'today', 'this_month'] as const),
    ...(['in_last', 'before_last', 'in_next', 'on', 'before', 'after', 'between', 'set', 'empty'] as const),
  ],
  period: ['ever', 'in_last', 'before_last', 'today', 'this_month', 'on', 'before', 'after', 'between'],
};

/** The same question by another operator: what was typed stays where it fits. */
function withOperator(kind: Kind, op: Test['op'], old: Test): Test {
  const before = old as { value?: unknown; values?: string[]; date?: string; from?: unknown; days?: number };
  const typed = typeof before.value === 'string' ? before.value : (before.values?.[0] ?? '');
  if (kind === 'text' || kind === 'locale') {
    if (op === 'is' || op === 'is_not') return { op, values: before.values ?? (typed ? [typed] : []) };
    if (op === 'set' || op === 'empty') return { op };
    return { op, value: typed } as Test;
  }
  if (kind === 'boolean') return op === 'is' ? { op, value: true } : ({ op } as Test);
  if (op === 'between') {
    const from = kind === 'number' ? (before.value ?? NaN) : (before.date ?? '');
    return { op, from, to: kind === 'number' ? NaN : '' } as Test;
  }
  if (kind === 'number') {
    if (op === 'set' || op === 'empty') return { op };
    return { op, value: typeof before.value === 'number' ? before.value : (before.from ?? NaN) } as Test;
  }
  if (op === 'on' || op === 'before' || op === 'after') return { op, date: before.date ?? before.from ?? '' } as Test;
  if (op === 'in_last' || op === 'before_last' || op === 'in_next' || op === 'anniversary_in_next') {
    return { op, days: before.days ?? (op === 'anniversary_in_next' ? 7 : 30) } as Test;
  }
  return { op } as Test;
}

interface TestFieldsProps {
  type: Kind;
  test: Test;
  onChange: (test: Test) => void;
}

/** Operator and value of a test. */
export function TestFields({ type, test, onChange }: TestFieldsProps) {
  const { t } = useTranslation('segments');
  const words = type === 'locale' || type === 'boolean' ? 'text' : type === 'period' ? 'date' : type;
  return (
    <>
      <Select<Test['op']>
        className="rule-operator"
        aria-label={t('operator')}
        value={test.op}
        popupMatchSelectWidth={false}
        options={OPERATORS[type].map((op) => ({ value: op, label: t(`op.${words}.${op}`) }))}
        onChange={(op) => onChange(withOperator(type, op, test))}
      />
      <Value type={type} test={test} onChange={onChange} />
    </>
  );
}

/** When something happened. */
export function PeriodFields({ period, onChange }: { period: Period; onChange: (period: Period) => void }) {
  return <TestFields type="period" test={period} onChange={(test) => onChange(test as Period)} />;
}

function Value({ type, test, onChange }: TestFieldsProps) {
  const { t } = useTranslation('segments');
  const label = t('value');
  if ('values' in test) {
    const languages = [
      { value: 'zh-CN', label: '简体中文' },
      { value: 'en', label: 'English' },
    ];
    return (
      <Select<string[]>
        mode={type === 'locale' ? 'multiple' : 'tags'}
        className="rule-value"
        aria-label={label}
        value={test.values}
        placeholder={type === 'locale' ? t('chooseValue') : t('typeValues')}
        // Choices of a field are whatever people type: a list of them opens nothing.
        {...(type === 'locale' ? { options: languages } : { open: false, suffixIcon: null })}
        tokenSeparators={type === 'locale' ? [] : ['\n', '，', ',', ';']}
        onChange={(values) => onChange({ ...test, values: values.map((each) => each.trim()).filter(Boolean) })}
      />
    );
  }
  if ('days' in test) {
    return (
      <span className="rule-days">
        <InputNumber
          aria-label={t('days')}
          min={0}
          max={test.op === 'anniversary_in_next' ? 366 : 3650}
          precision={0}
          value={test.days}
          onChange={(days) => onChange({ ...test, days: days ?? NaN })}
        />
        {t(test.op === 'before_last' ? 'daysAgo' : 'daysUnit', { count: test.days })}
      </span>
    );
  }
  if ('from' in test) {
    return (
      <span className="rule-days">
        <Bound
          type={type}
          label={t('from')}
          value={test.from}
          onChange={(from) => onChange({ ...test, from } as Test)}
        />
        –
        <Bound type={type} label={t('to')} value={test.to} onChange={(to) => onChange({ ...test, to } as Test)} />
      </span>
    );
  }
  if ('date' in test) {
    return (
      <Bound type="date" label={label} value={test.date} onChange={(date) => onChange({ ...test, date } as Test)} />
    );
  }
  if (!('value' in test)) return null;
  if (typeof test.value === 'boolean') {
    return (
      <Select<'yes' | 'no'>
        className="rule-operator"
        aria-label={label}
        value={test.value ? 'yes' : 'no'}
        options={[
          { value: 'yes', label: t('yes') },
          { value: 'no', label: t('no') },
        ]}
        onChange={(answer) => onChange({ op: 'is', value: answer === 'yes' })}
      />
    );
  }
  if (typeof test.value === 'number') {
    return (
      <Bound
        type="number"
        label={label}
        value={test.value}
        onChange={(value) => onChange({ ...test, value } as Test)}
      />
    );
  }
  return (
    <Input
      className="rule-value"
      aria-label={label}
      maxLength={200}
      value={test.value}
      onChange={(event) => onChange({ ...test, value: event.target.value } as Test)}
    />
  );
}

interface BoundProps {
  type: Kind;
  label: string;
  value: number | string;
  onChange: (value: number | string) => void;
}

/** One number, or one day. */
function Bound({ type, label, value, onChange }: BoundProps) {
  if (type === 'number') {
    const number = typeof value === 'number' && !Number.isNaN(value) ? value : null;
    return <InputNumber aria-label={label} value={number} onChange={(next) => onChange(next ?? NaN)} />;
  }
  return (
    <DatePicker
      aria-label={label}
      value={value ? dayjs(String(value)) : null}
      format="YYYY-MM-DD"
      onChange={(day) => onChange(day ? day.format('YYYY-MM-DD') : '')}
    />
  );
}
