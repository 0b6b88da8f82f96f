import { DownloadOutlined } from '@ant-design/icons';
import { useQuery } from '@tanstack/react-query';
import { Alert, Button, Skeleton, Tabs, Tag } from 'antd';
import { useTranslation } from 'react-i18next';
import { Link, useParams } from 'react-router';
import { isNotFound } from '../api/api-error.js';
import { call } from '../api/call.js';
import { answer, api, download } from '../api/client.js';
import { useReport } from '../api/problem.js';
import type { Resource } from '../api/types.js';
import { NotFoundPage } from '../app/error-page.js';
import { Bytes } from '../components/count.js';
import { PageHeader } from '../components/page-header.js';
import { ProblemAlert } from '../components/problem-alert.js';
import { Instant } from '../components/relative-time.js';
import { useReasonName } from '../words/index.js';
import { useEffectText } from './effect.js';
import { KindTag } from './tags.js';
import './inbound.css';

type Detail = Resource<'InboundDetail'>;

/** One mail that came back: what it is, how far it is believed and why, what it did, and the mail itself. */
export default function MessageScreen() {
  const { t } = useTranslation('inbound');
  const id = useParams().id!;
  const { data, error, refetch } = useQuery({
    queryKey: ['inbound', id],
    queryFn: () => answer(api.GET('/api/v1/inbound/{id}', { params: { path: { id } } })),
  });
  const report = useReport();
  if (isNotFound(error)) return <NotFoundPage />;
  if (error && !data) return <ProblemAlert error={error} onRetry={() => void refetch()} />;
  if (!data) return <Skeleton active paragraph={{ rows: 10 }} />;
  const save = () => download(`/api/v1/inbound/${id}/raw`, `inbound-${id}.eml`).catch(report);
  return (
    <>
      <PageHeader
        title={data.subject || t('noSubject')}
        back={{ to: '/inbound', label: t('title') }}
        extra={<KindTag kind={data.kind} />}
        actions={
          <Button icon={<DownloadOutlined />} onClick={() => void save()}>
            {t('download')}
          </Button>
        }
      />
      <div className="columns">
        <div>
          <Facts message={data} />
          <Trust message={data} />
        </div>
        <div>
          <Tabs
            className="inbound-tabs"
            destroyOnHidden
            items={[
              ...(data.visibleReply
                ? [{ key: 'reply', label: t('reply'), children: <Reply text={data.visibleReply} /> }]
                : []),
              { key: 'recipients', label: t('verdict'), children: <Recipients message={data} /> },
              { key: 'raw', label: t('raw'), children: <Raw id={id} /> },
            ]}
          />
        </div>
      </div>
    </>
  );
}

function Facts({ message }: { message: Detail }) {
  const { t } = useTranslation('inbound');
  const effect = useEffectText();
  const { from, receivedAt, source, size, campaignId, campaignName, contactEmail, awayUntil, status } = message;
  return (
    <section className="panel">
      <Alert
        type={status === 'review' || status === 'quarantined' ? 'warning' : 'info'}
        showIcon
        className="gap-below"
        title={effect(message)}
      />
      <dl className="facts">
        <div>
          <dt>{t('from')}</dt>
          <dd>{from || t('nullSender')}</dd>
        </div>
        <div>
          <dt>{t('receivedAt')}</dt>
          <dd>
            <Instant at={receivedAt} /> · {source === 'smtp' ? t('bySmtp') : source} · <Bytes value={size} />
          </dd>
        </div>
        {contactEmail && (
          <div>
            <dt>{t('contact')}</dt>
            <dd>
              <Link to={`/contacts?q=${encodeURIComponent(contactEmail)}`}>{contactEmail}</Link>
            </dd>
          </div>
        )}
        {campaignId && (
          <div>
            <dt>{t('campaign')}</dt>
            <dd>
              <Link to={`/campaigns/${campaignId}`}>{campaignName}</Link>
            </dd>
          </div>
        )}
        {awayUntil && (
          <div>
            <dt>{t('awayUntil')}</dt>
            <dd>{awayUntil.slice(0, 10)}</dd>
          </div>
        )}
      </dl>
    </section>
  );
}

/** Why the mail was believed, or not: in plain words, since anyone can write one. */
function Trust({ message: { trust } }: { message: Detail }) {
  const { t } = useTranslation('inbound');
  if (!trust) return null;
  // T1 never gets further than a complaint of a feedback loop, and that acts.
  const acts = trust !== 'T0';
  return (
    <section className="panel">
      <h2>{t('trustTitle')}</h2>
      <p>
        <Tag color={acts ? 'success' : 'warning'}>{t(`trust.${trust}`)}</Tag>
      </p>
      <p className="inbound-why">{t(`trustWhy.${trust}`)}</p>
      <p className="quiet inbound-why">{t(acts ? 'trustActs' : 'trustWaits')}</p>
    </section>
  );
}

function Reply({ text }: { text: string }) {
  const { t } = useTranslation('inbound');
  return (
    <section className="panel">
      <p className="quiet small">{t('replyHelp')}</p>
      <blockquote className="inbound-reply">{text}</blockquote>
    </section>
  );
}

function Recipients({ message }: { message: Detail }) {
  const { t } = useTranslation('inbound');
  const reasonName = useReasonName();
  if (message.recipients.length === 0) return <p className="panel quiet">{t('noRecipients')}</p>;
  return (
    <ul className="card-list" aria-label={t('verdict')}>
      {message.recipients.map(({ address, action, reason, group, diagnostic, status, replyCode, rule }, index) => (
        <li key={index}>
          <dl className="facts">
            <div>
              <dt>{t('recipient')}</dt>
              <dd>
                {address} <Tag>{t(`action.${action}`, { defaultValue: action })}</Tag>
              </dd>
            </div>
            <div>
              <dt>{t('reason')}</dt>
              <dd>
                <strong>{reasonName(reason)}</strong>{' '}
                <span className="quiet">{t(`group.${group}`, { defaultValue: group })}</span>
              </dd>
            </div>
            <div>
              <dt>{t('diagnostic')}</dt>
              <dd>
                {/* Most servers' words begin with their codes. */}
                {!/^[245]\d\d/.test(diagnostic) && (
                  <code className="mono">{[replyCode, status].filter(Boolean).join(' ')} </code>
                )}
                <code className="mono quiet break">{diagnostic || '–'}</code>
              </dd>
            </div>
            <div>
              <dt>{t('rule')}</dt>
              <dd className="quiet">{rule}</dd>
            </div>
          </dl>
        </li>
      ))}
    </ul>
  );
}

const MOST_SHOWN = 200_000;

function Raw({ id }: { id: string }) {
  const { t } = useTranslation('inbound');
  const { data, error, refetch } = useQuery({
    queryKey: ['inbound', id, 'raw'],
    queryFn: () => call<string>('get', `/api/v1/inbound/${id}/raw`, { parseAs: 'text' }),
    staleTime: Infinity,
  });
  if (error && !data) return <ProblemAlert error={error} onRetry={() => void refetch()} />;
  if (data === undefined) return <Skeleton active paragraph={{ rows: 8 }} className="panel" />;
  return (
    <section className="panel">
      {data.length > MOST_SHOWN && <p className="quiet">{t('cut')}</p>}
      <pre className="inbound-raw mono" tabIndex={0}>
        {data.slice(0, MOST_SHOWN)}
      </pre>
    </section>
  );
}
