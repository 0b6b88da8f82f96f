import { DownloadOutlined, PictureOutlined } from '@ant-design/icons';
import { useQuery } from '@tanstack/react-query';
import { Alert, Button, Skeleton } from 'antd';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { Link } from 'react-router';
import { answer, api, download } from '../api/client.js';
import { useReport } from '../api/problem.js';
import { currentWorkspaceId } from '../api/workspace.js';
import { Bytes } from '../components/count.js';
import { MailFrame } from '../components/mail-frame.js';
import { ProblemAlert } from '../components/problem-alert.js';
import { Instant } from '../components/relative-time.js';
import { ReplyKindTag, type Thread } from './tags.js';

type Mail = Thread['mails'][number];

/** What came: the words first; quotation, original look and attachments folded below. */
export function MailItem({ mail, address }: { mail: Mail; address: string }) {
  const { t } = useTranslation('replies');
  const [open, setOpen] = useState(false);
  return (
    <article>
      <div className="spread">
        <strong lang="">{mail.subject || address}</strong>
        <span className="quiet small">
          <ReplyKindTag kind={mail.kind} /> <Instant at={mail.at} />
        </span>
      </div>
      {mail.matched === 'sender' && <Alert type="warning" showIcon title={t('bySender')} className="reply-alert" />}
      {mail.kind === 'unsubscribe' && <p className="quiet">{t('hasLeft')}</p>}
      {mail.awayUntil && <p className="quiet">{t('away', { date: mail.awayUntil })}</p>}
      {mail.text && (
        <p className="reply-text" lang="">
          {mail.text}
        </p>
      )}
      {mail.mailboxNote && (
        <p className="quiet small">
          {t('notMarked')} <span lang="">{mail.mailboxNote}</span>
        </p>
      )}
      <details className="reply-more" onToggle={(event) => setOpen(event.currentTarget.open)}>
        <summary>{t('whole')}</summary>
        {open && <Whole id={mail.inboundMessageId} />}
      </details>
    </article>
  );
}

function Whole({ id }: { id: string }) {
  const { t } = useTranslation('replies');
  const report = useReport();
  const { data, error, refetch } = useQuery({
    queryKey: ['inbound', id, 'content'],
    queryFn: () => answer(api.GET('/api/v1/inbound/{id}/content', { params: { path: { id } } })),
    staleTime: Infinity,
  });
  if (error && !data) return <ProblemAlert error={error} onRetry={() => void refetch()} />;
  if (!data) return <Skeleton active paragraph={{ rows: 4 }} />;
  if (!data.readable) return <p className="quiet">{t('unreadable')}</p>;
  const save = (part: number, name: string) =>
    void download(`/api/v1/inbound/${id}/attachment?part=${part}`, name || `attachment-${part}`).catch(report);
  return (
    <>
      {data.attachments.length > 0 && (
        <ul className="reply-files" aria-label={t('attachments')}>
          {data.attachments.map(({ part, name, size, leftOut }) => (
            <li key={part}>
              {leftOut ? (
                <span className="quiet">
                  <span lang="">{name || t('unnamed', { part })}</span> ({t('leftOut')})
                </span>
              ) : (
                <Button size="small" icon={<DownloadOutlined />} onClick={() => save(part, name)}>
                  <span lang="">{name || t('unnamed', { part })}</span> (<Bytes value={size} />)
                </Button>
              )}
            </li>
          ))}
        </ul>
      )}
      {data.html === null ? (
        <pre className="mail-text" lang="" tabIndex={0}>
          {data.full}
        </pre>
      ) : (
        <Look id={id} html={data.html} images={data.remoteImages} />
      )}
      <p>
        <Link to={`/inbound/${id}`}>{t('source')}</Link>
      </p>
    </>
  );
}

/** The mail as it was meant to look; its images only when asked for, since whose server they lie on learns of it. */
function Look({ id, html, images }: { id: string; html: string; images: number }) {
  const { t } = useTranslation('replies');
  const [shown, setShown] = useState(false);
  const workspace = currentWorkspaceId();
  const page = `/api/v1/inbound/${id}/page${workspace ? `?workspace=${workspace}` : ''}`;
  return (
    <>
      {images > 0 && (
        <p className="quiet small">
          {shown ? t('imagesOn') : t('imagesOff', { count: images })}{' '}
          {!shown && (
            <Button size="small" icon={<PictureOutlined />} onClick={() => setShown(true)}>
              {t('showImages')}
            </Button>
          )}
        </p>
      )}
      <MailFrame html={shown ? { src: page } : html} height={360} title={t('whole')} />
    </>
  );
}
