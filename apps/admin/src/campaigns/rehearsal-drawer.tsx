import { ExperimentOutlined } from '@ant-design/icons';
import { queryOptions, useQuery } from '@tanstack/react-query';
import { Alert, Button, Drawer, Progress, Segmented, Skeleton } from 'antd';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { abTestQuery } from '../ab-test/index.js';
import { answer, api } from '../api/client.js';
import { useReport } from '../api/problem.js';
import { queryClient } from '../api/query.js';
import type { Resource } from '../api/types.js';
import { ProblemAlert } from '../components/problem-alert.js';
import { useNarrow } from '../components/use-narrow.js';
import { useDraftContext } from './draft-context.js';
import { RehearsalResult } from './rehearsal-result.js';
import { goToRefused } from './section.js';

type Rehearsal = Resource<'CampaignRehearsal'>;
const PROVIDERS = ['generous', 'usual', 'strict'] as const;
const POLL_MS = 800;

/** The last rehearsal of a campaign; asked for again while one is under way. */
const rehearsalQuery = (id: string) =>
  queryOptions({
    queryKey: ['rehearsals', id],
    queryFn: async () => {
      const params = { path: { id }, query: { limit: 1 } };
      return (await answer(api.GET('/api/v1/campaigns/{id}/rehearsals', { params }))).items[0] ?? null;
    },
    refetchInterval: (query) => (isUnderWay(query.state.data) ? POLL_MS : false),
  });

function isUnderWay(rehearsal: Rehearsal | null | undefined): rehearsal is Rehearsal {
  return rehearsal?.status === 'queued' || rehearsal?.status === 'running';
}

/** A campaign tried against simulated providers: how long it takes, and what would go wrong. Nothing is sent. */
export function RehearsalDrawer({ open, onClose }: { open: boolean; onClose: () => void }) {
  const { t } = useTranslation('campaigns');
  const narrow = useNarrow();
  return (
    <Drawer open={open} onClose={onClose} title={t('rehearsal.title')} size={narrow ? '100%' : 760} destroyOnHidden>
      <Body />
    </Drawer>
  );
}

function Body() {
  const { t } = useTranslation('campaigns');
  const { campaign, flush } = useDraftContext();
  const { data: test } = useQuery(abTestQuery(campaign.id));
  const { data, error, refetch } = useQuery(rehearsalQuery(campaign.id));
  const [providers, setProviders] = useState<(typeof PROVIDERS)[number]>('usual');
  const [asking, setAsking] = useState(false);
  const report = useReport();
  const ask = async () => {
    setAsking(true);
    try {
      if (!(await flush())) return goToRefused();
      const params = { path: { id: campaign.id } };
      const asked = await answer(api.POST('/api/v1/campaigns/{id}/rehearsals', { params, body: { providers } }));
      queryClient.setQueryData(rehearsalQuery(campaign.id).queryKey, asked);
    } catch (problem) {
      report(problem);
    } finally {
      setAsking(false);
    }
  };
  const cancel = async (id: string) => {
    await answer(api.POST('/api/v1/rehearsals/{id}/cancel', { params: { path: { id } } })).catch(report);
    await refetch();
  };
  const underWay = isUnderWay(data);
  return (
    <div className="rehearsal">
      <p className="quiet">{t('rehearsal.help')}</p>
      {test && <Alert type="info" showIcon className="gap-below" title={t('rehearsal.atOnce')} />}
      <div className="rehearsal-ask">
        <span id="rehearsal-providers">{t('rehearsal.providers')}</span>
        <Segmented
          aria-labelledby="rehearsal-providers"
          value={providers}
          onChange={setProviders}
          options={PROVIDERS.map((value) => ({ value, label: t(`rehearsal.strictness.${value}`) }))}
        />
        <Button
          type="primary"
          icon={<ExperimentOutlined />}
          loading={asking}
          disabled={underWay}
          onClick={() => void ask()}
        >
          {t(data ? 'rehearsal.again' : 'rehearsal.start')}
        </Button>
      </div>
      {error && !data && <ProblemAlert error={error} onRetry={() => void refetch()} />}
      {data === undefined && !error && <Skeleton active title={false} paragraph={{ rows: 4 }} />}
      {underWay && <UnderWay rehearsal={data} onCancel={() => void cancel(data.id)} />}
      {data?.status === 'failed' && (
        <Alert type="error" showIcon title={t('rehearsal.failed')} description={<FailedReason error={data.error} />} />
      )}
      {data?.status === 'done' && data.prediction && (
        <RehearsalResult rehearsal={data} prediction={data.prediction} version={campaign.version} />
      )}
    </div>
  );
}

function UnderWay({ rehearsal, onCancel }: { rehearsal: Rehearsal; onCancel: () => void }) {
  const { t } = useTranslation('campaigns');
  const { status, phase, done, total } = rehearsal;
  const text = t(status === 'queued' ? 'rehearsal.queued' : `rehearsal.phase.${phase}`);
  return (
    <div className="rehearsal-progress" aria-live="polite">
      <span>{text}</span>
      <Progress percent={total > 0 ? Math.floor((done / total) * 100) : 0} status="active" aria-label={text} />
      <Button onClick={onCancel}>{t('rehearsal.cancel')}</Button>
    </div>
  );
}

/** Our own code in the user's language; anything else is for the operator's eyes. */
function FailedReason({ error }: { error: string | null }) {
  const { t } = useTranslation('campaigns');
  if (!error || error === 'INTERRUPTED') return <>{t('rehearsal.interrupted')}</>;
  return <code className="mono server-words">{error}</code>;
}
