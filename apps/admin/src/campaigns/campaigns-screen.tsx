import { PlusOutlined, SendOutlined } from '@ant-design/icons';
import { Button, Segmented } from 'antd';
import { Suspense, lazy, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { useMatch, useNavigate, useSearchParams } from 'react-router';
import { useLiveCampaigns, type CampaignSummary } from '../api/campaigns.js';
import { answer, api } from '../api/client.js';
import { Rate } from '../components/count.js';
import { DataTable } from '../components/data-table.js';
import { EmptyState } from '../components/empty-state.js';
import { PageHeader } from '../components/page-header.js';
import { TabLinks } from '../components/tab-links.js';
import { AudienceCell } from './audience-cell.js';
import { NameCell, RowMenu, StateCell, TimeCell, useCampaignColumns } from './campaign-columns.js';
import './campaigns.css';

const NewCampaignDialog = lazy(() => import('./new-campaign-dialog.js'));
const CampaignCalendar = lazy(async () => ({ default: (await import('./campaign-calendar.js')).CampaignCalendar }));
const TABS = ['draft', 'scheduled', 'sending', 'paused', 'sent', 'cancelled', 'failed'] as const;

/** The list in this state, with the search and the columns it has now, from its first page on. */
function withStatus(params: URLSearchParams, status?: string): string {
  const next = new URLSearchParams(params);
  for (const name of ['status', 'cursor']) next.delete(name);
  if (status) next.set('status', status);
  return `/campaigns?${next}`;
}

/** The same campaigns in the other way of seeing them; what only one of them has stays behind. */
function withView(params: URLSearchParams, view: string): string {
  const next = new URLSearchParams();
  const status = params.get('status');
  if (status) next.set('status', status);
  if (view === 'calendar') next.set('view', view);
  return `/campaigns?${next}`;
}

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
  const calendar = params.get('view') === 'calendar';
  const [total, setTotal] = useState<number>();
  const columns = useCampaignColumns();
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
      <PageHeader
        title={t('title')}
        count={calendar ? undefined : total}
        actions={
          <>
            <Segmented
              aria-label={t('view.label')}
              value={calendar ? 'calendar' : 'list'}
              options={['list', 'calendar'].map((value) => ({ value, label: t(`view.${value}`) }))}
              onChange={(view) => void navigate(withView(params, view))}
            />
            {add}
          </>
        }
      />
      <TabLinks
        label={t('column.status')}
        current={params.get('status') ?? 'all'}
        items={[
          { key: 'all', label: t('all'), to: withStatus(params) },
          ...TABS.map((key) => ({ key, label: tc(`status.campaign.${key}`), to: withStatus(params, key) })),
        ]}
      />
      {calendar ? (
        <Suspense fallback={<div aria-busy="true" />}>
          <CampaignCalendar />
        </Suspense>
      ) : (
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
      )}
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
      <AudienceCell campaign={campaign} />
      {campaign.startedAt && (
        <span className="quiet">
          {t('column.opened')} <Rate count={counts.opened} of={counts.delivered} /> · {t('column.clicked')}{' '}
          <Rate count={counts.clicked} of={counts.delivered} />
        </span>
      )}
      <TimeCell campaign={campaign} />
    </div>
  );
}
