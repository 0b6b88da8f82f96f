import { CloseCircleOutlined, DownloadOutlined, UndoOutlined } from '@ant-design/icons';
import { useQuery } from '@tanstack/react-query';
import { Alert, Button, Progress, Skeleton } from 'antd';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { useParams } from 'react-router';
import { isNotFound } from '../api/api-error.js';
import { answer, api, download } from '../api/client.js';
import { useEvents } from '../api/events.js';
import { useReport } from '../api/problem.js';
import { queryClient } from '../api/query.js';
import type { Resource } from '../api/types.js';
import { NotFoundPage } from '../app/error-page.js';
import { ConfirmButton } from '../components/confirm-button.js';
import { Count } from '../components/count.js';
import { LinkButton } from '../components/link-button.js';
import { PageHeader } from '../components/page-header.js';
import { ProblemAlert } from '../components/problem-alert.js';
import { Instant } from '../components/relative-time.js';
import { StatusTag } from '../components/status-tag.js';
import { Held, Quality } from './import-quality.js';
import { ReasonList } from './reason-list.js';

type ImportJob = Resource<'Import'>;
const POLL_MS = 1_000;
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
  if (isNotFound(error)) return <NotFoundPage />;
  if (error && !job) return <ProblemAlert error={error} onRetry={() => void refetch()} />;
  if (!job) return <Skeleton active paragraph={{ rows: 8 }} />;
  return (
    <>
      <PageHeader
        title={job.fileName}
        description={t('into', { list: job.listName })}
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
      {job.status === 'undone' && <Alert type="info" showIcon className="gap-below" title={t('undone')} />}
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

/** Why rows were not taken, most frequent first. */
function Refusals({ job }: { job: ImportJob }) {
  const { t, i18n } = useTranslation('imports');
  const reasons = job.refusals ?? [];
  if (reasons.length === 0) return null;
  const kept = reasons.reduce((sum, { count }) => sum + count, 0);
  const wordOf = (code: string) => (i18n.exists(`imports:reason.${code}`) ? t(`reason.${code}`) : code);
  return (
    <div className="gap-below">
      <h3>{t('reasons')}</h3>
      <ReasonList reasons={reasons.map(({ code, count }) => ({ word: wordOf(code), count }))} />
      {kept < job.invalid && <p className="quiet small">{t('reasonsOfFirst', { count: kept })}</p>}
    </div>
  );
}

/** Our wording of the code; the server's words name the line. */
function Failure({ error }: { error: NonNullable<ImportJob['error']> }) {
  const { t, i18n } = useTranslation('problem');
  const key = `code.${error.code}`;
  return (
    <>
      {i18n.exists(`problem:${key}`) && <p className="no-margin">{t(key)}</p>}
      <p className="no-margin" lang="en">
        {error.message}
      </p>
    </>
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
  const report = useReport();
  const [saving, setSaving] = useState(false);
  const path = { params: { path: { id: job.id } } };
  const reload = () =>
    Promise.all(
      ['imports', 'contacts', 'lists', 'tags'].map((name) => queryClient.invalidateQueries({ queryKey: [name] })),
    );
  const saveErrors = async () => {
    setSaving(true);
    try {
      await download(`/api/v1/imports/${job.id}/errors.csv`, `${job.fileName.replace(/\.\w+$/, '')}-errors.csv`);
    } catch (error) {
      report(error);
    } finally {
      setSaving(false);
    }
  };
  if (isMoving(job)) {
    return (
      <ConfirmButton
        danger
        icon={<CloseCircleOutlined />}
        question={t('cancelQuestion')}
        consequence={t('cancelText')}
        confirm={t('cancelImport')}
        onConfirm={() => answer(api.POST('/api/v1/imports/{id}/cancel', path)).then(reload)}
      >
        {t('cancelImport')}
      </ConfirmButton>
    );
  }
  return (
    <>
      {job.invalid > 0 && (
        <Button icon={<DownloadOutlined />} loading={saving} onClick={() => void saveErrors()}>
          {t('errors')}
        </Button>
      )}
      {job.status === 'done' && (
        <ConfirmButton
          danger
          icon={<UndoOutlined />}
          question={t('undoQuestion')}
          consequence={t('undoText')}
          confirm={t('undo')}
          onConfirm={() => answer(api.POST('/api/v1/imports/{id}/undo', path)).then(reload)}
        >
          {t('undo')}
        </ConfirmButton>
      )}
      <LinkButton type="primary" to={`/contacts?list=${job.listId}`}>
        {t('seeContacts')}
      </LinkButton>
    </>
  );
}
