import { FormOutlined, LinkOutlined, PlusOutlined } from '@ant-design/icons';
import { Button, Dropdown, Tag } from 'antd';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { answer, api } from '../api/client.js';
import { queryClient } from '../api/query.js';
import type { Resource } from '../api/types.js';
import { useConfirm } from '../components/confirm-button.js';
import { Count } from '../components/count.js';
import { DataTable, type Column } from '../components/data-table.js';
import { EmptyState } from '../components/empty-state.js';
import { LinkButton } from '../components/link-button.js';
import { PageHeader } from '../components/page-header.js';
import { EmbedDialog } from './embed-dialog.js';
import { FormEditor } from './form-editor.js';
import './forms.css';

type SubscriptionForm = Resource<'Form'>;

interface Actions {
  edit: (form: SubscriptionForm) => void;
  share: (form: SubscriptionForm) => void;
}

/** Pages on which people put themselves on lists, with how many did. */
export default function FormsScreen() {
  const { t } = useTranslation('forms');
  const [total, setTotal] = useState<number>();
  const [edited, setEdited] = useState<SubscriptionForm | 'new' | null>(null);
  const [shared, setShared] = useState<SubscriptionForm | null>(null);
  const actions = { edit: setEdited, share: setShared };
  const create = (
    <Button type="primary" icon={<PlusOutlined />} onClick={() => setEdited('new')}>
      {t('create')}
    </Button>
  );
  const actionsOfPage = (
    <>
      <LinkButton to="/archive">{t('archive')}</LinkButton>
      {create}
    </>
  );
  return (
    <>
      <PageHeader title={t('title')} count={total} description={t('description')} actions={actionsOfPage} />
      <DataTable<SubscriptionForm>
        name="forms"
        label={t('title')}
        load={(query) => answer(api.GET('/api/v1/forms', { params: { query } }))}
        onTotal={setTotal}
        columns={useColumns(actions)}
        searchLabel={t('search')}
        empty={<EmptyState icon={<FormOutlined />} title={t('empty.title')} text={t('empty.text')} action={create} />}
        card={(form) => <FormCard form={form} actions={actions} />}
      />
      <FormEditor
        open={edited !== null}
        edited={edited === 'new' ? undefined : (edited ?? undefined)}
        onClose={() => setEdited(null)}
        onCreated={setShared}
      />
      <EmbedDialog form={shared} onClose={() => setShared(null)} />
    </>
  );
}

function useColumns(actions: Actions): Column<SubscriptionForm>[] {
  const { t } = useTranslation('forms');
  return [
    {
      title: t('name'),
      key: 'name',
      render: (_, form) => (
        <Button type="link" className="form-name ellipsis" title={form.name} onClick={() => actions.edit(form)}>
          {form.name}
        </Button>
      ),
    },
    { title: t('state'), key: 'state', render: (_, form) => <State form={form} /> },
    {
      title: t('confirmed'),
      key: 'confirmed',
      align: 'right',
      render: (_, { counts }) => <Count value={counts.confirmed} />,
    },
    {
      title: t('waiting'),
      key: 'waiting',
      align: 'right',
      render: (_, { counts }) => <Count value={counts.waiting} />,
    },
    {
      title: <span className="visually-hidden">{t('actions')}</span>,
      key: 'actions',
      align: 'right',
      render: (_, form) => <RowActions form={form} actions={actions} />,
    },
  ];
}

function State({ form }: { form: SubscriptionForm }) {
  const { t } = useTranslation('forms');
  return form.enabled ? <Tag color="success">{t('on')}</Tag> : <Tag>{t('off')}</Tag>;
}

function RowActions({ form, actions }: { form: SubscriptionForm; actions: Actions }) {
  const { t } = useTranslation('forms');
  const ask = useConfirm();
  const remove = () =>
    ask({
      question: t('deleteQuestion', { name: form.name }),
      consequence: t('deleteText'),
      confirm: t('delete'),
      onConfirm: async () => {
        await answer(api.DELETE('/api/v1/forms/{id}', { params: { path: { id: form.id } } }));
        await queryClient.invalidateQueries({ queryKey: ['forms'] });
      },
    });
  return (
    <div className="row-actions">
      <Button size="small" icon={<LinkOutlined />} onClick={() => actions.share(form)}>
        {t('share')}
      </Button>
      <Dropdown
        trigger={['click']}
        menu={{
          items: [
            { key: 'edit', label: t('edit'), onClick: () => actions.edit(form) },
            { key: 'delete', label: t('delete'), danger: true, onClick: remove },
          ],
        }}
      >
        <Button size="small" aria-label={t('moreFor', { name: form.name })}>
          ⋯
        </Button>
      </Dropdown>
    </div>
  );
}

function FormCard({ form, actions }: { form: SubscriptionForm; actions: Actions }) {
  const { t } = useTranslation('forms');
  return (
    <div className="stack">
      <div className="spread">
        <span className="ellipsis">{form.name}</span>
        <State form={form} />
      </div>
      <span className="quiet">
        {t('confirmed')} <Count value={form.counts.confirmed} /> · {t('waiting')} <Count value={form.counts.waiting} />
      </span>
      <RowActions form={form} actions={actions} />
    </div>
  );
}
