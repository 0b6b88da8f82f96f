import { PlusOutlined } from '@ant-design/icons';
import { useQuery } from '@tanstack/react-query';
import { Button, Input, Select, Space } from 'antd';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { answer, api } from '../api/client.js';
import { useReport } from '../api/problem.js';
import { queryClient } from '../api/query.js';
import { listsQuery } from '../api/reference.js';

/** Chooses a list, or makes one on the spot. For use inside a Form.Item, which gives `id`, `value` and `onChange`. */
export function ListChoice({ id, value, onChange, ...aria }: Control) {
  const { t } = useTranslation('imports');
  const [name, setName] = useState<string | null>(null);
  const [busy, setBusy] = useState(false);
  const report = useReport();
  const lists = useQuery(listsQuery);
  const naming = name !== null || lists.data?.length === 0;
  const create = async () => {
    setBusy(true);
    try {
      const list = await answer(api.POST('/api/v1/lists', { body: { name: (name ?? '').trim() } }));
      await queryClient.invalidateQueries({ queryKey: ['lists'] });
      onChange?.(list.id);
      setName(null);
    } catch (error) {
      report(error);
    } finally {
      setBusy(false);
    }
  };
  if (naming) {
    return (
      <Space.Compact block>
        <Input
          id={id}
          {...aria}
          placeholder={t('newListName')}
          value={name ?? ''}
          maxLength={100}
          onChange={(event) => setName(event.target.value)}
          onPressEnter={(event) => {
            event.preventDefault();
            if (name?.trim()) void create();
          }}
        />
        <Button type="primary" loading={busy} disabled={!name?.trim()} onClick={() => void create()}>
          {t('createList')}
        </Button>
        {(lists.data?.length ?? 0) > 0 && <Button onClick={() => setName(null)}>{t('cancel')}</Button>}
      </Space.Compact>
    );
  }
  return (
    <Space.Compact block>
      <Select
        id={id}
        {...aria}
        value={value}
        onChange={(chosen: string) => onChange?.(chosen)}
        loading={lists.isPending}
        showSearch={{ optionFilterProp: 'label' }}
        options={lists.data?.map((list) => ({ value: list.id, label: list.name })) ?? []}
      />
      <Button icon={<PlusOutlined />} onClick={() => setName('')}>
        {t('newList')}
      </Button>
    </Space.Compact>
  );
}

interface Control {
  id?: string;
  value?: string;
  onChange?: (value: string) => void;
}
