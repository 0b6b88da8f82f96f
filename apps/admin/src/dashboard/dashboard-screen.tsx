import { PlusOutlined } from '@ant-design/icons';
import { keepPreviousData, useQuery } from '@tanstack/react-query';
import { Alert, Skeleton } from 'antd';
import { useTranslation } from 'react-i18next';
import { Link, useSearchParams } from 'react-router';
import { answer, api } from '../api/client.js';
import { useEvents } from '../api/events.js';
import { useSession } from '../app/session.js';
import { LinkButton } from '../components/link-button.js';
import { PageHeader } from '../components/page-header.js';
import { ProblemAlert } from '../components/problem-alert.js';
import { ActivityFeed } from './activity.js';
import './dashboard.css';
import { Onboarding } from './onboarding.js';
import { RecentCampaigns, SendingNow } from './campaign-panels.js';
import { Figures } from './figures.js';
import { Health } from './health.js';
import { Trend } from './trend.js';

const RELOAD_MS = 30_000;

/** Where things stand: what to do first, the figures, how healthy sending is, what is being sent, what came back. */
export default function DashboardScreen() {
  const { t } = useTranslation('dashboard');
  const { user } = useSession();
  const [params, setParams] = useSearchParams();
  const days = params.get('days') === '7' ? 7 : 30;
  const { data, error, refetch } = useQuery({
    queryKey: ['dashboard', days],
    queryFn: () => answer(api.GET('/api/v1/dashboard', { params: { query: { days } } })),
    refetchInterval: RELOAD_MS,
    placeholderData: keepPreviousData,
  });
  const show = (span: number) =>
    setParams(
      (old) => {
        if (span === 7) old.set('days', '7');
        else old.delete('days');
        return old;
      },
      { replace: true },
    );
  useEvents(
    ({ type }) => {
      if (type === 'campaigns' || type === 'poll') void refetch();
    },
    (data?.active.length ?? 0) > 0,
  );
  return (
    <>
      <PageHeader
        title={t('title')}
        description={t('greeting', { name: user.name || user.email })}
        actions={
          <LinkButton type="primary" icon={<PlusOutlined />} to="/campaigns/new">
            {t('newCampaign')}
          </LinkButton>
        }
      />
      {error && !data && <ProblemAlert error={error} onRetry={() => void refetch()} />}
      {!error && !data && <Skeleton active paragraph={{ rows: 10 }} className="panel" />}
      {data && (
        <div className="stack gap-16">
          {data.inboundUnreviewed > 0 && (
            <Alert
              type="warning"
              showIcon
              title={t('unreviewed', { count: data.inboundUnreviewed })}
              action={<Link to="/inbound/review">{t('review')}</Link>}
            />
          )}
          <Onboarding checklist={data.checklist} />
          <SendingNow campaigns={data.active} />
          <Figures data={data} onDays={show} />
          <div className="columns-wide">
            <div className="stack gap-16">
              <Trend trend={data.trend} />
              <RecentCampaigns campaigns={data.recent} underWay={data.active.length > 0} />
            </div>
            <div className="stack gap-16">
              <Health health={data.health} />
              <ActivityFeed />
            </div>
          </div>
        </div>
      )}
    </>
  );
}
