import type { EChartsCoreOption } from 'echarts/core';

/** One row of figures, one for each label. */
interface Series {
  name: string;
  type: 'bar' | 'line';
  color: string;
  values: number[];
}

/** What happened when: counts by step of time, as bars and lines over one axis. */
export function timeSeries(labels: string[], series: Series[], narrow: boolean): EChartsCoreOption {
  return {
    grid: { left: 8, right: 16, top: narrow ? 60 : 40, bottom: 8, containLabel: true },
    legend: { top: 0, left: 0, data: series.map(({ name }) => name), icon: 'roundRect', itemWidth: 14, itemGap: 14 },
    tooltip: { trigger: 'axis', confine: true },
    xAxis: {
      type: 'category',
      data: labels,
      axisTick: { show: false },
      axisLabel: { color: '#595959', hideOverlap: true },
    },
    yAxis: {
      type: 'value',
      minInterval: 1,
      axisLabel: { color: '#595959' },
      splitLine: { lineStyle: { color: '#eceef2' } },
    },
    series: series.map(({ name, type, color, values }) => ({
      ...{ name, type, color, data: values },
      barMaxWidth: 26,
      symbolSize: labels.length > 60 ? 0 : 5,
      lineStyle: { width: 2 },
    })),
  };
}
