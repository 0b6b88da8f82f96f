import { PlusOutlined, SendOutlined } from '@ant-design/icons';
import { Button, Dropdown, Progress, type MenuProps } from 'antd';
import { Suspense, lazy, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { Link, useMatch, useNavigate, useSearchParams } from 'react-router';
import { useLiveCampaigns, type CampaignSummary } from '../api/campaigns.js';
import { answer, api } from '../api/client.js';
import { Count, Rate } from '../components/count.js';
import { DataTable, type Column } from '../components/data-table.js';
import { EmptyState } from '../components/empty-state.js';
import { PageHeader } from '../components/page-header.js';
import { RelativeTime } from '../components/relative-time.js';
import { StatusTag } from '../components/status-tag.js';
import { TabLinks } from '../components/tab-links.js';
import { useCampaignActions } from '../actions/index.js';
import './campaigns.css';

const NewCampaignDialog = lazy(() => import('./new-campaign-dialog.js'));
const TABS = ['draft', 'scheduled', 'sending', 'paused', 'sent', 'cancelled', 'failed'] as const;

/** All campaigns, by state; those that send move while one looks. */
export default function CampaignsScreen() {
  const { t } = useTranslation('campaigns');
  const { t: tc } = useTranslation('components');
  const navigate = useNavigate();
  const [params] = useSearchParams();
  const search = params.toString();
  const creating = useMatch('/campaigns/new') !== null;
  const [dialog, setDialog] = useState(creating);
  if (creating && !dialog) setDialog(true);
  const [total, setTotal] = useState<number>();
  const columns = useColumns();
  useLiveCampaigns();
  const add = (
    <Button
      type="primary"
      icon={<PlusOutlined />}
      onClick={() => void navigate({ pathname: '/campaigns/new', search })}
    >
      {t('create')}
    </Button>
  );
  return (
    <>
      <PageHeader title={t('title')} count={total} actions={add} />
      <TabLinks
        label={t('column.status')}
        current={params.get('status') ?? 'all'}
        items={[
          { key: 'all', label: t('all'), to: '/campaigns' },
          ...TABS.map((key) => ({ key, label: tc(`status.campaign.${key}`), to: `/campaigns?status=${key}` })),
        ]}
      />
      <DataTable<CampaignSummary>
        name="campaigns"
        views="campaigns"
        label={t('title')}
        load={(query) => answer(api.GET('/api/v1/campaigns', { params: { query } }))}
        onTotal={setTotal}
        columns={columns}
        searchLabel={t('search')}
        filters={[{ name: 'status', label: t('column.status'), options: [], hidden: true }]}
        empty={<EmptyState icon={<SendOutlined />} title={t('empty.title')} text={t('empty.text')} action={add} />}
        card={(campaign) => <CampaignCard campaign={campaign} />}
      />
      {dialog && (
        <Suspense fallback={<div aria-busy="true" />}>
          <NewCampaignDialog
            open={creating}
            onClose={() => void navigate({ pathname: '/campaigns', search }, { replace: true })}
          />
        </Suspense>
      )}
    </>
  );
}

function useColumns(): Column<CampaignSummary>[] {
  const { t } = useTranslation('campaigns');
  return [
    { title: t('column.campaign'), key: 'name', render: (_, campaign) => <NameCell campaign={campaign} /> },
    { title: t('column.status'), key: 'status', render: (_, campaign) => <StateCell campaign={campaign} /> },
    {
      title: t('column.recipients'),
      key: 'recipients',
      align: 'right',
      render: (_, { counts, startedAt }) => (startedAt ? <Count value={counts.prepared} /> : '–'),
    },
    {
      title: t('column.delivered'),
      key: 'delivered',
      align: 'right',
      render: (_, { counts }) => (
        <Rate count={counts.delivered} of={counts.accepted + counts.rejected + counts.expired} />
      ),
    },
    {
      title: t('column.opened'),
      key: 'opened',
      align: 'right',
      render: (_, { counts }) => <Rate count={counts.opened} of={counts.delivered} />,
    },
    {
      title: t('column.clicked'),
      key: 'clicked',
      align: 'right',
      render: (_, { counts }) => <Rate count={counts.clicked} of={counts.delivered} />,
    },
    { title: t('column.time'), key: 'time', render: (_, campaign) => <TimeCell campaign={campaign} /> },
    {
      title: <span className="visually-hidden">{t('column.actions')}</span>,
      key: 'actions',
      align: 'right',
      render: (_, campaign) => <RowMenu campaign={campaign} />,
    },
  ];
}

function NameCell({ campaign }: { campaign: CampaignSummary }) {
  const { t } = useTranslation('campaigns');
  const { id, name, subject } = campaign;
  return (
    <div className="two-lines">
      <Link to={`/campaigns/${id}`} className="ellipsis" title={name}>
        {name}
      </Link>
      <span className="ellipsis" title={subject}>
        {subject || t('noSubject')}
      </span>
    </div>
  );
}

function StateCell({ campaign: { id, status, counts } }: { campaign: CampaignSummary }) {
  const { t } = useTranslation('campaigns');
  const moving = status === 'sending' || status === 'paused';
  const done = counts.prepared - counts.pending;
  const percent = counts.prepared === 0 ? 0 : Math.floor((done / counts.prepared) * 100);
  return (
    <div className="state-cell">
      <StatusTag kind="campaign" value={status} />
      {moving && (
        <Progress
          percent={percent}
          size="small"
          status={status === 'paused' ? 'normal' : 'active'}
          aria-label={t('progressOf', { percent })}
        />
      )}
      {counts.uncertain > 0 && (
        <Link to={`/campaigns/${id}/uncertain`}>{t('uncertainCount', { count: counts.uncertain })}</Link>
      )}
    </div>
  );
}

function TimeCell({ campaign }: { campaign: CampaignSummary }) {
  const { t } = useTranslation('campaigns');
  const { status, scheduledAt, startedAt, finishedAt, updatedAt } = campaign;
  const [label, at] =
    status === 'scheduled'
      ? [t('time.scheduled'), scheduledAt]
      : finishedAt
        ? [t('time.finished'), finishedAt]
        : startedAt
          ? [t('time.started'), startedAt]
          : [t('time.updated'), updatedAt];
  return (
    <span className="quiet time-cell">
      {label} <RelativeTime at={at} />
    </span>
  );
}

function RowMenu({ campaign }: { campaign: CampaignSummary }) {
  const { t } = useTranslation('campaigns');
  const { t: tc } = useTranslation('actions');
  const actions = useCampaignActions();
  const navigate = useNavigate();
  const { id, name, status } = campaign;
  const items: NonNullable<MenuProps['items']> = [];
  const add = (key: string, onClick: () => void, danger = false) =>
    items.push({ key, label: tc(key), onClick, danger });
  if (status === 'draft') add('edit', () => void navigate(`/campaigns/${id}`));
  else if (status !== 'scheduled') add('report', () => void navigate(`/campaigns/${id}/report`));
  if (status === 'sending') add('pause', () => void actions.pause(campaign));
  if (status === 'paused') add('resume', () => void actions.resume(campaign));
  if (status === 'scheduled') add('unschedule', () => void actions.unschedule(campaign));
  add('duplicate', () => void actions.duplicate(campaign));
  if (status === 'sending' || status === 'paused' || status === 'scheduled') {
    add(status === 'scheduled' ? 'callOff' : 'cancel', () => actions.cancel(campaign), true);
  } else {
    add(status === 'draft' ? 'delete' : 'archive', () => actions.remove(campaign), status === 'draft');
  }
  return (
    <Dropdown trigger={['click']} menu={{ items }} placement="bottomRight">
      <Button size="small" aria-label={t('moreFor', { name })}>
        ⋯
      </Button>
    </Dropdown>
  );
}

function CampaignCard({ campaign }: { campaign: CampaignSummary }) {
  const { t } = useTranslation('campaigns');
  const { counts } = campaign;
  return (
    <div className="stack">
      <div className="spread">
        <NameCell campaign={campaign} />
        <RowMenu campaign={campaign} />
      </div>
      <StateCell campaign={campaign} />
      {campaign.startedAt && (
        <span className="quiet">
          {t('column.recipients')} <Count value={counts.prepared} /> · {t('column.opened')}{' '}
          <Rate count={counts.opened} of={counts.delivered} /> · {t('column.clicked')}{' '}
          <Rate count={counts.clicked} of={counts.delivered} />
        </span>
      )}
      <TimeCell campaign={campaign} />
    </div>
  );
}
