import { Button, Dropdown, Progress, type MenuProps } from 'antd';
import { useTranslation } from 'react-i18next';
import { Link, useNavigate } from 'react-router';
import { useCampaignActions } from '../actions/index.js';
import type { CampaignSummary } from '../api/campaigns.js';
import { Rate } from '../components/count.js';
import type { Column } from '../components/data-table.js';
import { RelativeTime } from '../components/relative-time.js';
import { StatusTag } from '../components/status-tag.js';
import { SubjectText } from '../components/subject-text.js';
import { AudienceCell } from './audience-cell.js';
import { CampaignThumb } from './campaign-thumb.js';

/** What a list of campaigns can show. */
export function useCampaignColumns(): Column<CampaignSummary>[] {
  const { t } = useTranslation('campaigns');
  return [
    {
      title: t('column.campaign'),
      key: 'name',
      render: (_, campaign) => <NameCell campaign={campaign} />,
    },
    {
      title: t('column.status'),
      key: 'status',
      choice: 'usual',
      render: (_, campaign) => <StateCell campaign={campaign} />,
    },
    {
      title: t('column.recipients'),
      key: 'recipients',
      choice: 'usual',
      render: (_, campaign) => <AudienceCell campaign={campaign} />,
    },
    {
      title: t('column.delivered'),
      key: 'delivered',
      choice: 'usual',
      align: 'right',
      render: (_, { counts }) => (
        <Rate count={counts.delivered} of={counts.accepted + counts.rejected + counts.expired} />
      ),
    },
    {
      title: t('column.opened'),
      key: 'opened',
      choice: 'usual',
      align: 'right',
      render: (_, { counts }) => <Rate count={counts.opened} of={counts.delivered} />,
    },
    {
      title: t('column.clicked'),
      key: 'clicked',
      choice: 'usual',
      align: 'right',
      render: (_, { counts }) => <Rate count={counts.clicked} of={counts.delivered} />,
    },
    {
      title: t('column.bounced'),
      key: 'bounced',
      choice: 'extra',
      align: 'right',
      render: (_, { counts: { bounced, accepted, rejected, expired } }) => (
        <Rate count={bounced + rejected + expired} of={accepted + rejected + expired} />
      ),
    },
    ...(['unsubscribed', 'complained', 'replied'] as const).map((key): Column<CampaignSummary> => ({
      title: t(`column.${key}`),
      key,
      choice: 'extra',
      align: 'right',
      render: (_, { counts }) => <Rate count={counts[key]} of={counts.delivered} digits={2} />,
    })),
    {
      title: t('column.time'),
      key: 'time',
      choice: 'usual',
      render: (_, campaign) => <TimeCell campaign={campaign} />,
    },
    {
      title: <span className="visually-hidden">{t('column.actions')}</span>,
      key: 'actions',
      align: 'right',
      render: (_, campaign) => <RowMenu campaign={campaign} />,
    },
  ];
}

/** A picture of the mail, and name and subject, one above the other. */
export function NameCell({ campaign }: { campaign: CampaignSummary }) {
  const { t } = useTranslation('campaigns');
  const { id, name, subject } = campaign;
  return (
    <div className="with-thumb">
      <CampaignThumb campaign={campaign} />
      <div className="two-lines">
        <Link to={`/campaigns/${id}`} className="ellipsis" title={name}>
          {name}
        </Link>
        <span className="ellipsis">{subject ? <SubjectText subject={subject} /> : t('noSubject')}</span>
      </div>
    </div>
  );
}

/** The state, with how far it is while it moves. */
export function StateCell({ campaign: { id, status, counts } }: { campaign: CampaignSummary }) {
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

/** The time that matters in its state. */
export function TimeCell({ campaign }: { campaign: CampaignSummary }) {
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

/** What can be done with a campaign in its state. */
export function RowMenu({ campaign }: { campaign: CampaignSummary }) {
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
