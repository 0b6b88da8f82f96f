import { useQuery } from '@tanstack/react-query';
import { Skeleton } from 'antd';
import { useState } from 'react';
import { Navigate, Outlet, useParams } from 'react-router';
import { isNotFound } from '../api/api-error.js';
import { campaignQuery, useLiveCampaigns } from '../api/campaigns.js';
import { serverNow } from '../api/clock.js';
import { NotFoundPage } from '../app/error-page.js';
import { ProblemAlert } from '../components/problem-alert.js';
import './campaigns.css';
import type { Campaign } from './draft.js';
import type { DraftContext } from './draft-context.js';
import { ScheduledView } from './scheduled-view.js';
import { sendTimeOf } from './send-time.js';
import { useDraft } from './use-draft.js';

/** One campaign by its state: a draft is edited, a scheduled one waits, all others are reported on. */
export default function CampaignScreen() {
  const id = useParams().id!;
  useLiveCampaigns();
  const { data, error, refetch } = useQuery({
    ...campaignQuery(id),
    refetchInterval: ({ state }) => (state.data?.status === 'scheduled' ? waitFor(state.data) : false),
  });
  if (isNotFound(error)) return <NotFoundPage />;
  if (error && !data) return <ProblemAlert error={error} onRetry={() => void refetch()} />;
  if (!data) return <Skeleton active paragraph={{ rows: 10 }} />;
  if (data.status === 'draft') return <DraftFrame key={id} campaign={data} />;
  if (data.status === 'scheduled') return <ScheduledView campaign={data} />;
  return <Navigate to={`/campaigns/${id}/report`} replace />;
}

/** The draft lives here, above its two pages, so that going from one to the other loses nothing. */
function DraftFrame({ campaign }: { campaign: Campaign }) {
  const handle = useDraft(campaign);
  const [time, setTime] = useState(() => sendTimeOf(campaign));
  return <Outlet context={{ campaign, ...handle, time, setTime } satisfies DraftContext} />;
}

/** Close to its time a campaign is asked after often: the page shall move on with it. */
function waitFor({ scheduledAt }: Campaign): number {
  const left = Date.parse(scheduledAt ?? '') - serverNow();
  return left < 60_000 ? 1_000 : 30_000;
}
