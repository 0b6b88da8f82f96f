import { Table } from 'antd';
import { useTranslation } from 'react-i18next';
import { Link } from 'react-router';
import { Count, Rate } from '../components/count.js';
import { EmptyState } from '../components/empty-state.js';
import { useProviderName } from '../words/index.js';
import { DomainsTable } from './domains-table.js';
import { outcomeOf } from './outcome.js';
import type { Report } from './report-query.js';

type Provider = Report['providers'][number];

/** The same figures by mailbox provider: one that lags behind the others has a problem with us. */
export function ProvidersTab({ report }: { report: Report }) {
  const { t } = useTranslation('report');
  const nameOf = useProviderName();
  const number = (title: string, key: keyof Omit<Provider, 'provider'>) => ({
    title,
    key,
    align: 'right' as const,
    sorter: (a: Provider, b: Provider) => a[key] - b[key],
    render: (_: unknown, row: Provider) => <Count value={row[key]} />,
  });
  const rate = (title: string, key: 'failed' | 'opened' | 'clicked') => ({
    title,
    key: `${key}Rate`,
    align: 'right' as const,
    render: (_: unknown, row: Provider) => {
      const { sent, delivered, failed } = outcomeOf(row);
      const count = { ...row, failed }[key];
      return (
        <>
          <Count value={count} />{' '}
          <span className="quiet">
            (<Rate count={count} of={key === 'failed' ? sent : delivered} />)
          </span>
        </>
      );
    },
  });
  if (report.providers.length === 0) {
    return (
      <div className="panel">
        <EmptyState title={t('providers.none')} />
      </div>
    );
  }
  return (
    <>
      <div className="panel panel-table">
        <Table<Provider>
          aria-label={t('tab.providers')}
          rowKey="provider"
          dataSource={report.providers}
          pagination={false}
          scroll={{ x: 'max-content' }}
          columns={[
            {
              title: t('providers.provider'),
              key: 'provider',
              render: (_, { provider }) => (
                <Link to={`?tab=recipients&provider=${encodeURIComponent(provider)}`}>{nameOf(provider)}</Link>
              ),
            },
            number(t('providers.prepared'), 'prepared'),
            number(t('providers.accepted'), 'accepted'),
            rate(t('providers.bounced'), 'failed'),
            rate(t('providers.opened'), 'opened'),
            rate(t('providers.clicked'), 'clicked'),
          ]}
        />
      </div>
      <DomainsTable campaignId={report.campaignId} />
    </>
  );
}
