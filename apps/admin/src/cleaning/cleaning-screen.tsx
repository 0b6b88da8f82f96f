import { CloseCircleOutlined, UndoOutlined } from '@ant-design/icons';
import { useQuery } from '@tanstack/react-query';
import { Alert, Progress, Skeleton } from 'antd';
import { useTranslation } from 'react-i18next';
import { useParams } from 'react-router';
import { isNotFound } from '../api/api-error.js';
import { answer, api } from '../api/client.js';
import { queryClient } from '../api/query.js';
import { NotFoundPage } from '../app/error-page.js';
import { ConfirmButton } from '../components/confirm-button.js';
import { Count, Rate } from '../components/count.js';
import { PageHeader } from '../components/page-header.js';
import { ProblemAlert } from '../components/problem-alert.js';
import './cleaning.css';
import { CleaningStatus, isMoving, type Cleaning } from './cleaning-status.js';
import { FoundRows } from './found-rows.js';
import { ReasonTable } from './reason-table.js';

const POLL_MS = 1_000;
const VERDICTS = ['valid', 'risky', 'invalid'] as const;
/** A sunset knows only who is silent and who is not. */
const SILENCE = ['valid', 'risky'] as const;
const DONE = ['left', 'suppressed', 'corrected', 'tagged', 'invited', 'unchanged'] as const;

/** One cleaning: its progress, what it found, what to do about it, and the way back. */
export default function CleaningScreen() {
  const { t } = useTranslation('cleaning');
  const id = useParams().id!;
  const { data, error, refetch } = useQuery({
    queryKey: ['cleanings', id],
    queryFn: () => answer(api.GET('/api/v1/cleanings/{id}', { params: { path: { id } } })),
    refetchInterval: ({ state }) => (isMoving(state.data?.status) ? POLL_MS : false),
  });
  if (isNotFound(error)) return <NotFoundPage />;
  if (error && !data) return <ProblemAlert error={error} onRetry={() => void refetch()} />;
  if (!data) return <Skeleton active paragraph={{ rows: 8 }} />;
  const { status } = data;
  const found = data.verdicts.risky + data.verdicts.invalid;
  return (
    <>
      <PageHeader
        title={t(`titleOf.${data.kind}`, { list: data.listName })}
        description={t(`descriptionOf.${data.kind}`)}
        extra={<CleaningStatus status={status} />}
        back={{ to: `/lists/${data.listId}/quality`, label: data.listName }}
        actions={<Actions cleaning={data} />}
      />
      {isMoving(status) && <Moving cleaning={data} />}
      {status === 'failed' && <Alert type="error" showIcon className="gap-below" title={t('failed')} />}
      {status === 'undone' && <Alert type="info" showIcon className="gap-below" title={t('undone')} />}
      {status === 'applied' && <Applied cleaning={data} />}
      <section className="panel gap-below" aria-live="polite" aria-busy={isMoving(status)}>
        <h2>{t('result')}</h2>
        <dl className="figures-grid">
          {(data.kind === 'list' ? VERDICTS : SILENCE).map((verdict) => (
            <div key={verdict}>
              <dt>{t(data.kind === 'list' ? `verdict.${verdict}` : `sunset.verdict.${verdict}`)}</dt>
              <dd>
                <Count value={data.verdicts[verdict]} />
              </dd>
              <dd className="quiet small">
                <Rate count={data.verdicts[verdict]} of={data.judged} />
                {data.kind === 'list' && ` · ${t(`verdictHelp.${verdict}`)}`}
              </dd>
            </div>
          ))}
        </dl>
        {data.unanswered > 0 && <p className="quiet small no-margin">{t('unanswered', { count: data.unanswered })}</p>}
      </section>
      {status === 'ready' && found === 0 && (
        <Alert type="success" showIcon title={t(data.kind === 'list' ? 'allValid' : 'sunset.nobody')} />
      )}
      <div className="cleaning">
        {data.reasons.length > 0 && <ReasonTable key={status} cleaning={data} />}
        {found > 0 && status !== 'queued' && status !== 'judging' && <FoundRows cleaning={data} />}
      </div>
    </>
  );
}

function Moving({ cleaning: { status, judged, total } }: { cleaning: Cleaning }) {
  const { t } = useTranslation('cleaning');
  const judging = status === 'queued' || status === 'judging';
  const percent = total > 0 ? Math.min(100, Math.floor((judged / total) * 100)) : 0;
  return (
    <section className="panel">
      <h2>{t(`moving.${status}`)}</h2>
      <Progress
        percent={judging ? percent : 100}
        status="active"
        showInfo={judging}
        aria-label={t(`moving.${status}`)}
      />
      <p className="quiet no-margin">{t('mayLeave')}</p>
    </section>
  );
}

function Applied({ cleaning: { done, tag } }: { cleaning: Cleaning }) {
  const { t } = useTranslation('cleaning');
  const parts = DONE.filter((name) => done[name] > 0).map((name) =>
    t(`done.${name}`, { count: done[name], tag: tag ?? '' }),
  );
  return (
    <Alert
      type="success"
      showIcon
      className="gap-below"
      title={t('applied')}
      description={parts.length > 0 ? parts.join(t('semicolon')) : t('nothingDone')}
    />
  );
}

function Actions({ cleaning: { id, status, listId } }: { cleaning: Cleaning }) {
  const { t } = useTranslation('cleaning');
  const path = { params: { path: { id } } };
  const reload = () =>
    Promise.all(
      ['cleanings', `cleanings-${listId}`].map((name) => queryClient.invalidateQueries({ queryKey: [name] })),
    );
  if (status === 'queued' || status === 'judging') {
    return (
      <ConfirmButton
        danger
        icon={<CloseCircleOutlined />}
        question={t('cancelQuestion')}
        consequence={t('cancelText')}
        confirm={t('cancel')}
        onConfirm={() => answer(api.POST('/api/v1/cleanings/{id}/cancel', path)).then(reload)}
      >
        {t('cancel')}
      </ConfirmButton>
    );
  }
  if (status !== 'applied') return null;
  return (
    <ConfirmButton
      danger
      icon={<UndoOutlined />}
      question={t('undoQuestion')}
      consequence={t('undoText')}
      confirm={t('undo')}
      onConfirm={() => answer(api.POST('/api/v1/cleanings/{id}/undo', path)).then(reload)}
    >
      {t('undo')}
    </ConfirmButton>
  );
}
