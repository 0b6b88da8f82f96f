import { PlusOutlined, StopOutlined } from '@ant-design/icons';
import { Button, Form, Input } from 'antd';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { Link } from 'react-router';
import { answer, api } from '../api/client.js';
import { queryClient } from '../api/query.js';
import type { Resource } from '../api/types.js';
import { ConfirmButton } from '../components/confirm-button.js';
import { DataTable, type Column } from '../components/data-table.js';
import { EmptyState } from '../components/empty-state.js';
import { FormDrawer } from '../components/form-drawer.js';
import { PageHeader } from '../components/page-header.js';
import { RelativeTime } from '../components/relative-time.js';
import { StatusTag, useStatusOptions } from '../components/status-tag.js';

type Suppression = Resource<'Suppression'>;

/** Addresses that may not be mailed, each with its reason and evidence. */
export default function SuppressionsScreen() {
  const { t } = useTranslation('suppressions');
  const [total, setTotal] = useState<number>();
  const [adding, setAdding] = useState(false);
  const reasons = useStatusOptions('suppression');
  const add = (
    <Button type="primary" icon={<PlusOutlined />} onClick={() => setAdding(true)}>
      {t('add')}
    </Button>
  );
  const columns: Column<Suppression>[] = [
    {
      title: t('address'),
      key: 'address',
      render: (_, { address }) => (
        <span className="ellipsis clip-320" title={address}>
          {address}
        </span>
      ),
    },
    {
      title: t('reason'),
      key: 'reason',
      render: (_, { reason }) => <StatusTag kind="suppression" value={reason} />,
    },
    { title: t('evidence'), key: 'evidence', render: (_, row) => <Evidence suppression={row} /> },
    { title: t('added'), key: 'added', render: (_, { createdAt }) => <RelativeTime at={createdAt} /> },
    {
      title: <span className="visually-hidden">{t('actions')}</span>,
      key: 'actions',
      align: 'right',
      render: (_, row) => <Remove suppression={row} />,
    },
  ];
  return (
    <>
      <PageHeader title={t('title')} count={total} description={t('description')} actions={add} />
      <DataTable<Suppression>
        name="suppressions"
        label={t('title')}
        load={(query) => answer(api.GET('/api/v1/suppressions', { params: { query } }))}
        onTotal={setTotal}
        columns={columns}
        searchLabel={t('search')}
        filters={[{ name: 'reason', label: t('reason'), options: reasons }]}
        empty={<EmptyState icon={<StopOutlined />} title={t('empty.title')} text={t('empty.text')} action={add} />}
        card={(row) => (
          <div className="stack">
            <div className="spread">
              <strong>{row.address}</strong>
              <StatusTag kind="suppression" value={row.reason} />
            </div>
            <Evidence suppression={row} />
            <div className="spread">
              <RelativeTime at={row.createdAt} />
              <Remove suppression={row} />
            </div>
          </div>
        )}
      />
      <AddSuppression open={adding} onClose={() => setAdding(false)} />
    </>
  );
}

/** The server's words, the note, and links to the campaign and the mail that said so. */
function Evidence({ suppression }: { suppression: Suppression }) {
  const { t } = useTranslation('suppressions');
  const { detail, note, campaignId, campaignName, inboundMessageId } = suppression;
  const words = [detail, note].filter(Boolean).join(' · ');
  return (
    <div className="evidence">
      {words && (
        <span className="two-rows" title={words}>
          {words}
        </span>
      )}
      {(campaignId || inboundMessageId) && (
        <span className="links">
          {campaignId && <Link to={`/campaigns/${campaignId}`}>{campaignName}</Link>}
          {inboundMessageId && <Link to={`/inbound/${inboundMessageId}`}>{t('mail')}</Link>}
        </span>
      )}
      {!words && !campaignId && !inboundMessageId && '–'}
    </div>
  );
}

function Remove({ suppression }: { suppression: Suppression }) {
  const { t } = useTranslation('suppressions');
  return (
    <ConfirmButton
      size="small"
      danger
      question={t('removeQuestion', { address: suppression.address })}
      consequence={t(suppression.reason === 'manual' ? 'removeText' : 'removeTextEvidence')}
      confirm={t('remove')}
      onConfirm={async () => {
        await answer(api.DELETE('/api/v1/suppressions/{id}', { params: { path: { id: suppression.id } } }));
        for (const name of ['suppressions', 'contacts']) await queryClient.invalidateQueries({ queryKey: [name] });
      }}
    >
      {t('remove')}
    </ConfirmButton>
  );
}

function AddSuppression({ open, onClose }: { open: boolean; onClose: () => void }) {
  const { t } = useTranslation('suppressions');
  const [form] = Form.useForm<{ address: string; note?: string }>();
  const add = async ({ address, note }: { address: string; note?: string }) => {
    await answer(
      api.POST('/api/v1/suppressions', { body: { address: address.trim(), reason: 'manual', note: note ?? '' } }),
    );
    for (const name of ['suppressions', 'contacts']) await queryClient.invalidateQueries({ queryKey: [name] });
  };
  return (
    <FormDrawer<{ address: string; note?: string }>
      name="suppression"
      title={t('add')}
      open={open}
      onClose={onClose}
      form={form}
      submitLabel={t('add')}
      successText={t('addedDone')}
      onSubmit={add}
    >
      <Form.Item
        name="address"
        label={t('address')}
        extra={t('addressHelp')}
        rules={[{ required: true, whitespace: true }]}
      >
        <Input maxLength={320} autoFocus autoComplete="off" />
      </Form.Item>
      <Form.Item name="note" label={t('note')} extra={t('noteHelp')}>
        <Input.TextArea rows={2} maxLength={500} />
      </Form.Item>
    </FormDrawer>
  );
}
