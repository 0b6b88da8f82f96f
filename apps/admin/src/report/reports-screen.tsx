import { BarChartOutlined } from '@ant-design/icons';
import { Button } from 'antd';
import { useTranslation } from 'react-i18next';
import { Link, useNavigate, useSearchParams } from 'react-router';
import type { CampaignSummary } from '../api/campaigns.js';
import { answer, api } from '../api/client.js';
import { Count, Rate } from '../components/count.js';
import { DataTable, type Column } from '../components/data-table.js';
import { EmptyState } from '../components/empty-state.js';
import { LinkButton } from '../components/link-button.js';
import { PageHeader } from '../components/page-header.js';
import { RelativeTime } from '../components/relative-time.js';
import { CompareView } from './compare-view.js';
import './compare.css';
import './report.css';

/** Campaigns side by side, at most. */
const MOST = 5;
const ID = /^[1-9]\d{0,18}$/;

/** The report centre: the rates of all sent campaigns, and up to five of them side by side (`?compare=1,2`). */
export default function ReportsScreen() {
  const { t } = useTranslation('report');
  const [params] = useSearchParams();
  const ids = [...new Set((params.get('compare') ?? '').split(','))].filter((id) => ID.test(id)).slice(0, MOST);
  return ids.length > 0 ? <CompareView ids={ids} /> : <SentCampaigns title={t('centre.title')} />;
}

function SentCampaigns({ title }: { title: string }) {
  const { t } = useTranslation('report');
  const navigate = useNavigate();
  return (
    <>
      <PageHeader title={title} description={t('centre.text')} />
      <DataTable<CampaignSummary>
        name="reports"
        label={title}
        load={(query) => answer(api.GET('/api/v1/campaigns', { params: { query: { ...query, status: 'sent' } } }))}
        columns={useColumns()}
        searchLabel={t('centre.search')}
        bulk={(chosen) => (
          <Button
            type="primary"
            disabled={chosen.length < 2 || chosen.length > MOST}
            onClick={() => void navigate(`/reports?compare=${chosen.join()}`)}
          >
            {chosen.length > MOST ? t('centre.tooMany', { count: MOST }) : t('centre.compare')}
          </Button>
        )}
        empty={
          <EmptyState
            icon={<BarChartOutlined />}
            title={t('centre.none')}
            text={t('centre.noneText')}
            action={<LinkButton to="/campaigns/new">{t('centre.create')}</LinkButton>}
          />
        }
        card={(campaign) => <Card campaign={campaign} />}
      />
    </>
  );
}

const tried = ({ accepted, rejected, expired }: CampaignSummary['counts']) => accepted + rejected + expired;

function useColumns(): Column<CampaignSummary>[] {
  const { t } = useTranslation('report');
  const rate = (
    title: string,
    key: string,
    of: (counts: CampaignSummary['counts']) => [number, number],
    digits = 1,
  ) => ({
    title,
    key,
    align: 'right' as const,
    render: (_: unknown, { counts }: CampaignSummary) => {
      const [count, whole] = of(counts);
      return <Rate count={count} of={whole} digits={digits} />;
    },
  });
  return [
    {
      title: t('centre.campaign'),
      key: 'name',
      render: (_, { id, name, startedAt }) => (
        <span className="stack">
          <Link to={`/campaigns/${id}/report`}>{name}</Link>
          {startedAt && (
            <span className="quiet small">
              <RelativeTime at={startedAt} />
            </span>
          )}
        </span>
      ),
    },
    { title: t('kpi.sent'), key: 'sent', align: 'right', render: (_, { counts }) => <Count value={tried(counts)} /> },
    rate(t('compare.delivery'), 'delivery', (c) => [c.delivered, tried(c)]),
    rate(t('compare.open'), 'open', (c) => [c.opened, c.delivered]),
    rate(t('compare.click'), 'click', (c) => [c.clicked, c.delivered]),
    rate(t('compare.bounce'), 'bounce', (c) => [c.bounced + c.rejected + c.expired, tried(c)]),
    rate(t('compare.unsubscribe'), 'unsubscribe', (c) => [c.unsubscribed, c.delivered], 2),
    rate(t('compare.complaint'), 'complaint', (c) => [c.complained, c.delivered], 2),
    rate(t('compare.reply'), 'reply', (c) => [c.replied, c.delivered], 2),
  ];
}

function Card({ campaign: { id, name, counts } }: { campaign: CampaignSummary }) {
  const { t } = useTranslation('report');
  return (
    <div className="stack">
      <Link to={`/campaigns/${id}/report`}>{name}</Link>
      <span className="quiet small">
        {t('kpi.sent')} <Count value={tried(counts)} /> · {t('compare.open')}{' '}
        <Rate count={counts.opened} of={counts.delivered} /> · {t('compare.click')}{' '}
        <Rate count={counts.clicked} of={counts.delivered} />
      </span>
    </div>
  );
}
