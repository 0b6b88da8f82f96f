import { Button, Skeleton, Table } from 'antd';
import type { EChartsCoreOption, EChartsType } from 'echarts/core';
import { useEffect, useRef, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { FONT_FAMILY } from '../app/theme.js';

/** Line colours that keep apart for colour-blind readers and on white (≥ 3:1). */
export const CHART_COLORS = ['#1554ad', '#c25e00', '#237804', '#a8071a', '#6b3fa0'];

export interface ChartTable {
  columns: string[];
  /** One row a category; the first cell is its name. */
  rows: (string | number)[][];
}

interface ChartProps {
  /** What the chart says, as one sentence: its text alternative. */
  summary: string;
  /** echarts option (line and bar charts); font, colours and aria are set here. */
  option: EChartsCoreOption;
  /** The same data for the table view. */
  table: ChartTable;
  height?: number;
}

/** A chart with a text alternative and a button that shows its data as a table. */
export function Chart({ summary, option, table, height = 280 }: ChartProps) {
  const { t } = useTranslation('components');
  const [asTable, setAsTable] = useState(false);
  return (
    <div className="chart">
      <div className="chart-switch">
        <Button size="small" type="link" onClick={() => setAsTable(!asTable)}>
          {asTable ? t('chart.showChart') : t('chart.showTable')}
        </Button>
      </div>
      {asTable ? <DataOf table={table} label={summary} /> : <Drawing {...{ summary, option, height }} />}
    </div>
  );
}

function Drawing({ summary, option, height }: { summary: string; option: EChartsCoreOption; height: number }) {
  const element = useRef<HTMLDivElement>(null);
  const chart = useRef<EChartsType | null>(null);
  const [ready, setReady] = useState(false);
  useEffect(() => {
    let gone = false;
    const resize = new ResizeObserver(() => chart.current?.resize());
    void import('./echarts.js').then(({ startChart }) => {
      if (gone || !element.current) return;
      chart.current = startChart(element.current);
      resize.observe(element.current);
      setReady(true);
    });
    return () => {
      gone = true;
      resize.disconnect();
      chart.current?.dispose();
      chart.current = null;
    };
  }, []);
  useEffect(() => {
    chart.current?.setOption(
      { color: CHART_COLORS, textStyle: { fontFamily: FONT_FAMILY }, animation: false, ...option },
      { notMerge: true },
    );
  }, [option, ready]);
  return (
    <div className="chart-frame" style={{ height }}>
      {!ready && <Skeleton active title={false} paragraph={{ rows: 6 }} />}
      <div ref={element} role="img" aria-label={summary} style={{ height, position: 'absolute', inset: 0 }} />
    </div>
  );
}

function DataOf({ table, label }: { table: ChartTable; label: string }) {
  return (
    <Table
      aria-label={label}
      size="small"
      pagination={false}
      scroll={{ x: 'max-content', y: 260 }}
      rowKey={(row) => String(row[0])}
      dataSource={table.rows}
      columns={table.columns.map((title, index) => ({
        title,
        key: title,
        align: index === 0 ? 'left' : 'right',
        render: (_: unknown, row: (string | number)[]) => row[index],
      }))}
    />
  );
}
