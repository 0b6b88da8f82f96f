import { CodeOutlined } from '@ant-design/icons';
import { useQuery } from '@tanstack/react-query';
import { Button, Dropdown, type MenuProps } from 'antd';
import { useTranslation } from 'react-i18next';
import { fieldsQuery, variablesQuery } from '../api/reference.js';

const NAME_OR_WORD = 'default name "…"';

/** A menu of everything a mail can say about its recipient; choosing one inserts it. */
export function VariableMenu({ onInsert, compact = false }: { onInsert: (tag: string) => void; compact?: boolean }) {
  const { t, i18n } = useTranslation('editor');
  const variables = useQuery(variablesQuery).data?.items ?? [];
  const fields = useQuery(fieldsQuery).data ?? [];
  const own = fields.map(({ key, label, defaultValue }) =>
    // What a field falls back to has no quotation mark in it.
    entry(defaultValue ? `default fields.${key} "${defaultValue}"` : `fields.${key}`, label, braces(`fields.${key}`)),
  );
  const standard = variables
    .filter(({ path }) => !path.startsWith('fields.'))
    .map(({ path, label }) => entry(path, i18n.language === 'en' ? label.en : label.zh));
  const items: MenuProps['items'] = [
    { type: 'group', key: 'standard', label: t('variable.standard'), children: standard },
    ...(own.length > 0 ? [{ type: 'group' as const, key: 'own', label: t('variable.fields'), children: own }] : []),
    {
      type: 'group',
      key: 'blocks',
      label: t('variable.blocks'),
      children: [
        entry(NAME_OR_WORD, t('variable.fallback'), t('variable.fallbackTag')),
        entry('#if', t('variable.condition'), t('variable.conditionTag')),
      ],
    },
  ];
  const insert: MenuProps['onClick'] = ({ key }) => onInsert(tagOf(key, t));
  return (
    <Dropdown trigger={['click']} menu={{ items, onClick: insert, className: 'variable-menu' }}>
      <Button size={compact ? 'small' : 'medium'} icon={<CodeOutlined />} aria-label={t('variable.insert')}>
        {compact ? null : t('variable.insert')}
      </Button>
    </Dropdown>
  );
}

function entry(key: string, label: string, example = braces(key)) {
  return {
    key,
    label: (
      <span className="variable-entry">
        <span>{label}</span>
        <code className="mono quiet">{example}</code>
      </span>
    ),
  };
}

function tagOf(key: string, t: (key: 'variable.fallbackWord' | 'variable.conditionWord') => string): string {
  if (key === '#if') return `{{#if name}}${t('variable.conditionWord')}{{/if}}`;
  if (key === NAME_OR_WORD) return `{{default name "${t('variable.fallbackWord')}"}}`;
  return braces(key);
}

function braces(path: string): string {
  return `{{${path}}}`;
}
