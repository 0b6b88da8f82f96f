import type { EChartsCoreOption } from 'echarts/core';
import { useMemo } from 'react';
import { useTranslation } from 'react-i18next';
import type { Resource } from '../api/types.js';
import { Chart } from '../components/chart.js';

const SERIES = ['accepted', 'opened', 'clicked', 'bounced'] as const;

/** Accepted, opened, clicked and bounced by day. */
export function Trend({ trend }: { trend: Resource<'Dashboard'>['trend'] }) {
  const { t, i18n } = useTranslation('dashboard');
  const days = useMemo(() => {
    const format = new Intl.DateTimeFormat(i18n.language, { month: 'short', day: 'numeric', timeZone: 'UTC' });
    return trend.map(({ day }) => format.format(new Date(`${day}T00:00:00Z`)));
  }, [trend, i18n.language]);
  const option = useMemo<EChartsCoreOption>(
    () => ({
      grid: { left: 8, right: 12, top: 36, bottom: 4, containLabel: true },
      tooltip: { trigger: 'axis' },
      legend: { top: 0, left: 0, itemWidth: 18 },
      xAxis: { type: 'category', data: days, boundaryGap: false },
      yAxis: { type: 'value', minInterval: 1 },
      series: SERIES.map((name) => ({
        name: t(`series.${name}`),
        type: 'line',
        symbol: 'none',
        lineStyle: { width: 2 },
        data: trend.map((day) => day[name]),
      })),
    }),
    [trend, days, t],
  );
  const total = (name: (typeof SERIES)[number]) => trend.reduce((sum, day) => sum + day[name], 0);
  const nothing = trend.every((day) => SERIES.every((name) => day[name] === 0));
  return (
    <section className="panel">
      <h2>{t('trend', { days: trend.length })}</h2>
      {nothing ? (
        <p className="quiet">{t('trendEmpty')}</p>
      ) : (
        <Chart
          summary={t('trendSummary', {
            days: trend.length,
            accepted: total('accepted'),
            opened: total('opened'),
            clicked: total('clicked'),
            bounced: total('bounced'),
          })}
          option={option}
          table={{
            columns: [t('day'), ...SERIES.map((name) => t(`series.${name}`))],
            rows: trend.map((day, index) => [days[index]!, ...SERIES.map((name) => day[name])]),
          }}
        />
      )}
    </section>
  );
}
