import { PlusOutlined, TagsOutlined } from '@ant-design/icons';
import { Button, Tag } from 'antd';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { answer, api } from '../api/client.js';
import { queryClient } from '../api/query.js';
import type { Resource } from '../api/types.js';
import { ConfirmButton } from '../components/confirm-button.js';
import { DataTable, type Column } from '../components/data-table.js';
import { EmptyState } from '../components/empty-state.js';
import { FieldDrawer } from './field-drawer.js';
import { DeleteText, UseCount } from './field-uses.js';

type Field = Resource<'Field'>;

/** Custom fields: label, type, and the variable that stands for it in mail. */
export function FieldsTab() {
  const { t } = useTranslation('fields');
  const [edited, setEdited] = useState<Field | 'new' | null>(null);
  const create = (
    <Button type="primary" icon={<PlusOutlined />} onClick={() => setEdited('new')}>
      {t('fields.create')}
    </Button>
  );
  const columns: Column<Field>[] = [
    { title: t('fields.label'), dataIndex: 'label' },
    { title: t('fields.type'), key: 'type', render: (_, { type }) => <Tag>{t(`fields.typeName.${type}`)}</Tag> },
    {
      title: t('fields.variable'),
      key: 'variable',
      render: (_, { key }) => <code className="mono">{variable(key)}</code>,
    },
    {
      title: t('fields.defaultValue'),
      key: 'default',
      render: (_, { defaultValue }) => (
        <span className="ellipsis clip-fifth" title={defaultValue}>
          {defaultValue || '–'}
        </span>
      ),
    },
    { title: t('fields.uses'), key: 'uses', align: 'right', render: (_, field) => <UseCount field={field} /> },
    {
      title: <span className="visually-hidden">{t('actions')}</span>,
      key: 'actions',
      align: 'right',
      render: (_, field) => <Actions field={field} onEdit={setEdited} />,
    },
  ];
  return (
    <>
      <div className="tab-actions">{create}</div>
      <DataTable<Field>
        name="fields"
        label={t('fields.title')}
        load={() => answer(api.GET('/api/v1/fields'))}
        columns={columns}
        empty={
          <EmptyState icon={<TagsOutlined />} title={t('fields.empty')} text={t('fields.emptyText')} action={create} />
        }
        card={(field) => (
          <div className="stack">
            <div className="spread">
              <strong>{field.label}</strong>
              <Tag>{t(`fields.typeName.${field.type}`)}</Tag>
            </div>
            <code className="mono">{variable(field.key)}</code>
            <span className="quiet">
              {t('fields.uses')} <UseCount field={field} />
            </span>
            <Actions field={field} onEdit={setEdited} />
          </div>
        )}
      />
      <FieldDrawer
        open={edited !== null}
        field={edited === 'new' ? undefined : (edited ?? undefined)}
        onClose={() => setEdited(null)}
      />
    </>
  );
}

/** How a template names a custom field. */
function variable(key: string): string {
  return `{{fields.${key}}}`;
}

function Actions({ field, onEdit }: { field: Field; onEdit: (field: Field) => void }) {
  const { t } = useTranslation('fields');
  return (
    <div className="row-actions">
      <Button size="small" onClick={() => onEdit(field)}>
        {t('edit')}
      </Button>
      <ConfirmButton
        size="small"
        danger
        question={t('fields.deleteQuestion', { name: field.label })}
        consequence={<DeleteText field={field} />}
        confirm={t('delete')}
        onConfirm={async () => {
          await answer(api.DELETE('/api/v1/fields/{id}', { params: { path: { id: field.id } } }));
          await queryClient.invalidateQueries({ queryKey: ['fields'] });
        }}
      >
        {t('delete')}
      </ConfirmButton>
    </div>
  );
}
