import { PlusOutlined, TagOutlined } from '@ant-design/icons';
import { Button, Form, Input, Tag as Chip } from 'antd';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { Link } from 'react-router';
import { answer, api } from '../api/client.js';
import { queryClient } from '../api/query.js';
import type { Resource } from '../api/types.js';
import { ConfirmButton } from '../components/confirm-button.js';
import { Count } from '../components/count.js';
import { DataTable, type Column } from '../components/data-table.js';
import { EmptyState } from '../components/empty-state.js';
import { FormDrawer } from '../components/form-drawer.js';

type Tag = Resource<'Tag'>;

/** Tags with how many contacts carry each. */
export function TagsTab() {
  const { t } = useTranslation('fields');
  const [edited, setEdited] = useState<Tag | 'new' | null>(null);
  const create = (
    <Button type="primary" icon={<PlusOutlined />} onClick={() => setEdited('new')}>
      {t('tags.create')}
    </Button>
  );
  const columns: Column<Tag>[] = [
    {
      title: t('tags.name'),
      key: 'name',
      render: (_, { name }) => (
        <Link to={`/contacts?tag=${encodeURIComponent(name)}`}>
          <Chip>{name}</Chip>
        </Link>
      ),
    },
    {
      title: t('tags.contacts'),
      key: 'contacts',
      align: 'right',
      render: (_, { contacts }) => <Count value={contacts} />,
    },
    {
      title: <span className="visually-hidden">{t('actions')}</span>,
      key: 'actions',
      align: 'right',
      render: (_, tag) => <Actions tag={tag} onEdit={setEdited} />,
    },
  ];
  return (
    <>
      <div className="tab-actions">{create}</div>
      <DataTable<Tag>
        name="tags"
        label={t('tags.title')}
        load={(query) => answer(api.GET('/api/v1/tags', { params: { query } }))}
        columns={columns}
        searchLabel={t('tags.search')}
        empty={<EmptyState icon={<TagOutlined />} title={t('tags.empty')} text={t('tags.emptyText')} action={create} />}
        card={(tag) => (
          <div className="spread">
            <div className="stack">
              <Link to={`/contacts?tag=${encodeURIComponent(tag.name)}`}>{tag.name}</Link>
              <span className="quiet">
                {t('tags.contacts')} <Count value={tag.contacts} />
              </span>
            </div>
            <Actions tag={tag} onEdit={setEdited} />
          </div>
        )}
      />
      <TagDrawer
        open={edited !== null}
        tag={edited === 'new' ? undefined : (edited ?? undefined)}
        onClose={() => setEdited(null)}
      />
    </>
  );
}

function Actions({ tag, onEdit }: { tag: Tag; onEdit: (tag: Tag) => void }) {
  const { t } = useTranslation('fields');
  return (
    <div className="row-actions">
      <Button size="small" onClick={() => onEdit(tag)}>
        {t('rename')}
      </Button>
      <ConfirmButton
        size="small"
        danger
        question={t('tags.deleteQuestion', { name: tag.name })}
        consequence={t('tags.deleteText', { count: tag.contacts })}
        confirm={t('delete')}
        onConfirm={async () => {
          await answer(api.DELETE('/api/v1/tags/{id}', { params: { path: { id: tag.id } } }));
          for (const name of ['tags', 'contacts']) await queryClient.invalidateQueries({ queryKey: [name] });
        }}
      >
        {t('delete')}
      </ConfirmButton>
    </div>
  );
}

function TagDrawer({ open, tag, onClose }: { open: boolean; tag: Tag | undefined; onClose: () => void }) {
  const { t } = useTranslation('fields');
  const [form] = Form.useForm<{ name: string }>();
  const save = async (body: { name: string }) => {
    if (tag) await answer(api.PATCH('/api/v1/tags/{id}', { params: { path: { id: tag.id } }, body }));
    else await answer(api.POST('/api/v1/tags', { body }));
    for (const name of ['tags', 'contacts']) await queryClient.invalidateQueries({ queryKey: [name] });
  };
  return (
    <FormDrawer<{ name: string }>
      name="tag"
      title={tag ? t('tags.rename') : t('tags.create')}
      open={open}
      onClose={onClose}
      form={form}
      initialValues={tag ?? {}}
      submitLabel={tag ? t('save') : t('tags.create')}
      onSubmit={save}
    >
      <Form.Item name="name" label={t('tags.name')} rules={[{ required: true, whitespace: true }]}>
        <Input maxLength={60} autoFocus />
      </Form.Item>
    </FormDrawer>
  );
}
