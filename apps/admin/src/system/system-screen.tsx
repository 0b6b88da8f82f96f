import { ReloadOutlined } from '@ant-design/icons';
import { useQuery } from '@tanstack/react-query';
import { Button, Skeleton } from 'antd';
import { useTranslation } from 'react-i18next';
import { answer, api } from '../api/client.js';
import { PageHeader } from '../components/page-header.js';
import { ProblemAlert } from '../components/problem-alert.js';
import { Checks } from './checks.js';
import { FailedJobs } from './failed-jobs.js';
import { Jobs, Lanes } from './lanes.js';
import { Processes } from './processes.js';
import { Storage } from './storage.js';
import './system.css';

const RELOAD_MS = 5_000;

/** How the installation does: what is wrong and what to do about it first, then who runs, what waits, what fills the disk. */
export default function SystemScreen() {
  const { t } = useTranslation('system');
  const { data, error, refetch, isFetching } = useQuery({
    queryKey: ['system'],
    queryFn: () => answer(api.GET('/api/v1/system')),
    refetchInterval: RELOAD_MS,
  });
  return (
    <>
      <PageHeader
        title={t('title')}
        description={data ? t('description', { version: data.version }) : t('lead')}
        actions={
          <Button icon={<ReloadOutlined spin={isFetching} />} onClick={() => void refetch()}>
            {t('reload')}
          </Button>
        }
      />
      {error && !data && <ProblemAlert error={error} onRetry={() => void refetch()} />}
      {!error && !data && <Skeleton active paragraph={{ rows: 10 }} className="panel" />}
      {data && (
        <div className="stack gap-16">
          {error && <ProblemAlert error={error} onRetry={() => void refetch()} />}
          <Checks checks={data.checks} />
          <Processes processes={data.processes} />
          <div className="columns-half">
            <Lanes lanes={data.lanes} />
            <Jobs jobs={data.jobs} />
          </div>
          <FailedJobs failed={(data.jobs ?? []).reduce((sum, job) => sum + job.failed, 0)} />
          <Storage storage={data.storage} />
        </div>
      )}
    </>
  );
}
