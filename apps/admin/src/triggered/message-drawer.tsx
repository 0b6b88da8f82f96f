import { useQuery } from '@tanstack/react-query';
import { Alert, Drawer, Skeleton, Space } from 'antd';
import type { ReactNode } from 'react';
import { useTranslation } from 'react-i18next';
import { Link } from 'react-router';
import { answer, api } from '../api/client.js';
import { queryClient } from '../api/query.js';
import type { Resource } from '../api/types.js';
import { ConfirmButton } from '../components/confirm-button.js';
import { Bytes } from '../components/count.js';
import { ProblemAlert } from '../components/problem-alert.js';
import { Instant } from '../components/relative-time.js';
import { StatusTag } from '../components/status-tag.js';
import { useNarrow } from '../components/use-narrow.js';
import { useReasonName } from '../words/index.js';
import { MessageAttempts } from './message-attempts.js';
import { useMessageParam } from './use-message-param.js';

type Message = Resource<'Message'>;

/** One message with everything that happened to it. */
export function MessageDrawer() {
  const { t } = useTranslation('triggered');
  const { id, close } = useMessageParam();
  const narrow = useNarrow();
  return (
    <Drawer open={id !== null} onClose={close} size={narrow ? '100%' : 560} title={t('detail.title')} destroyOnHidden>
      {id !== null && <Detail id={id} />}
    </Drawer>
  );
}

function Detail({ id }: { id: string }) {
  const { t } = useTranslation('triggered');
  const { data, error, refetch } = useQuery({
    queryKey: ['messages', id],
    queryFn: () => answer(api.GET('/api/v1/messages/{id}', { params: { path: { id } } })),
    retry: false,
    refetchInterval: ({ state }) => (state.data?.status === 'pending' ? 2_000 : false),
  });
  if (error && !data) return <ProblemAlert error={error} onRetry={() => void refetch()} />;
  if (!data)
    return <Skeleton active title={false} paragraph={{ rows: 6 }} aria-label={t('detail.loading')} aria-busy />;
  return (
    <div className="message-detail">
      <p className="spread">
        <strong className="break">{data.to}</strong>
        <StatusTag kind="recipient" value={data.status} />
      </p>
      <Notice message={data} />
      <Facts message={data} />
      <h3>{t('detail.attempts')}</h3>
      <MessageAttempts attempts={data.attempts} />
    </div>
  );
}

/** What there is to know or to decide, above the rest. */
function Notice({ message }: { message: Message }) {
  const { t } = useTranslation('triggered');
  const reasonName = useReasonName();
  const { status, skipReason, detail, bouncedAt, bounceReason, bounceDetail } = message;
  if (status === 'uncertain') return <Uncertain message={message} />;
  if (skipReason) {
    const list = skipReason === 'suppressed' && (
      <Link to={`/suppressions?q=${encodeURIComponent(message.to.toLowerCase())}`}>{t('suppression')}</Link>
    );
    const words = detail && <code className="mono server-words">{detail}</code>;
    return (
      <Alert type="warning" showIcon title={t(`skipped.${skipReason}`)} description={list || words || undefined} />
    );
  }
  if (bouncedAt) {
    const title = `${t('detail.bounce')} · ${reasonName(bounceReason ?? '')}`;
    const words = bounceDetail && <code className="mono server-words">{bounceDetail}</code>;
    return <Alert type="error" showIcon title={title} description={words || undefined} />;
  }
  return detail ? <Waiting detail={detail} /> : null;
}

/** A hold-up of ours by its code, and what a server said as it is. */
function Waiting({ detail }: { detail: string }) {
  const { t, i18n } = useTranslation('triggered');
  const [, code = ''] = /^([A-Z_]+): /.exec(detail) ?? [];
  const words = <code className="mono server-words">{detail}</code>;
  const text = i18n.exists(`triggered:holdUp.${code}`) ? t(`holdUp.${code}`) : words;
  return <Alert type="info" showIcon title={t('detail.waiting')} description={text} />;
}

const DECISIONS = ['resend', 'settle-accepted', 'settle-skipped'] as const;

function Uncertain({ message: { id, to } }: { message: Message }) {
  const { t } = useTranslation('triggered');
  const settle = async (action: (typeof DECISIONS)[number]) => {
    await answer(api.POST('/api/v1/messages/{id}/settle', { params: { path: { id } }, body: { action } }));
    await queryClient.invalidateQueries({ queryKey: ['messages'] });
  };
  const buttons = DECISIONS.map((action) => (
    <ConfirmButton
      key={action}
      size="small"
      danger={action === 'resend'}
      question={t(`uncertain.question.${action}`, { to })}
      consequence={t(`uncertain.consequence.${action}`)}
      confirm={t(`uncertain.action.${action}`)}
      onConfirm={() => settle(action)}
    >
      {t(`uncertain.action.${action}`)}
    </ConfirmButton>
  ));
  const description = (
    <div className="stack">
      <span>{t('uncertain.text')}</span>
      <Space wrap>{buttons}</Space>
    </div>
  );
  return <Alert type="warning" showIcon title={t('uncertain.title')} description={description} />;
}

function Facts({ message }: { message: Message }) {
  const { t } = useTranslation('triggered');
  const { from, fromName, replyTo, subject, templateId, tags, attachments, status } = message;
  const files = attachments.map(({ name, bytes }, index) => (
    <div key={index}>
      {name} (<Bytes value={bytes} />)
    </div>
  ));
  const rows: [string, ReactNode][] = [
    [t('subject'), <span lang="">{subject}</span>],
    [t('detail.from'), <span lang="">{fromName ? `${fromName} <${from}>` : from}</span>],
    [t('detail.replyTo'), replyTo],
    [t('detail.template'), templateId && <Link to={`/templates/${templateId}`}>{templateId}</Link>],
    [t('detail.attachments'), files.length > 0 && <span lang="">{files}</span>],
    [t('tags'), tags.length > 0 && <span lang="">{tags.join(', ')}</span>],
    [t('created'), <Instant at={message.createdAt} />],
    [t('detail.accepted'), message.acceptedAt && <Instant at={message.acceptedAt} />],
    [t('detail.retryAt'), message.retryAt && <Instant at={message.retryAt} />],
    [t('detail.deadline'), status === 'pending' && <Instant at={message.deadlineAt} />],
  ];
  return (
    <dl className="facts">
      {rows
        .filter(([, value]) => value !== null && value !== false && value !== '')
        .map(([label, value]) => (
          <div key={label}>
            <dt>{label}</dt>
            <dd>{value}</dd>
          </div>
        ))}
    </dl>
  );
}
