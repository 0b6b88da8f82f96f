import { useQuery } from '@tanstack/react-query';
import { Segmented, Skeleton } from 'antd';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { ProblemAlert } from '../components/problem-alert.js';
import { TIMELINE_WINDOWS, timelineQuery, type Report } from './report-query.js';
import { TimelineChart } from './timeline-chart.js';
import type { Audience } from './visitors.js';

type Window = (typeof TIMELINE_WINDOWS)[number];

/** The timeline as a whole, or its first hours or days drawn finer. */
export function TimelinePanel({ report, audience }: { report: Report; audience: Audience }) {
  const { t } = useTranslation('report');
  const [window, setWindow] = useState<Window | 'all'>('all');
  return (
    <>
      <Segmented<Window | 'all'>
        className="gap-below"
        aria-label={t('timeline.window')}
        value={window}
        onChange={setWindow}
        options={(['all', ...TIMELINE_WINDOWS] as const).map((value) => ({ value, label: t(`timeline.${value}`) }))}
      />
      {window === 'all' ? (
        <TimelineChart report={report} audience={audience} />
      ) : (
        <Beginning report={report} window={window} audience={audience} />
      )}
    </>
  );
}

interface BeginningProps {
  report: Report;
  window: Window;
  audience: Audience;
}

function Beginning({ report: { campaignId, status }, window, audience }: BeginningProps) {
  const { data, error, refetch } = useQuery(timelineQuery(campaignId, window));
  if (error && !data) return <ProblemAlert error={error} onRetry={() => void refetch()} />;
  if (!data) return <Skeleton active title={false} paragraph={{ rows: 8 }} />;
  return <TimelineChart report={{ ...data, status }} audience={audience} />;
}
