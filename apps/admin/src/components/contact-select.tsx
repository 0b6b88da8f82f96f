import { useQuery } from '@tanstack/react-query';
import { Select } from 'antd';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { answer, api } from '../api/client.js';
import { useSettled } from './use-settled.js';

interface ContactSelectProps {
  value: string | undefined;
  onChange: (id: string | undefined) => void;
  /** Names the field for screen readers, where no label stands beside it. */
  label?: string;
  placeholder: string;
  id?: string;
}

const TYPING_PAUSE_MS = 250;

/** Chooses one contact by searching; an empty search offers the newest. */
export function ContactSelect({ value, onChange, label, placeholder, id }: ContactSelectProps) {
  const { t } = useTranslation('components');
  const [typed, setTyped] = useState('');
  const q = useSettled(typed.trim(), TYPING_PAUSE_MS);
  const { data, isFetching } = useQuery({
    queryKey: ['contacts', 'choices', q],
    queryFn: async () =>
      (await answer(api.GET('/api/v1/contacts', { params: { query: { limit: 20, ...(q ? { q } : {}) } } }))).items,
    placeholderData: (old) => old,
  });
  return (
    <Select<string>
      {...(id ? { id } : {})}
      {...(label ? { 'aria-label': label } : {})}
      className="contact-select"
      style={{ width: '100%' }}
      value={value ?? null}
      allowClear
      placeholder={placeholder}
      loading={isFetching}
      showSearch={{ filterOption: false, onSearch: setTyped }}
      notFoundContent={isFetching ? null : t('table.noMatch')}
      options={(data ?? []).map(({ id: key, name, email }) => ({
        value: key,
        label: name ? `${name} · ${email}` : email,
      }))}
      onChange={(chosen?: string) => onChange(chosen)}
    />
  );
}
