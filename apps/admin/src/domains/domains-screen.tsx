import { PlusOutlined, SafetyCertificateOutlined } from '@ant-design/icons';
import { Button } from 'antd';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { Link } from 'react-router';
import { answer, api } from '../api/client.js';
import { DataTable, type Column } from '../components/data-table.js';
import { EmptyState } from '../components/empty-state.js';
import { PageHeader } from '../components/page-header.js';
import { RelativeTime } from '../components/relative-time.js';
import { AddDomain } from './add-domain.js';
import { DomainStatus, RecordState, type Domain } from './domain-status.js';

/** The domains mail comes from, and whether receivers can tell that it is really ours. */
export default function DomainsScreen() {
  const { t } = useTranslation('domains');
  const [total, setTotal] = useState<number>();
  const [adding, setAdding] = useState(false);
  const create = (
    <Button type="primary" icon={<PlusOutlined />} onClick={() => setAdding(true)}>
      {t('create')}
    </Button>
  );
  return (
    <>
      <PageHeader title={t('title')} count={total} description={t('description')} actions={create} />
      <DataTable<Domain>
        name="sending-domains"
        label={t('title')}
        load={(query) => answer(api.GET('/api/v1/sending-domains', { params: { query } }))}
        onTotal={setTotal}
        columns={useColumns()}
        refetchInterval={15_000}
        empty={
          <EmptyState
            icon={<SafetyCertificateOutlined />}
            title={t('empty.title')}
            text={t('empty.text')}
            action={create}
          />
        }
        card={(domain) => (
          <div className="stack">
            <div className="spread">
              <Link to={`/settings/domains/${domain.id}`}>{domain.domain}</Link>
              <DomainStatus status={domain.status} />
            </div>
            <Summary domain={domain} />
          </div>
        )}
      />
      <AddDomain open={adding} onClose={() => setAdding(false)} />
    </>
  );
}

function useColumns(): Column<Domain>[] {
  const { t } = useTranslation('domains');
  const of = (kind: Domain['records'][number]['kind']) => (_: unknown, domain: Domain) => {
    const record = domain.records.find((each) => each.kind === kind);
    return record ? <RecordState record={record} /> : <span className="quiet">—</span>;
  };
  return [
    {
      title: t('domain'),
      key: 'domain',
      render: (_, { id, domain }) => <Link to={`/settings/domains/${id}`}>{domain}</Link>,
    },
    { title: t('statusTitle'), key: 'status', render: (_, { status }) => <DomainStatus status={status} /> },
    { title: 'DKIM', key: 'dkim', render: of('dkim') },
    { title: 'SPF', key: 'spf', render: of('spf') },
    { title: 'DMARC', key: 'dmarc', render: of('dmarc') },
    { title: t('checked'), key: 'checked', render: (_, { checkedAt }) => <RelativeTime at={checkedAt} /> },
  ];
}

function Summary({ domain }: { domain: Domain }) {
  const { t } = useTranslation('domains');
  const left = domain.records.filter(({ state }) => state !== 'ok').length;
  return <span className="quiet">{left === 0 ? t('nothingLeft') : t('left', { count: left })}</span>;
}
