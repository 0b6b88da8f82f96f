import { CheckCircleOutlined } from '@ant-design/icons';
import { useMutation } from '@tanstack/react-query';
import { Button, Skeleton, Switch } from 'antd';
import { useEffect, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { answer, api } from '../api/client.js';
import { useReport } from '../api/problem.js';
import { queryClient } from '../api/query.js';
import { EmptyState } from '../components/empty-state.js';
import { LinkButton } from '../components/link-button.js';
import { PageHeader } from '../components/page-header.js';
import { ProblemAlert } from '../components/problem-alert.js';
import { KINDS, type Kind } from './kinds.js';
import { PhraseDialog, type Phrase } from './phrase-dialog.js';
import { ReviewDetail } from './review-detail.js';
import { ReviewTabs } from './review-tabs.js';
import { useDraft, type Draft } from './use-draft.js';
import { removeFromQueue, useQueue } from './use-queue.js';
import { useReviewKeys } from './use-review-keys.js';
import './review.css';

const KEYS_OFF = 'hongyan.review.keys';
/** How long a verdict can be taken back, in seconds. */
const UNDO_SECONDS = 10;

interface Last {
  id: string;
  /** The rule that its words would make. */
  rule: Phrase;
  undoable: boolean;
}

/** One mail after another that nothing could judge: a guess with its reasons, one key to confirm, the next opens. */
export default function ReviewScreen() {
  const { t } = useTranslation('review');
  const queue = useQueue();
  const [position, setPosition] = useState(0);
  const [keysOn, setKeysOn] = useState(() => localStorage.getItem(KEYS_OFF) !== 'off');
  const { items, hasMore, loadMore } = queue;
  const at = Math.min(position, Math.max(items.length - 1, 0));
  const open = items[at];
  const draft = useDraft(open?.id ?? null);
  const [teaching, setTeaching] = useState<Phrase | null>(null);
  const [returning, setReturning] = useState<string | null>(null);
  const { decide, undo, last } = useDecisions(setReturning);
  useEffect(() => {
    const index = items.findIndex(({ id }) => id === returning);
    if (index < 0) return;
    setPosition(index);
    setReturning(null);
  }, [items, returning]);
  useEffect(() => {
    if (hasMore && at >= items.length - 5) loadMore();
  }, [at, hasMore, items.length, loadMore]);
  const choose = (kind: Kind | null) => {
    if (open && draft.ready)
      decide.mutate({ id: open.id, phrase: draft.review?.proposal ?? '', draft: draft.of(kind) });
  };
  useReviewKeys(
    {
      next: () => setPosition(Math.min(at + 1, items.length - 1)),
      previous: () => setPosition(Math.max(at - 1, 0)),
      kind: (index) => choose(KINDS[index] ?? null),
      accept: () => choose(null),
      undo: () => last?.undoable && undo.mutate(last.id),
    },
    keysOn && teaching === null && !decide.isPending && !undo.isPending,
  );
  const toggle = (on: boolean) => {
    localStorage.setItem(KEYS_OFF, on ? 'on' : 'off');
    setKeysOn(on);
  };
  return (
    <>
      <PageHeader
        title={t('title')}
        description={t('description')}
        actions={
          <label className="review-keys">
            <Switch size="small" checked={keysOn} onChange={toggle} aria-label={t('keys')} /> {t('keys')}
          </label>
        }
      />
      <ReviewTabs current="review" />
      {queue.error && items.length === 0 ? (
        <ProblemAlert error={queue.error} onRetry={queue.refetch} />
      ) : queue.isPending ? (
        <Skeleton active paragraph={{ rows: 8 }} className="panel" />
      ) : (
        <>
          <Decided last={last} busy={undo.isPending} onUndo={(id) => undo.mutate(id)} onTeach={setTeaching} />
          {open ? (
            <div className="review-columns">
              <Waiting items={items} at={at} onOpen={setPosition} />
              <ReviewDetail id={open.id} draft={draft} busy={decide.isPending} onChoose={choose} />
            </div>
          ) : (
            <div className="panel">
              <EmptyState
                icon={<CheckCircleOutlined />}
                title={t('empty.title')}
                text={t('empty.text')}
                action={<LinkButton to="/inbound">{t('empty.action')}</LinkButton>}
              />
            </div>
          )}
        </>
      )}
      {teaching && <PhraseDialog initial={teaching} onClose={() => setTeaching(null)} />}
    </>
  );
}

/** Sends verdicts and takes them back; the queue and the count in the menu follow. */
function useDecisions(onReturn: (id: string) => void) {
  const report = useReport();
  const [last, setLast] = useState<Last | null>(null);
  const reload = () => queryClient.invalidateQueries({ queryKey: ['inbound'] });
  const decide = useMutation({
    mutationFn: ({ id, draft }: { id: string; phrase: string; draft: Draft }) =>
      answer(
        api.POST('/api/v1/inbound/{id}/verdict', {
          params: { path: { id } },
          body: { ...draft, undoSeconds: UNDO_SECONDS },
        }),
      ),
    onSuccess: async (_, { id, phrase, draft: { kind, reason } }) => {
      setLast({ id, rule: { phrase, kind, reason }, undoable: true });
      await removeFromQueue(id);
      void reload();
    },
    onError: (error) => {
      report(error);
      void reload();
    },
  });
  const undo = useMutation({
    mutationFn: (id: string) => answer(api.DELETE('/api/v1/inbound/{id}/verdict', { params: { path: { id } } })),
    onSuccess: (_, id) => onReturn(id),
    onSettled: () => {
      setLast(null);
      void reload();
    },
    onError: (error) => report(error),
  });
  useEffect(() => {
    if (!last?.undoable) return;
    const timer = setTimeout(() => setLast({ ...last, undoable: false }), UNDO_SECONDS * 1_000);
    return () => clearTimeout(timer);
  }, [last]);
  return { decide, undo, last };
}

interface DecidedProps {
  last: Last | null;
  busy: boolean;
  onUndo: (id: string) => void;
  onTeach: (rule: Phrase) => void;
}

/** What was just decided: it can be taken back for a while, and its words can become a rule. */
function Decided({ last, busy, onUndo, onTeach }: DecidedProps) {
  const { t } = useTranslation('review');
  return (
    <div className="review-last">
      <span role="status">
        {last && t(last.undoable ? 'decided' : 'acted', { kind: t(`kind.${last.rule.kind}`), seconds: UNDO_SECONDS })}
      </span>
      {last?.undoable && (
        <Button size="small" loading={busy} onClick={() => onUndo(last.id)}>
          {t('undo')} <kbd aria-hidden="true">U</kbd>
        </Button>
      )}
      {last && (
        <Button size="small" onClick={() => onTeach(last.rule)}>
          {t('rules.teach')}
        </Button>
      )}
    </div>
  );
}

interface WaitingProps {
  items: { id: string; subject: string; from: string }[];
  at: number;
  onOpen: (position: number) => void;
}

function Waiting({ items, at, onOpen }: WaitingProps) {
  const { t } = useTranslation('review');
  return (
    <nav className="panel review-list" aria-label={t('waiting')}>
      <ol>
        {items.map(({ id, subject, from }, index) => (
          <li key={id}>
            <button
              type="button"
              className="review-item"
              aria-current={index === at ? 'true' : undefined}
              onClick={() => onOpen(index)}
            >
              <span className="ellipsis" lang="">
                {subject || t('noSubject')}
              </span>
              <span className="ellipsis quiet small" lang="">
                {from || t('nullSender')}
              </span>
            </button>
          </li>
        ))}
      </ol>
    </nav>
  );
}
