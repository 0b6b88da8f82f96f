import { useQuery } from '@tanstack/react-query';
import { Skeleton } from 'antd';
import { useEffect, useRef } from 'react';
import { useTranslation } from 'react-i18next';
import { Link, useParams } from 'react-router';
import { isNotFound } from '../api/api-error.js';
import { answer, api } from '../api/client.js';
import { queryClient } from '../api/query.js';
import { NotFoundPage } from '../app/error-page.js';
import { PageHeader } from '../components/page-header.js';
import { ProblemAlert } from '../components/problem-alert.js';
import { AnswerBox } from './answer-box.js';
import { AnswerItem } from './answer-item.js';
import { MailItem } from './mail-item.js';
import { ReplyKindTag, StateTag, type Thread } from './tags.js';
import { ThreadPanel } from './thread-panel.js';
import './replies.css';

/** One person about one campaign: what they wrote, what we answered, and who takes care of it. */
export default function ThreadScreen() {
  const { t } = useTranslation('replies');
  const id = useParams().id!;
  const { data, error, refetch } = useQuery({
    queryKey: ['replies', id],
    queryFn: () => answer(api.GET('/api/v1/replies/{id}', { params: { path: { id } } })),
    refetchInterval: ({ state }) => (state.data?.answers.some((each) => each.state === 'sending') ? 2_000 : 15_000),
  });
  useReading(data);
  if (isNotFound(error)) return <NotFoundPage />;
  if (error && !data) return <ProblemAlert error={error} onRetry={() => void refetch()} />;
  if (!data) return <Skeleton active paragraph={{ rows: 10 }} />;
  return (
    <>
      <PageHeader
        title={data.name || data.address}
        back={{ to: '/replies', label: t('title') }}
        extra={
          <>
            <ReplyKindTag kind={data.kind} />
            <StateTag state={data.state} />
          </>
        }
        description={<About thread={data} />}
      />
      <div className="reply-columns">
        <section aria-label={t('conversation')}>
          <ol className="card-list">
            {inOrder(data).map((item) => (
              <li key={item.key} className={`reply-item reply-${item.type}`}>
                {item.type === 'mail' ? (
                  <MailItem mail={item.mail} address={data.address} />
                ) : (
                  <AnswerItem threadId={id} answer={item.answer} />
                )}
              </li>
            ))}
          </ol>
          <AnswerBox key={id} thread={data} />
        </section>
        <ThreadPanel key={data.version} thread={data} />
      </div>
    </>
  );
}

function About({ thread: { address, name, campaignId, campaignName, sentMessageId, contactId } }: { thread: Thread }) {
  const { t } = useTranslation('replies');
  return (
    <>
      {contactId ? (
        <Link to={`/contacts/${contactId}`} lang="">
          {name ? address : t('contact')}
        </Link>
      ) : (
        <span lang="">{address}</span>
      )}
      {campaignId && (
        <>
          {' · '}
          {t('answers')}{' '}
          <Link to={`/campaigns/${campaignId}/report?tab=mail`} lang="">
            {campaignName}
          </Link>
        </>
      )}
      {sentMessageId && (
        <>
          {' · '}
          <Link to={`/triggered?message=${sentMessageId}`}>{t('ourMessage')}</Link>
        </>
      )}
    </>
  );
}

type Item =
  | { type: 'mail'; key: string; at: string; mail: Thread['mails'][number] }
  | { type: 'answer'; key: string; at: string; answer: Thread['answers'][number] };

function inOrder({ mails, answers }: Thread): Item[] {
  const items: Item[] = [
    ...mails.map((mail): Item => ({ type: 'mail', key: `m${mail.id}`, at: mail.at, mail })),
    ...answers.map((each): Item => ({ type: 'answer', key: `a${each.id}`, at: each.at, answer: each })),
  ];
  return items.sort((a, b) => Date.parse(a.at) - Date.parse(b.at));
}

/** Whoever opens a thread has read it; the menu's count and the mailbox follow. */
function useReading(thread: Thread | undefined): void {
  const asked = useRef('');
  useEffect(() => {
    if (!thread || (thread.unread === 0 && thread.state !== 'new')) return;
    const key = `${thread.id}:${thread.version}`;
    if (asked.current === key) return;
    asked.current = key;
    const read = answer(api.POST('/api/v1/replies/{id}/read', { params: { path: { id: thread.id } } }));
    read.then(
      (fresh) => {
        queryClient.setQueryData(['replies', thread.id], fresh);
        void queryClient.invalidateQueries({ queryKey: ['inbound', 'counts'] });
        void queryClient.invalidateQueries({ queryKey: ['replies', 'list'] });
      },
      () => undefined, // it stays unread; the next look asks again
    );
  }, [thread]);
}
