import { useInfiniteQuery } from '@tanstack/react-query';
import { App, Button, Skeleton, Space } from 'antd';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { answer, api } from '../api/client.js';
import { useReport } from '../api/problem.js';
import { queryClient } from '../api/query.js';
import type { Resource } from '../api/types.js';
import { ConfirmButton } from '../components/confirm-button.js';
import { ProblemAlert } from '../components/problem-alert.js';
import { RelativeTime } from '../components/relative-time.js';
import { jobKey } from './lanes.js';

type Job = Resource<'FailedJob'>;
type Settled = 'retry' | 'forget';

const PAGE = 10;

async function settle({ name, id }: Job, what: Settled): Promise<void> {
  await answer(api.POST(`/api/v1/system/failed-jobs/${what}`, { body: { name, id } }));
  for (const key of ['failed-jobs', 'system']) await queryClient.invalidateQueries({ queryKey: [key] });
}

/**
 * Jobs that failed, each with its cause and two ways out. Asked anew when their number changes.
 * @param failed how many there are
 */
export function FailedJobs({ failed }: { failed: number }) {
  const { t } = useTranslation('system');
  const query = useInfiniteQuery({
    queryKey: ['failed-jobs', failed],
    initialPageParam: undefined as string | undefined,
    queryFn: ({ pageParam: cursor }) =>
      answer(
        api.GET('/api/v1/system/failed-jobs', { params: { query: { limit: PAGE, ...(cursor ? { cursor } : {}) } } }),
      ),
    getNextPageParam: (page) => page.nextCursor ?? undefined,
    enabled: failed > 0,
  });
  const jobs = query.data?.pages.flatMap(({ items }) => items) ?? [];
  return (
    <section className="panel" aria-labelledby="failed-title">
      <h2 id="failed-title">{t('failedJobs')}</h2>
      {failed === 0 && <p className="quiet">{t('failedNone')}</p>}
      {failed > 0 && query.error && <ProblemAlert error={query.error} onRetry={() => void query.refetch()} />}
      {failed > 0 && query.isPending && <Skeleton active title={false} paragraph={{ rows: 3 }} />}
      {failed > 0 && jobs.length > 0 && (
        <ul className="plain-list divided" aria-label={t('failedJobs')}>
          {jobs.map((job) => (
            <li key={`${job.name} ${job.id}`} className="stack">
              <div className="spread">
                <strong>
                  {t(`jobName.${jobKey(job.name)}`)} #{job.about}
                </strong>
                <Ways job={job} />
              </div>
              <code className="system-cause">{job.reason || t('noReason')}</code>
              <span className="quiet small">
                <RelativeTime at={job.failedAt} /> · {t('attempts', { count: job.attempts })}
              </span>
            </li>
          ))}
        </ul>
      )}
      {failed > 0 && query.hasNextPage && (
        <Button type="link" size="small" loading={query.isFetchingNextPage} onClick={() => void query.fetchNextPage()}>
          {t('more')}
        </Button>
      )}
    </section>
  );
}

function Ways({ job }: { job: Job }) {
  const { t } = useTranslation('system');
  const { message } = App.useApp();
  const report = useReport();
  const [busy, setBusy] = useState(false);
  const retry = async () => {
    setBusy(true);
    try {
      await settle(job, 'retry');
      message.success(t('retried'));
    } catch (error) {
      report(error);
    } finally {
      setBusy(false);
    }
  };
  return (
    <Space>
      <Button size="small" loading={busy} onClick={() => void retry()}>
        {t('retry')}
      </Button>
      <ConfirmButton
        size="small"
        question={t('forgetQuestion')}
        consequence={t('forgetText')}
        confirm={t('forget')}
        onConfirm={() => settle(job, 'forget')}
      >
        {t('forget')}
      </ConfirmButton>
    </Space>
  );
}
