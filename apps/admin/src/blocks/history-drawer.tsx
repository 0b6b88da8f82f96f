import { useQuery } from '@tanstack/react-query';
import { Button, Drawer, Skeleton, Tag } from 'antd';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { call } from '../api/call.js';
import { answer, api } from '../api/client.js';
import { useReport } from '../api/problem.js';
import type { Page, Resource } from '../api/types.js';
import { EmptyState } from '../components/empty-state.js';
import { MailFrame } from '../components/mail-frame.js';
import { ProblemAlert } from '../components/problem-alert.js';
import { RelativeTime } from '../components/relative-time.js';
import { SubjectText } from '../components/subject-text.js';
import './history.css';

type Revision = Resource<'Revision'>;
const SHOWN = 50;

export interface HistoryProps {
  /** Where earlier states are to be had: `/api/v1/templates/7/revisions`. */
  path: string;
  /** Goes back to one of them. */
  onRestore: (revisionId: string) => Promise<void>;
}

/** What the mail was: each earlier state with a look at it, and the way back to it. */
export default function HistoryDrawer({ path, onRestore, onClose }: HistoryProps & { onClose: () => void }) {
  const { t } = useTranslation('blocks');
  const report = useReport();
  const [chosen, setChosen] = useState<string>();
  const [busy, setBusy] = useState(false);
  const { data, error, refetch } = useQuery({
    queryKey: ['revisions', path],
    queryFn: () => call<Page<Revision>>('get', path, { query: { limit: SHOWN } }),
    staleTime: 0,
    gcTime: 0,
  });
  const id = chosen ?? data?.items[0]?.id;
  const restore = async () => {
    setBusy(true);
    try {
      await onRestore(id!);
      onClose();
    } catch (failure) {
      report(failure);
    } finally {
      setBusy(false);
    }
  };
  return (
    <Drawer
      open
      title={t('history.title')}
      size={980}
      onClose={onClose}
      extra={
        <Button type="primary" disabled={!id} loading={busy} onClick={() => void restore()}>
          {t('history.restore')}
        </Button>
      }
    >
      {error && <ProblemAlert error={error} onRetry={() => void refetch()} />}
      {!data && !error && <Skeleton active paragraph={{ rows: 8 }} />}
      {data?.items.length === 0 && <EmptyState title={t('history.none')} text={t('history.noneText')} />}
      {data && data.items.length > 0 && (
        <div className="history">
          <ul className="plain-list history-list" aria-label={t('history.title')}>
            {data.items.map((revision) => (
              <li key={revision.id}>
                <button
                  type="button"
                  className="history-entry"
                  aria-pressed={revision.id === id}
                  onClick={() => setChosen(revision.id)}
                >
                  <strong>
                    <RelativeTime at={revision.updatedAt} />
                  </strong>
                  <span className="quiet small ellipsis">{revision.by ?? t('history.unknown')}</span>
                  {revision.restoredFrom && <Tag>{t('history.restored')}</Tag>}
                </button>
              </li>
            ))}
          </ul>
          {id && <RevisionLook key={id} path={path} id={id} />}
        </div>
      )}
    </Drawer>
  );
}

/** The mail as it was. */
function RevisionLook({ path, id }: { path: string; id: string }) {
  const { t } = useTranslation('blocks');
  const { data, error, refetch } = useQuery({
    queryKey: ['revisions', path, id],
    queryFn: async () => {
      const { content } = await call<Resource<'RevisionContent'>>('get', `${path}/${id}`);
      return answer(api.POST('/api/v1/templates/preview', { body: { content } }));
    },
    staleTime: Infinity,
  });
  if (error) return <ProblemAlert error={error} onRetry={() => void refetch()} />;
  if (!data) return <Skeleton active paragraph={{ rows: 10 }} />;
  return (
    <div className="history-look">
      <p>
        <span className="quiet">{t('history.subject')}</span>{' '}
        {data.subject ? <SubjectText subject={data.subject} /> : '–'}
      </p>
      {data.html ? (
        <MailFrame html={data.html} width={640} height="calc(100vh - 190px)" />
      ) : (
        <pre className="mail-text">{data.text}</pre>
      )}
    </div>
  );
}
