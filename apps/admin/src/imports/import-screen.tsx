import { CloseCircleOutlined, DownloadOutlined } from '@ant-design/icons';
import { useQuery } from '@tanstack/react-query';
import { Alert, Button, Progress, Skeleton } from 'antd';
import { useEffect } from 'react';
import { useTranslation } from 'react-i18next';
import { Navigate, useParams } from 'react-router';
import { isNotFound } from '../api/api-error.js';
import { answer, api } from '../api/client.js';
import { useEvents } from '../api/events.js';
import type { Resource } from '../api/types.js';
import { NotFoundPage } from '../app/error-page.js';
import { ConfirmButton } from '../components/confirm-button.js';
import { Count } from '../components/count.js';
import { LinkButton } from '../components/link-button.js';
import { PageHeader } from '../components/page-header.js';
import { ProblemAlert } from '../components/problem-alert.js';
import { Instant } from '../components/relative-time.js';
import { StatusTag } from '../components/status-tag.js';
import { Failure } from './failure.js';
import { Held, Quality } from './import-quality.js';
import { ReasonList } from './reason-list.js';
import { UndoButton, reloadPeople } from './undo-button.js';
import { useErrorFile } from './use-error-file.js';
import { useRefusalWord } from './use-refusal-word.js';

type ImportJob = Resource<'Import'>;
const POLL_MS = 1_000;
const IN_PREPARATION = ['draft', 'checking', 'checked'];
const COUNTS = ['rows', 'created', 'updated', 'unchanged', 'duplicates', 'invalid', 'suppressed'] as const;

const isMoving = (job: ImportJob | undefined) => job?.status === 'queued' || job?.status === 'running';

/** One import: its progress, then what it did, the rows it refused, and the way back. */
export default function ImportScreen() {
  const { t } = useTranslation('imports');
  const id = useParams().id!;
  const {
    data: job,
    error,
    refetch,
  } = useQuery({
    queryKey: ['imports', id],
    queryFn: () => answer(api.GET('/api/v1/imports/{id}', { params: { path: { id } } })),
    refetchInterval: ({ state }) => (isMoving(state.data) ? POLL_MS : false),
  });
  useEvents(({ type, items }) => {
    if (type === 'imports' && items.some((item) => item.id === id)) void refetch();
  }, isMoving(job));
  const ended = job && !isMoving(job);
  useEffect(() => {
    // Who goes on to a segment or a campaign finds the tags and counts that it brought.
    if (ended) void reloadPeople();
  }, [ended]);
  if (isNotFound(error)) return <NotFoundPage />;
  if (error && !job) return <ProblemAlert error={error} onRetry={() => void refetch()} />;
  if (!job) return <Skeleton active paragraph={{ rows: 8 }} />;
  if (IN_PREPARATION.includes(job.status)) return <Navigate to={`/imports/${id}/prepare`} replace />;
  return (
    <>
      <PageHeader
        title={job.fileName}
        description={job.listName && t('into', { list: job.listName })}
        extra={<StatusTag kind="import" value={job.status} />}
        back={{ to: '/imports', label: t('title') }}
        actions={<Actions job={job} />}
      />
      {isMoving(job) && <Moving job={job} />}
      {job.error && (
        <Alert
          type="error"
          showIcon
          className="gap-below"
          title={t('failed')}
          description={<Failure error={job.error} />}
        />
      )}
      {job.status === 'undone' && (
        <Alert type="info" showIcon className="gap-below" title={t('undone')} description={<Undone job={job} />} />
      )}
      {job.status === 'cancelled' && <Alert type="info" showIcon className="gap-below" title={t('cancelled')} />}
      <Held job={job} />
      <section className="panel" aria-live="polite" aria-busy={isMoving(job)}>
        <h2>{t('result')}</h2>
        <dl className="figures-grid">
          {COUNTS.map((name) => (
            <div key={name}>
              <dt>{t(`count.${name}`)}</dt>
              <dd>
                <Count value={job[name]} />
              </dd>
              <dd className="quiet small">{t(`countHelp.${name}`)}</dd>
            </div>
          ))}
        </dl>
        <Quality job={job} />
        <Refusals job={job} />
        <p className="quiet no-margin">
          {t('started')} <Instant at={job.createdAt} />
          {job.finishedAt && (
            <>
              {' · '}
              {t('finished')} <Instant at={job.finishedAt} />
            </>
          )}
        </p>
      </section>
    </>
  );
}

/** What an undo took back, and what it had to leave. */
function Undone({ job: { undo } }: { job: ImportJob }) {
  const { t } = useTranslation('imports');
  if (!undo) return null;
  const { removed, restored, unlisted, keptCreated, keptChanged } = undo;
  return (
    <>
      <p className="no-margin">{t('undoDone', { removed, restored, unlisted })}</p>
      {keptCreated > 0 && <p className="no-margin">{t('keptCreated', { count: keptCreated })}</p>}
      {keptChanged > 0 && <p className="no-margin">{t('keptChanged', { count: keptChanged })}</p>}
    </>
  );
}

/** Why rows were not taken, most frequent first. */
function Refusals({ job }: { job: ImportJob }) {
  const { t } = useTranslation('imports');
  const wordOf = useRefusalWord();
  const reasons = job.refusals ?? [];
  if (reasons.length === 0) return null;
  const kept = reasons.reduce((sum, { count }) => sum + count, 0);
  return (
    <div className="gap-below">
      <h3>{t('reasons')}</h3>
      <ReasonList reasons={reasons.map(({ code, count }) => ({ word: wordOf(code), count }))} />
      {kept < job.invalid && <p className="quiet small">{t('reasonsOfFirst', { count: kept })}</p>}
    </div>
  );
}

function Moving({ job }: { job: ImportJob }) {
  const { t } = useTranslation('imports');
  const percent = job.bytes > 0 ? Math.min(100, Math.floor((job.bytesRead / job.bytes) * 100)) : 0;
  return (
    <section className="panel">
      <h2>{t(`phase.${job.status === 'queued' ? 'queued' : job.phase}`)}</h2>
      <Progress
        percent={job.phase === 'reading' ? percent : 100}
        status="active"
        showInfo={job.phase === 'reading'}
        aria-label={t('progress')}
      />
      <p className="quiet no-margin">{t('mayLeave')}</p>
    </section>
  );
}

function Actions({ job }: { job: ImportJob }) {
  const { t } = useTranslation('imports');
  const saving = useErrorFile(job);
  const path = { params: { path: { id: job.id } } };
  if (isMoving(job)) {
    return (
      <ConfirmButton
        danger
        icon={<CloseCircleOutlined />}
        question={t('cancelQuestion')}
        consequence={t('cancelText')}
        confirm={t('cancelImport')}
        onConfirm={() => answer(api.POST('/api/v1/imports/{id}/cancel', path)).then(reloadPeople)}
      >
        {t('cancelImport')}
      </ConfirmButton>
    );
  }
  return (
    <>
      {job.invalid > 0 && (
        <Button icon={<DownloadOutlined />} loading={saving.busy} onClick={saving.save}>
          {t('errors')}
        </Button>
      )}
      <UndoButton job={job} />
      {job.listId && (
        <LinkButton type="primary" to={`/contacts?list=${job.listId}`}>
          {t('seeContacts')}
        </LinkButton>
      )}
    </>
  );
}
