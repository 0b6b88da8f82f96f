import { ApartmentOutlined } from '@ant-design/icons';
import { useQuery } from '@tanstack/react-query';
import { Skeleton } from 'antd';
import { useTranslation } from 'react-i18next';
import { EmptyState } from '../components/empty-state.js';
import { LinkButton } from '../components/link-button.js';
import { PageHeader } from '../components/page-header.js';
import { ProblemAlert } from '../components/problem-alert.js';
import { AccountPanel, paceQuery } from '../pace/index.js';

/** What every delivery channel does just now. */
export default function SendingScreen() {
  const { t } = useTranslation('senders');
  const { data, error, refetch } = useQuery(paceQuery);
  const channels = <LinkButton to="/settings/senders">{t('live.channels')}</LinkButton>;
  // The sandbox is not worth a panel of its own once there are real channels and it has nothing to do.
  const accounts = (data?.items ?? []).filter(
    ({ kind, providers }) => kind === 'smtp' || providers.length > 0 || data?.items.length === 1,
  );
  return (
    <>
      <PageHeader title={t('live.title')} description={t('live.description')} actions={channels} />
      {error && !data && <ProblemAlert error={error} onRetry={() => void refetch()} />}
      {!error && !data && <Skeleton active paragraph={{ rows: 8 }} className="panel" />}
      {data && accounts.length === 0 && (
        <div className="panel">
          <EmptyState icon={<ApartmentOutlined />} title={t('empty.title')} text={t('empty.text')} action={channels} />
        </div>
      )}
      {accounts.map((account) => (
        <AccountPanel key={account.id} account={account} />
      ))}
    </>
  );
}
