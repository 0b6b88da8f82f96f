import { PlusOutlined } from '@ant-design/icons';
import { useQuery } from '@tanstack/react-query';
import { Button, Input, Select, Space } from 'antd';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { answer, api } from '../api/client.js';
import { useReport } from '../api/problem.js';
import { queryClient } from '../api/query.js';
import { listsQuery } from '../api/reference.js';

/** A list that exists, or the name of one to be made. */
export type ListChoiceValue = { id: string } | { name: string };

/** Makes a list of that name; it stays when what follows fails, so the choice is of its id from then on. */
export async function createList(name: string): Promise<{ id: string }> {
  const { id } = await answer(api.POST('/api/v1/lists', { body: { name: name.trim() } }));
  await queryClient.invalidateQueries({ queryKey: ['lists'] });
  return { id };
}

/**
 * Chooses a list, or names a new one: made at once by its button or Enter, else by whoever takes the value. For use
 * inside a Form.Item, which gives `id`, `value` and `onChange`.
 */
export function ListChoice({ id, value, onChange, ...aria }: Control) {
  const { t } = useTranslation('imports');
  const [busy, setBusy] = useState(false);
  const report = useReport();
  const lists = useQuery(listsQuery);
  const asked = value !== undefined && 'name' in value;
  const name = asked ? value.name : '';
  const create = async () => {
    setBusy(true);
    try {
      onChange?.(await createList(name));
    } catch (error) {
      report(error);
    } finally {
      setBusy(false);
    }
  };
  if (asked || lists.data?.length === 0) {
    return (
      <Space.Compact block>
        <Input
          id={id}
          {...aria}
          autoFocus={asked}
          placeholder={t('newListName')}
          value={name}
          maxLength={100}
          onChange={(event) => onChange?.({ name: event.target.value })}
          onPressEnter={(event) => {
            event.preventDefault();
            if (name.trim()) void create();
          }}
        />
        <Button type="primary" loading={busy} disabled={!name.trim()} onClick={() => void create()}>
          {t('createList')}
        </Button>
        {(lists.data?.length ?? 0) > 0 && <Button onClick={() => onChange?.(undefined)}>{t('cancel')}</Button>}
      </Space.Compact>
    );
  }
  return (
    <Space.Compact block>
      <Select
        id={id}
        {...aria}
        value={value && 'id' in value ? value.id : undefined}
        onChange={(chosen: string) => onChange?.({ id: chosen })}
        loading={lists.isPending}
        showSearch={{ optionFilterProp: 'label' }}
        options={lists.data?.map((list) => ({ value: list.id, label: list.name })) ?? []}
      />
      <Button icon={<PlusOutlined />} onClick={() => onChange?.({ name: '' })}>
        {t('newList')}
      </Button>
    </Space.Compact>
  );
}

interface Control {
  id?: string;
  value?: ListChoiceValue;
  onChange?: (value: ListChoiceValue | undefined) => void;
}
