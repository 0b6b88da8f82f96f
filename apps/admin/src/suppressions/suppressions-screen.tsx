import { ImportOutlined, PlusOutlined, StopOutlined } from '@ant-design/icons';
import { Button } from 'antd';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { Link } from 'react-router';
import { answer, api } from '../api/client.js';
import type { Resource } from '../api/types.js';
import { DataTable, type Column } from '../components/data-table.js';
import { EmptyState } from '../components/empty-state.js';
import { ExportButton } from '../components/export-button.js';
import { PageHeader } from '../components/page-header.js';
import { RelativeTime } from '../components/relative-time.js';
import { StatusTag, useStatusOptions } from '../components/status-tag.js';
import { AddSuppression } from './add-suppression.js';
import { ImportResult, ImportSuppressions } from './import-suppressions.js';
import { LiftSuppression } from './lift-suppression.js';

type Suppression = Resource<'Suppression'>;

/** Addresses that may not be mailed, each with its reason and evidence. */
export default function SuppressionsScreen() {
  const { t } = useTranslation('suppressions');
  const [total, setTotal] = useState<number>();
  const [drawer, setDrawer] = useState<'add' | 'import'>();
  const [lifting, setLifting] = useState<Suppression>();
  const [imported, setImported] = useState<Resource<'SuppressionImport'>>();
  const reasons = useStatusOptions('suppression');
  const add = (
    <Button type="primary" icon={<PlusOutlined />} onClick={() => setDrawer('add')}>
      {t('add')}
    </Button>
  );
  const lift = (suppression: Suppression) => (
    <Button size="small" danger onClick={() => setLifting(suppression)}>
      {t('lift')}
    </Button>
  );
  const actions = (
    <>
      <Button icon={<ImportOutlined />} onClick={() => setDrawer('import')}>
        {t('import')}
      </Button>
      <ExportButton path="/api/v1/suppressions/export.csv" file="suppressions.csv" filters={['q', 'reason']} />
      {add}
    </>
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
      render: (_, { reason, expiresAt }) => <Reason reason={reason} expiresAt={expiresAt} />,
    },
    { title: t('evidence'), key: 'evidence', render: (_, row) => <Evidence suppression={row} /> },
    { title: t('added'), key: 'added', render: (_, { createdAt }) => <RelativeTime at={createdAt} /> },
    {
      title: <span className="visually-hidden">{t('actions')}</span>,
      key: 'actions',
      align: 'right',
      render: (_, row) => lift(row),
    },
  ];
  return (
    <>
      <PageHeader title={t('title')} count={total} description={t('description')} actions={actions} />
      {imported && <ImportResult result={imported} onClose={() => setImported(undefined)} />}
      <DataTable<Suppression>
        name="suppressions"
        views="suppressions"
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
              <Reason reason={row.reason} expiresAt={row.expiresAt} />
            </div>
            <Evidence suppression={row} />
            <div className="spread">
              <RelativeTime at={row.createdAt} />
              {lift(row)}
            </div>
          </div>
        )}
      />
      <AddSuppression open={drawer === 'add'} onClose={() => setDrawer(undefined)} />
      <ImportSuppressions
        open={drawer === 'import'}
        onClose={() => setDrawer(undefined)}
        onDone={(result) => setImported(result)}
      />
      <LiftSuppression suppression={lifting} onClose={() => setLifting(undefined)} />
    </>
  );
}

/** Why, and until when where it ends by itself. */
function Reason({ reason, expiresAt }: Pick<Suppression, 'reason' | 'expiresAt'>) {
  const { t } = useTranslation('suppressions');
  return (
    <span className="stack">
      <span>
        <StatusTag kind="suppression" value={reason} />
      </span>
      {expiresAt && (
        <span className="quiet">
          {t('ends')} <RelativeTime at={expiresAt} />
        </span>
      )}
    </span>
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
