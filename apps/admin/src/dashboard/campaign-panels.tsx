import { PauseOutlined, SendOutlined } from '@ant-design/icons';
import { Progress } from 'antd';
import { useTranslation } from 'react-i18next';
import { Link } from 'react-router';
import { answer, api } from '../api/client.js';
import { queryClient } from '../api/query.js';
import type { Resource } from '../api/types.js';
import { ConfirmButton } from '../components/confirm-button.js';
import { Count, Rate } from '../components/count.js';
import { EmptyState } from '../components/empty-state.js';
import { LinkButton } from '../components/link-button.js';
import { RelativeTime } from '../components/relative-time.js';
import { StatusTag } from '../components/status-tag.js';

type Campaign = Resource<'CampaignSummary'>;

/** Campaigns on their way, with progress and a brake. */
export function SendingNow({ campaigns }: { campaigns: Campaign[] }) {
  const { t } = useTranslation('dashboard');
  if (campaigns.length === 0) return null;
  return (
    <section className="panel">
      <h2>{t('sendingNow')}</h2>
      <ul className="plain-list divided">
        {campaigns.map((campaign) => (
          <li key={campaign.id}>
            <Sending campaign={campaign} />
          </li>
        ))}
      </ul>
    </section>
  );
}

function Sending({ campaign }: { campaign: Campaign }) {
  const { t } = useTranslation('dashboard');
  const { prepared, pending } = campaign.counts;
  const done = prepared - pending;
  const path = { params: { path: { id: campaign.id } } };
  return (
    <div className="stack">
      <div className="spread">
        <Link to={`/campaigns/${campaign.id}`}>{campaign.name}</Link>
        <span className="row-actions">
          <StatusTag kind="campaign" value={campaign.status} />
          {campaign.status === 'sending' && (
            <ConfirmButton
              size="small"
              icon={<PauseOutlined />}
              question={t('pauseQuestion', { name: campaign.name })}
              consequence={t('pauseText')}
              confirm={t('pause')}
              onConfirm={async () => {
                await answer(api.POST('/api/v1/campaigns/{id}/pause', path));
                for (const key of ['dashboard', 'campaigns']) await queryClient.invalidateQueries({ queryKey: [key] });
              }}
            >
              {t('pause')}
            </ConfirmButton>
          )}
        </span>
      </div>
      <Progress
        percent={prepared > 0 ? Math.floor((done / prepared) * 100) : 0}
        status={campaign.status === 'sending' ? 'active' : 'normal'}
        aria-label={t('progressOf', { name: campaign.name })}
      />
      <span className="quiet small">
        <Count value={done} /> / <Count value={prepared} />
      </span>
    </div>
  );
}

/** The latest campaigns that ended, with their three rates; a newcomer who has just sent one is not told to. */
export function RecentCampaigns({ campaigns, underWay }: { campaigns: Campaign[]; underWay: boolean }) {
  const { t } = useTranslation('dashboard');
  return (
    <section className="panel">
      <h2>{t('recent')}</h2>
      {campaigns.length === 0 && (
        <EmptyState
          icon={<SendOutlined />}
          title={t('recentEmpty')}
          text={t(underWay ? 'recentSoon' : 'recentEmptyText')}
          action={underWay ? undefined : <LinkButton to="/campaigns/new">{t('newCampaign')}</LinkButton>}
        />
      )}
      <ul className="plain-list divided">
        {campaigns.map((campaign) => (
          <li key={campaign.id} className="stack">
            <div className="spread">
              <Link to={`/campaigns/${campaign.id}`}>{campaign.name}</Link>
              <StatusTag kind="campaign" value={campaign.status} />
            </div>
            <Summary campaign={campaign} />
          </li>
        ))}
      </ul>
    </section>
  );
}

function Summary({ campaign }: { campaign: Campaign }) {
  const { t } = useTranslation('dashboard');
  const { accepted, rejected, expired, delivered, opened, clicked } = campaign.counts;
  if (!campaign.startedAt) {
    return (
      <span className="quiet small">
        <RelativeTime at={campaign.scheduledAt ?? campaign.updatedAt} />
      </span>
    );
  }
  return (
    <span className="quiet small">
      {t('figure.delivery')} <Rate count={delivered} of={accepted + rejected + expired} /> · {t('figure.open')}{' '}
      <Rate count={opened} of={delivered} /> · {t('figure.click')} <Rate count={clicked} of={delivered} /> ·{' '}
      <RelativeTime at={campaign.startedAt} />
    </span>
  );
}
