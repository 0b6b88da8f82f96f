import { ReloadOutlined } from '@ant-design/icons';
import { useMutation, useQuery } from '@tanstack/react-query';
import { Alert, App, Button, Dropdown, Skeleton } from 'antd';
import { useTranslation } from 'react-i18next';
import { useNavigate, useParams } from 'react-router';
import { answer, api } from '../api/client.js';
import { useReport } from '../api/problem.js';
import { queryClient } from '../api/query.js';
import { useConfirm } from '../components/confirm-button.js';
import { PageHeader } from '../components/page-header.js';
import { ProblemAlert } from '../components/problem-alert.js';
import { RelativeTime } from '../components/relative-time.js';
import { DomainStatus, type Domain } from './domain-status.js';
import { RecordCard } from './record-card.js';
import './domains.css';

/** What one domain needs in the DNS: to copy, and as it stands. */
export default function DomainScreen() {
  const { id = '' } = useParams();
  const { t } = useTranslation('domains');
  const { data, error, refetch } = useQuery({
    queryKey: ['sending-domains', id],
    queryFn: () => answer(api.GET('/api/v1/sending-domains/{id}', { params: { path: { id } } })),
    // It is checked by itself too; whoever waits here sees it.
    refetchInterval: 10_000,
  });
  if (error && !data) return <ProblemAlert error={error} onRetry={() => void refetch()} />;
  if (!data) return <Skeleton active paragraph={{ rows: 10 }} className="panel" />;
  const others = data.records.filter(({ state }) => state !== 'ok');
  const done = data.records.filter(({ state }) => state === 'ok');
  return (
    <>
      <PageHeader
        title={data.domain}
        back={{ to: '/settings/domains', label: t('title') }}
        extra={<DomainStatus status={data.status} />}
        actions={<Actions domain={data} />}
      />
      <Alert
        type={data.status === 'verified' ? 'success' : 'info'}
        showIcon
        className="gap-below"
        title={t(`lead.${data.status}`)}
        description={
          data.checkedAt && (
            <span>
              {t('lastChecked')} <RelativeTime at={data.checkedAt} />
              {t('sentence')} {t('again')}
            </span>
          )
        }
      />
      {others.length > 0 && <Records title={t('todo', { count: others.length })} records={others} />}
      {done.length > 0 && <Records title={t('done', { count: done.length })} records={done} />}
      <Keys domain={data} />
    </>
  );
}

function Records({ title, records }: { title: string; records: Domain['records'] }) {
  return (
    <section className="panel">
      <h2>{title}</h2>
      <ul className="plain-list record-list">
        {records.map((record) => (
          <li key={`${record.kind} ${record.name}`}>
            <RecordCard record={record} />
          </li>
        ))}
      </ul>
    </section>
  );
}

function Actions({ domain }: { domain: Domain }) {
  const { t } = useTranslation('domains');
  const { message } = App.useApp();
  const report = useReport();
  const ask = useConfirm();
  const navigate = useNavigate();
  const path = { id: domain.id };
  const show = async (fresh: Domain) => {
    queryClient.setQueryData(['sending-domains', domain.id], fresh);
    await queryClient.invalidateQueries({ queryKey: ['sending-domains', 'list'] });
  };
  const check = useMutation({
    mutationFn: () => answer(api.POST('/api/v1/sending-domains/{id}/check', { params: { path } })),
    onSuccess: show,
    onError: (error) => report(error),
  });
  const rotate = () =>
    ask({
      question: t('rotate.question'),
      consequence: t('rotate.text'),
      confirm: t('rotate.confirm'),
      onConfirm: async () => {
        await show(await answer(api.POST('/api/v1/sending-domains/{id}/rotate', { params: { path } })));
        message.success(t('rotate.done'));
      },
    });
  const remove = () =>
    ask({
      question: t('remove.question', { domain: domain.domain }),
      consequence: t('remove.text'),
      confirm: t('remove.confirm'),
      onConfirm: async () => {
        await answer(api.DELETE('/api/v1/sending-domains/{id}', { params: { path } }));
        await queryClient.invalidateQueries({ queryKey: ['sending-domains', 'list'] });
        void navigate('/settings/domains');
      },
    });
  const items = [
    { key: 'rotate', label: t('rotate.button'), onClick: rotate },
    { key: 'remove', label: t('remove.button'), danger: true, onClick: remove },
  ];
  return (
    <>
      <Dropdown trigger={['click']} menu={{ items }}>
        <Button aria-label={t('more')}>⋯</Button>
      </Dropdown>
      <Button type="primary" icon={<ReloadOutlined />} loading={check.isPending} onClick={() => check.mutate()}>
        {t('check')}
      </Button>
    </>
  );
}

function Keys({ domain }: { domain: Domain }) {
  const { t } = useTranslation('domains');
  return (
    <section className="panel">
      <h2>{t('keys.title')}</h2>
      <dl className="facts">
        {domain.keys.map(({ selector, state, createdAt }) => (
          <div key={selector}>
            <dt>
              <code className="mono">{selector}</code>
            </dt>
            <dd>
              {t(`keys.${state}`)}{' '}
              <span className="quiet">
                <RelativeTime at={createdAt} />
              </span>
            </dd>
          </div>
        ))}
      </dl>
    </section>
  );
}
