import { useQuery } from '@tanstack/react-query';
import { Select } from 'antd';
import { useTranslation } from 'react-i18next';
import { fieldsQuery } from '../api/reference.js';

const BUILT_IN = ['email', 'name', 'tags', 'locale', 'timezone'] as const;
const NEW_FIELD = '+';
const IGNORE = '-';

interface TargetSelectProps {
  label: string;
  value: string | null;
  onChange: (target: string | null) => void;
  onNewField: () => void;
}

/** Where a column goes: a built-in property, a custom field, a new one, or nowhere. */
export function TargetSelect({ label, value, onChange, onNewField }: TargetSelectProps) {
  const { t } = useTranslation('imports');
  const fields = useQuery(fieldsQuery).data ?? [];
  return (
    <Select
      aria-label={label}
      className="fill"
      value={value ?? IGNORE}
      showSearch={{ optionFilterProp: 'label' }}
      onChange={(chosen: string) => {
        if (chosen === NEW_FIELD) onNewField();
        else onChange(chosen === IGNORE ? null : chosen);
      }}
      options={[
        { value: IGNORE, label: t('ignore') },
        ...BUILT_IN.map((name) => ({ value: name, label: t(`targetName.${name}`) })),
        ...fields.map(({ key, label: text }) => ({ value: `field:${key}`, label: text })),
        { value: NEW_FIELD, label: t('newField') },
      ]}
    />
  );
}

/** What is wrong with a mapping, if anything: no address, or two columns for one target. */
export function mappingProblem(mapping: (string | null)[]): 'noEmail' | 'twice' | null {
  const targets = mapping.filter((target): target is string => target !== null);
  if (!targets.includes('email')) return 'noEmail';
  return new Set(targets).size === targets.length ? null : 'twice';
}
