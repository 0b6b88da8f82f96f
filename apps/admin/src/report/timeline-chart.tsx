import { useMemo } from 'react';
import { useTranslation } from 'react-i18next';
import { useTimeZone } from '../app/session.js';
import { CHART_COLORS, Chart } from '../components/chart.js';
import { timeSeries } from '../components/time-series.js';
import { useNarrow } from '../components/use-narrow.js';
import type { Report } from './report-query.js';
import type { Audience } from './visitors.js';

const SERIES = ['accepted', 'opened', 'clicked', 'bounced'] as const;
const COLORS = { accepted: '#9db9e0', opened: CHART_COLORS[0], clicked: CHART_COLORS[2], bounced: CHART_COLORS[3] };

/** Something that has a timeline: a report, or its first hours or days. */
export type Course = Pick<Report, 'timeline' | 'timelineBucketSeconds' | 'status'>;

/** What happened when: messages taken as bars, opens, clicks and bounces as lines. */
export function TimelineChart({ report, audience }: { report: Course; audience: Audience }) {
  const { t, i18n } = useTranslation('report');
  const zone = useTimeZone();
  const narrow = useNarrow();
  const { timelineBucketSeconds, status } = report;
  // The history by the hour knows people and everybody; machines by themselves it does not.
  const byAny = audience === 'any';
  const timeline = useMemo(
    () =>
      byAny
        ? report.timeline.map((each) => ({ ...each, opened: each.openedByAny, clicked: each.clickedByAny }))
        : report.timeline,
    [report.timeline, byAny],
  );
  const running = status === 'sending' || status === 'paused';
  const { option, table } = useMemo(() => {
    const whole = timelineBucketSeconds >= 86_400;
    const format = new Intl.DateTimeFormat(i18n.language, {
      timeZone: zone,
      month: 'numeric',
      day: 'numeric',
      ...(whole ? {} : { hour: '2-digit', minute: '2-digit', hour12: false }),
      ...(timelineBucketSeconds < 60 ? { second: '2-digit' } : {}),
    });
    const labels = timeline.map(({ at }) => format.format(new Date(at)));
    const names = SERIES.map((key) => t(`series.${key}`));
    const series = SERIES.map((key, index) => ({
      name: names[index]!,
      type: key === 'accepted' ? ('bar' as const) : ('line' as const),
      color: COLORS[key]!,
      values: timeline.map((bucket) => bucket[key]),
    }));
    const rows = timeline.map((bucket, index) => [labels[index]!, ...SERIES.map((key) => bucket[key])]);
    const drawn = timeSeries(labels, series, narrow);
    // Once it has been sent, the bars of sending would press what people do to the bottom; the legend brings them back.
    const selected = { [names[0]!]: running };
    const option = { ...drawn, legend: { ...(drawn.legend as object), selected } };
    return { option, table: { columns: [t('timeline.time'), ...names], rows } };
  }, [timeline, timelineBucketSeconds, running, t, i18n.language, zone, narrow]);
  if (timeline.length === 0) return <p className="quiet">{t('timeline.none')}</p>;
  const total = (key: (typeof SERIES)[number]) => timeline.reduce((sum, bucket) => sum + bucket[key], 0);
  const summary = t('timeline.summary', {
    accepted: total('accepted'),
    opened: total('opened'),
    clicked: total('clicked'),
    bounced: total('bounced'),
    zone,
  });
  return (
    <>
      <Chart summary={summary} option={option} table={table} height={300} />
      <p className="quiet small">
        {t(byAny ? 'timeline.ofAny' : 'timeline.ofPeople')} {t('timeline.zone', { zone })}
      </p>
    </>
  );
}
