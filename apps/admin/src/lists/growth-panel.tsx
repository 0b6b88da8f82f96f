import { useQuery } from '@tanstack/react-query';
import { Skeleton } from 'antd';
import type { EChartsCoreOption } from 'echarts/core';
import { useMemo } from 'react';
import { useTranslation } from 'react-i18next';
import { answer, api } from '../api/client.js';
import type { Resource } from '../api/types.js';
import { Chart } from '../components/chart.js';
import { ProblemAlert } from '../components/problem-alert.js';

const SERIES = ['joined', 'left'] as const;

/** Who joined a list and who left it, by day. */
export function GrowthPanel({ listId }: { listId: string }) {
  const { t } = useTranslation('lists');
  const { data, error, refetch } = useQuery({
    queryKey: ['lists', listId, 'growth'],
    queryFn: () => answer(api.GET('/api/v1/lists/{id}/growth', { params: { path: { id: listId } } })),
  });
  if (error && !data) return <ProblemAlert error={error} onRetry={() => void refetch()} />;
  if (!data) return <Skeleton active paragraph={{ rows: 6 }} className="panel" />;
  const { days } = data;
  return (
    <section className="panel">
      <h2>{t('growth.title', { days: days.length })}</h2>
      {days.every(({ joined, left }) => joined + left === 0) ? (
        <p className="quiet no-margin">{t('growth.nothing', { days: days.length })}</p>
      ) : (
        <>
          <GrowthChart days={days} />
          <p className="quiet small no-margin">{t('growth.help')}</p>
        </>
      )}
    </section>
  );
}

function GrowthChart({ days }: { days: Resource<'ListGrowth'>['days'] }) {
  const { t, i18n } = useTranslation('lists');
  const names = useMemo(() => {
    const format = new Intl.DateTimeFormat(i18n.language, { month: 'short', day: 'numeric', timeZone: 'UTC' });
    return days.map(({ day }) => format.format(new Date(`${day}T00:00:00Z`)));
  }, [days, i18n.language]);
  const option = useMemo<EChartsCoreOption>(
    () => ({
      grid: { left: 8, right: 12, top: 36, bottom: 4, containLabel: true },
      tooltip: { trigger: 'axis' },
      legend: { top: 0, left: 0, itemWidth: 18 },
      xAxis: { type: 'category', data: names },
      yAxis: { type: 'value', minInterval: 1 },
      series: SERIES.map((name) => ({ name: t(`growth.${name}`), type: 'bar', data: days.map((day) => day[name]) })),
    }),
    [days, names, t],
  );
  const total = (name: (typeof SERIES)[number]) => days.reduce((sum, day) => sum + day[name], 0);
  return (
    <Chart
      summary={t('growth.summary', { days: days.length, joined: total('joined'), left: total('left') })}
      option={option}
      table={{
        columns: [t('growth.day'), ...SERIES.map((name) => t(`growth.${name}`))],
        rows: days.map((day, index) => [names[index]!, ...SERIES.map((name) => day[name])]),
      }}
    />
  );
}
