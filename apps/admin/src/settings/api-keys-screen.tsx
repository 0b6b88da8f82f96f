import { KeyOutlined, PlusOutlined } from '@ant-design/icons';
import { Button, Space, Tag } from 'antd';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { answer, api } from '../api/client.js';
import { queryClient } from '../api/query.js';
import type { Resource } from '../api/types.js';
import { ConfirmButton } from '../components/confirm-button.js';
import { DataTable, type Column } from '../components/data-table.js';
import { EmptyState } from '../components/empty-state.js';
import { PageHeader } from '../components/page-header.js';
import { Instant, RelativeTime } from '../components/relative-time.js';
import { CreateKey } from './create-key.js';

type ApiKey = Resource<'ApiKey'>;

/** Keys of programs that use the API. A key is shown once, when it is made. */
export default function ApiKeysScreen() {
  const { t } = useTranslation('settings');
  const [creating, setCreating] = useState(false);
  const button = (
    <Button type="primary" icon={<PlusOutlined />} onClick={() => setCreating(true)}>
      {t('keys.create')}
    </Button>
  );
  const columns: Column<ApiKey>[] = [
    { title: t('keys.name'), dataIndex: 'name' },
    { title: t('keys.prefix'), key: 'prefix', render: (_, key) => <code className="mono">{key.prefix}…</code> },
    { title: t('keys.scopes'), key: 'scopes', render: (_, key) => <Scopes scopes={key.scopes} /> },
    { title: t('keys.lastUsed'), key: 'lastUsed', render: (_, key) => <RelativeTime at={key.lastUsedAt} /> },
    { title: t('keys.expires'), key: 'expires', render: (_, key) => <Expiry at={key.expiresAt} /> },
    {
      title: <span className="visually-hidden">{t('keys.actions')}</span>,
      key: 'actions',
      align: 'right',
      render: (_, key) => <Revoke apiKey={key} />,
    },
  ];
  return (
    <>
      <PageHeader title={t('keys.title')} description={t('keys.description')} actions={button} />
      <DataTable<ApiKey>
        name="api-keys"
        label={t('keys.title')}
        load={(query) => answer(api.GET('/api/v1/api-keys', { params: { query } }))}
        columns={columns}
        empty={<EmptyState icon={<KeyOutlined />} title={t('keys.empty')} text={t('keys.emptyText')} action={button} />}
        card={(key) => (
          <>
            <strong>{key.name}</strong>
            <div>
              <code className="mono">{key.prefix}…</code> · <RelativeTime at={key.lastUsedAt} />
            </div>
            <Space wrap>
              <Scopes scopes={key.scopes} />
              <Revoke apiKey={key} />
            </Space>
          </>
        )}
      />
      <CreateKey open={creating} onClose={() => setCreating(false)} />
    </>
  );
}

function Scopes({ scopes }: { scopes: ApiKey['scopes'] }) {
  const { t } = useTranslation('settings');
  return (
    <Space size={4} wrap>
      {scopes.map((scope) => (
        <Tag key={scope}>{t(`keys.scope.${scope}`)}</Tag>
      ))}
    </Space>
  );
}

function Expiry({ at }: { at: string | null }) {
  const { t } = useTranslation('settings');
  return at ? <Instant at={at} /> : <span>{t('keys.never')}</span>;
}

function Revoke({ apiKey }: { apiKey: ApiKey }) {
  const { t } = useTranslation('settings');
  return (
    <ConfirmButton
      type="link"
      size="small"
      danger
      question={t('keys.revokeQuestion', { name: apiKey.name })}
      consequence={t('keys.revokeText')}
      confirm={t('keys.revoke')}
      onConfirm={async () => {
        await answer(api.DELETE('/api/v1/api-keys/{id}', { params: { path: { id: apiKey.id } } }));
        await queryClient.invalidateQueries({ queryKey: ['api-keys'] });
      }}
    >
      {t('keys.revoke')}
    </ConfirmButton>
  );
}
