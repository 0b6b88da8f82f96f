import { ArrowLeftOutlined, DesktopOutlined, DownloadOutlined, MobileOutlined } from '@ant-design/icons';
import { useQuery } from '@tanstack/react-query';
import { Button, Segmented, Skeleton, Tabs } from 'antd';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { Link, useLocation, useParams } from 'react-router';
import { isNotFound } from '../api/api-error.js';
import { call } from '../api/call.js';
import { answer, api, download } from '../api/client.js';
import { useReport } from '../api/problem.js';
import type { Resource } from '../api/types.js';
import { Bytes } from '../components/count.js';
import { EmptyState } from '../components/empty-state.js';
import { MailFrame } from '../components/mail-frame.js';
import { ProblemAlert } from '../components/problem-alert.js';
import { Instant } from '../components/relative-time.js';
import { useNarrow } from '../components/use-narrow.js';

type Message = Resource<'SandboxMessageDetail'>;

/** One message of the test inbox: as it looks, its text, its headers, and as it came over the wire. */
export default function MessagePane() {
  const { t } = useTranslation('sandbox');
  const id = useParams().id!;
  const { search } = useLocation();
  const narrow = useNarrow();
  const { data, error, refetch } = useQuery({
    queryKey: ['sandbox', id],
    queryFn: () => answer(api.GET('/api/v1/sandbox/messages/{id}', { params: { path: { id } } })),
    staleTime: Infinity,
  });
  return (
    <article className="panel mail-pane" aria-label={t('message')}>
      {narrow && (
        <Link className="page-back" to={{ pathname: '/sandbox', search }}>
          <ArrowLeftOutlined aria-hidden="true" /> {t('title')}
        </Link>
      )}
      {isNotFound(error) && <EmptyState title={t('gone')} />}
      {error && !isNotFound(error) && !data && <ProblemAlert error={error} onRetry={() => void refetch()} />}
      {!data && !error && <Skeleton active paragraph={{ rows: 8 }} />}
      {data && <MessageView key={id} message={data} />}
    </article>
  );
}

function MessageView({ message }: { message: Message }) {
  const { t } = useTranslation('sandbox');
  const report = useReport();
  // On a phone the message is the whole screen.
  const Heading = useNarrow() ? 'h1' : 'h2';
  const { id, subject, from, to, receivedAt, size, attachments, html, text, headers } = message;
  const save = () => download(`/api/v1/sandbox/messages/${id}/raw`, `message-${id}.eml`).catch(report);
  return (
    <>
      <div className="spread">
        <Heading className="mail-subject">{subject || t('noSubject')}</Heading>
        <Button size="small" icon={<DownloadOutlined />} onClick={() => void save()}>
          {t('download')}
        </Button>
      </div>
      <dl className="facts">
        <div>
          <dt>{t('from')}</dt>
          <dd>{from || t('nullSender')}</dd>
        </div>
        <div>
          <dt>{t('to')}</dt>
          <dd>{to.join(', ')}</dd>
        </div>
        <div>
          <dt>{t('received')}</dt>
          <dd>
            <Instant at={receivedAt} /> · <Bytes value={size} />
          </dd>
        </div>
        {attachments.length > 0 && (
          <div>
            <dt>{t('attachments')}</dt>
            <dd>
              {attachments.map((file, index) => (
                <span key={index} className="block">
                  {file.filename} <span className="quiet">({file.contentType})</span> <Bytes value={file.size} />
                </span>
              ))}
            </dd>
          </div>
        )}
      </dl>
      <Tabs
        defaultActiveKey={html ? 'html' : 'text'}
        destroyOnHidden
        items={[
          ...(html ? [{ key: 'html', label: t('html'), children: <Look html={html} /> }] : []),
          {
            key: 'text',
            label: t('text'),
            children: (
              <pre className="mail-text" tabIndex={0}>
                {text ?? t('noText')}
              </pre>
            ),
          },
          { key: 'headers', label: t('headers'), children: <Headers headers={headers} /> },
          { key: 'raw', label: t('raw'), children: <Raw id={id} /> },
        ]}
      />
    </>
  );
}

function Look({ html }: { html: string }) {
  const { t } = useTranslation('sandbox');
  const [width, setWidth] = useState<'desktop' | 'phone'>('desktop');
  return (
    <>
      <Segmented
        aria-label={t('width')}
        className="gap-below"
        value={width}
        onChange={setWidth}
        options={[
          { value: 'desktop', icon: <DesktopOutlined />, label: t('desktop') },
          { value: 'phone', icon: <MobileOutlined />, label: t('phone') },
        ]}
      />
      <div className="mail-stage">
        <MailFrame html={html} width={width === 'phone' ? 375 : 680} height={620} />
      </div>
    </>
  );
}

function Headers({ headers }: { headers: Message['headers'] }) {
  return (
    <dl className="mail-headers mono" tabIndex={0}>
      {headers.map(({ name, value }, index) => (
        <div key={index}>
          <dt>{name}</dt>
          <dd>{value}</dd>
        </div>
      ))}
    </dl>
  );
}

const MOST_SHOWN = 200_000;

function Raw({ id }: { id: string }) {
  const { t } = useTranslation('sandbox');
  const { data, error, refetch } = useQuery({
    queryKey: ['sandbox', id, 'raw'],
    queryFn: () => call<string>('get', `/api/v1/sandbox/messages/${id}/raw`, { parseAs: 'text' }),
    staleTime: Infinity,
  });
  if (error && !data) return <ProblemAlert error={error} onRetry={() => void refetch()} />;
  if (data === undefined) return <Skeleton active paragraph={{ rows: 6 }} />;
  return (
    <>
      {data.length > MOST_SHOWN && <p className="quiet">{t('cut')}</p>}
      <pre className="mail-raw mono" tabIndex={0}>
        {data.slice(0, MOST_SHOWN)}
      </pre>
    </>
  );
}
