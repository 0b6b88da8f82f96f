import { Input, Select } from 'antd';
import { useTranslation } from 'react-i18next';
import type { MailboxProvider } from '#engine/pace';
import type { SegmentCondition } from '#contracts';
import { useStatusOptions } from '../components/status-tag.js';
import { useProviderName } from '../words/index.js';
import { useRule } from './rule-context.js';
import { PeriodFields } from './test-fields.js';

type Kind<K extends SegmentCondition['kind']> = Extract<SegmentCondition, { kind: K }>;
export interface Props<C extends SegmentCondition> {
  condition: C;
  onChange: (condition: C) => void;
}

/** Providers as an audience thinks of them, largest first; mail gateways and the sandbox left out. */
const PROVIDERS: readonly MailboxProvider[] = [
  ...(['qq', 'netease', 'gmail', 'outlook', 'sina', 'sohu', 'aliyun', '139', '189', 'wo', '21cn', 'tom'] as const),
  ...(['exmail', 'netease-qiye', 'aliyun-qiye', 'feishu', 'coremail', '263', 'google-workspace'] as const),
  ...(['microsoft-365', 'icloud', 'yahoo', 'proton', 'gmx', 'mailru', 'yandex', 'zoho', 'naver', 'fastmail'] as const),
  'other',
];

/** A choice among a few words, such as *is* and *is not*. */
export function Words<T extends string>({
  label,
  value,
  words,
  onChange,
}: {
  label: string;
  value: T;
  words: Record<T, string>;
  onChange: (value: T) => void;
}) {
  return (
    <Select<T>
      className="rule-operator"
      aria-label={label}
      value={value}
      popupMatchSelectWidth={false}
      options={Object.entries<string>(words).map(([key, text]) => ({ value: key as T, label: text }))}
      onChange={onChange}
    />
  );
}

/** Several of what there is. */
export function Several<T extends string>({
  label,
  value,
  options,
  placeholder,
  onChange,
}: {
  label: string;
  value: readonly T[];
  options: { value: T; label: string }[];
  placeholder: string;
  onChange: (value: T[]) => void;
}) {
  const { t } = useTranslation('segments');
  // What has been deleted is called so, not by its number.
  const gone = value.filter((each) => !options.some((option) => option.value === each));
  return (
    <Select<T[]>
      mode="multiple"
      className="rule-value"
      aria-label={label}
      value={[...value]}
      placeholder={placeholder}
      showSearch={{ optionFilterProp: 'label' }}
      options={[...options, ...gone.map((each) => ({ value: each, label: t('gone', { name: each }) }))]}
      onChange={onChange}
    />
  );
}

export const named = (items: { id: string; name: string }[] | undefined) =>
  (items ?? []).map(({ id, name }) => ({ value: id, label: name }));

export function TagFields({ condition, onChange }: Props<Kind<'tag'>>) {
  const { t } = useTranslation('segments');
  const { tags } = useRule().references;
  return (
    <>
      <Words
        label={t('operator')}
        value={condition.op}
        words={{ any: t('op.tag.any'), all: t('op.tag.all'), none: t('op.tag.none') }}
        onChange={(op) => onChange({ ...condition, op })}
      />
      <Several
        label={t('subject.tag')}
        value={condition.tags}
        options={(tags ?? []).map(({ name }) => ({ value: name, label: name }))}
        placeholder={t('chooseTags')}
        onChange={(chosen) => onChange({ ...condition, tags: chosen })}
      />
    </>
  );
}

export function ListFields({ condition, onChange }: Props<Kind<'list'>>) {
  const { t } = useTranslation('segments');
  const { lists } = useRule().references;
  const { op, status } = condition;
  return (
    <>
      <Words
        label={t('operator')}
        value={op}
        words={{ any: t('op.list.any'), all: t('op.list.all'), none: t('op.list.none') }}
        onChange={(next) => onChange({ ...condition, op: next })}
      />
      <Several
        label={t('subject.list')}
        value={condition.lists}
        options={named(lists)}
        placeholder={t('chooseLists')}
        onChange={(chosen) => onChange({ ...condition, lists: chosen })}
      />
      <Words
        label={t('membership')}
        value={status}
        words={{
          subscribed: t('memberOf.subscribed'),
          pending: t('memberOf.pending'),
          unsubscribed: t('memberOf.unsubscribed'),
          any: t('memberOf.any'),
        }}
        onChange={(next) => onChange({ ...condition, status: next })}
      />
    </>
  );
}

export function ConsentFields({ condition, onChange }: Props<Kind<'consent'>>) {
  const { t } = useTranslation('segments');
  const { lists } = useRule().references;
  return (
    <>
      <Words
        label={t('operator')}
        value={condition.op}
        words={{ has: t('op.consent.has'), lacks: t('op.consent.lacks') }}
        onChange={(op) => onChange({ ...condition, op })}
      />
      <Several
        label={t('subject.list')}
        value={condition.lists}
        options={named(lists)}
        placeholder={t('anyList')}
        onChange={(chosen) => onChange({ ...condition, lists: chosen })}
      />
      <Input
        className="rule-value"
        aria-label={t('source')}
        placeholder={t('anySource')}
        maxLength={200}
        value={condition.source ?? ''}
        onChange={(event) => onChange({ ...condition, source: event.target.value || null })}
      />
      <PeriodFields period={condition.when} onChange={(when) => onChange({ ...condition, when })} />
    </>
  );
}

/** Status of a contact, and its entry on the suppression list. */
export function MemberFields({ condition, onChange }: Props<Kind<'status'> | Kind<'suppressed'>>) {
  const { t } = useTranslation('segments');
  const statuses = useStatusOptions('contact');
  const reasons = useStatusOptions('suppression');
  const isStatus = condition.kind === 'status';
  return (
    <>
      <Words
        label={t('operator')}
        value={condition.op}
        words={
          isStatus
            ? { is: t('op.text.is'), is_not: t('op.text.is_not') }
            : { is: t('op.suppressed.is'), is_not: t('op.suppressed.is_not') }
        }
        onChange={(op) => onChange({ ...condition, op })}
      />
      {isStatus ? (
        <Several
          label={t('subject.status')}
          value={condition.values}
          options={statuses as { value: (typeof condition.values)[number]; label: string }[]}
          placeholder={t('chooseValue')}
          onChange={(values) => onChange({ ...condition, values })}
        />
      ) : (
        <Several
          label={t('reason')}
          value={condition.reasons}
          options={reasons as { value: (typeof condition.reasons)[number]; label: string }[]}
          placeholder={t('anyReason')}
          onChange={(chosen) => onChange({ ...condition, reasons: chosen })}
        />
      )}
    </>
  );
}

export function ProviderFields({ condition, onChange }: Props<Kind<'provider'>>) {
  const { t } = useTranslation('segments');
  const nameOf = useProviderName();
  return (
    <>
      <Words
        label={t('operator')}
        value={condition.op}
        words={{ is: t('op.text.is'), is_not: t('op.text.is_not') }}
        onChange={(op) => onChange({ ...condition, op })}
      />
      <Several
        label={t('subject.provider')}
        value={condition.providers}
        options={PROVIDERS.map((id) => ({ value: id as string, label: nameOf(id) }))}
        placeholder={t('chooseProviders')}
        onChange={(providers) => onChange({ ...condition, providers })}
      />
    </>
  );
}
