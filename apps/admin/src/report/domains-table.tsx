import { useQuery } from '@tanstack/react-query';
import { Skeleton, Table } from 'antd';
import { useTranslation } from 'react-i18next';
import { answer, api } from '../api/client.js';
import type { Resource } from '../api/types.js';
import { Count, Rate } from '../components/count.js';
import { ProblemAlert } from '../components/problem-alert.js';
import { outcomeOf } from './outcome.js';

type Domain = Resource<'DomainReport'>['items'][number];

/** The largest domains of the recipients: what providers hide, their domains show. */
export function DomainsTable({ campaignId }: { campaignId: string }) {
  const { t } = useTranslation('report');
  const { data, error, refetch } = useQuery({
    // Under the report, so that it is read again as that moves.
    queryKey: ['campaigns', campaignId, 'report', 'domains'],
    queryFn: () => answer(api.GET('/api/v1/campaigns/{id}/report/domains', { params: { path: { id: campaignId } } })),
  });
  if (error && !data) return <ProblemAlert error={error} onRetry={() => void refetch()} />;
  if (!data) return <Skeleton active paragraph={{ rows: 6 }} className="panel" />;
  const rate = (title: string, key: 'delivered' | 'failed' | 'opened' | 'clicked' | 'complained', digits = 1) => ({
    title,
    key,
    align: 'right' as const,
    render: (_: unknown, row: Domain) => {
      const { sent, delivered, failed } = outcomeOf(row);
      const count = { ...row, delivered, failed }[key];
      const of = key === 'delivered' || key === 'failed' ? sent : delivered;
      return (
        <>
          <Count value={count} />{' '}
          <span className="quiet">
            (<Rate count={count} of={of} digits={digits} />)
          </span>
        </>
      );
    },
  });
  return (
    <div className="panel panel-table">
      <div className="panel-table-head">
        <h2>{t('domains.title')}</h2>
        <span className="quiet small">{t('domains.shown', { shown: data.items.length, count: data.domains })}</span>
      </div>
      <Table<Domain>
        aria-label={t('domains.title')}
        rowKey="domain"
        dataSource={data.items}
        pagination={data.items.length > 10 ? { pageSize: 10, showSizeChanger: false } : false}
        scroll={{ x: 'max-content' }}
        columns={[
          { title: t('domains.domain'), key: 'domain', dataIndex: 'domain' },
          {
            title: t('providers.prepared'),
            key: 'prepared',
            align: 'right',
            render: (_, { prepared }) => <Count value={prepared} />,
          },
          rate(t('funnel.delivered'), 'delivered'),
          rate(t('providers.bounced'), 'failed'),
          rate(t('providers.opened'), 'opened'),
          rate(t('providers.clicked'), 'clicked'),
          rate(t('kpi.complained'), 'complained', 2),
        ]}
      />
    </div>
  );
}
