import { useMemo } from 'react';
import { useTranslation } from 'react-i18next';
import type { Resource } from '../api/types.js';
import { CHART_COLORS, Chart } from '../components/chart.js';
import { timeSeries } from '../components/time-series.js';
import { useNarrow } from '../components/use-narrow.js';

type Timeline = NonNullable<Resource<'CampaignRehearsal'>['prediction']>['timeline'];

/** When how many would be taken, and how many put off; nothing where all is over in the first step. */
export function RehearsalTimeline({ timeline }: { timeline: Timeline }) {
  const { t } = useTranslation('campaigns');
  const narrow = useNarrow();
  const { option, table } = useMemo(() => {
    const labels = timeline.map(({ afterMs }) => elapsed(afterMs));
    const accepted = timeline.map((step) => step.accepted);
    const putOff = timeline.map((step) => step.putOff);
    const names = [t('rehearsal.accepted'), t('rehearsal.putOff')] as const;
    const drawn = timeSeries(
      labels,
      [
        { name: names[0], type: 'bar', color: '#9db9e0', values: accepted },
        { name: names[1], type: 'line', color: CHART_COLORS[1]!, values: putOff },
      ],
      narrow,
    );
    const rows = labels.map((label, index) => [label, accepted[index]!, putOff[index]!]);
    return { option: drawn, table: { columns: [t('rehearsal.after'), ...names], rows } };
  }, [timeline, t, narrow]);
  if (timeline.length < 2) return null;
  const total = (key: 'accepted' | 'putOff') => timeline.reduce((sum, step) => sum + step[key], 0);
  const last = timeline.at(-1)!;
  const summary = t('rehearsal.timelineSummary', {
    time: elapsed(last.afterMs),
    accepted: total('accepted'),
    putOff: total('putOff'),
  });
  return (
    <>
      <h3>{t('rehearsal.timeline')}</h3>
      <Chart summary={summary} option={option} table={table} height={narrow ? 220 : 240} />
      <p className="quiet small">{t('rehearsal.timelineAxis')}</p>
    </>
  );
}

/** Hours and minutes since the start: "0:05", "26:40". */
function elapsed(ms: number): string {
  const minutes = Math.round(ms / 60_000);
  return `${Math.floor(minutes / 60)}:${String(minutes % 60).padStart(2, '0')}`;
}
