import { useMutation } from '@tanstack/react-query';
import { Alert, Button, Tag } from 'antd';
import { useTranslation } from 'react-i18next';
import { answer as bodyOf, api } from '../api/client.js';
import { useReport } from '../api/problem.js';
import { queryClient } from '../api/query.js';
import { Instant } from '../components/relative-time.js';
import type { Thread } from './tags.js';

type Answer = Thread['answers'][number];

const TONES = { sending: 'processing', sent: 'success', failed: 'error', uncertain: 'warning' } as const;
/** Reasons that are words of ours; anything else is the server's. */
const OWN_REASONS = ['suppressed', 'not_renderable', 'settled'];

/** What we answered and how far it is. */
export function AnswerItem({ threadId, answer }: { threadId: string; answer: Answer }) {
  const { t, i18n } = useTranslation('replies');
  const report = useReport();
  const { id, by, at, text, state, detail } = answer;
  const retry = useMutation({
    mutationFn: () =>
      bodyOf(api.POST('/api/v1/replies/{id}/retry', { params: { path: { id: threadId } }, body: { answerId: id } })),
    onSuccess: (fresh) => queryClient.setQueryData(['replies', threadId], fresh),
    onError: (error) => report(error),
  });
  const isOurs = OWN_REASONS.includes(detail) && i18n.exists(`replies:failed.${detail}`);
  const why = isOurs ? t(`failed.${detail}`) : detail;
  return (
    <article>
      <div className="spread">
        <strong>{by ? <span lang="">{by.name}</span> : t('byProgram')}</strong>
        <span className="quiet small">
          <Tag color={TONES[state]}>{t(`answerState.${state}`)}</Tag> <Instant at={at} />
        </span>
      </div>
      <p className="reply-text" lang="">
        {text}
      </p>
      {(state === 'failed' || state === 'uncertain') && (
        <Alert
          type={state === 'failed' ? 'error' : 'warning'}
          showIcon
          title={t(`answerHelp.${state}`)}
          description={why && (isOurs ? why : <code className="mono">{why}</code>)}
          action={
            <Button size="small" loading={retry.isPending} onClick={() => retry.mutate()}>
              {t('retry')}
            </Button>
          }
        />
      )}
      {state === 'sending' && detail && <p className="quiet small mono">{detail}</p>}
    </article>
  );
}
