import { keepPreviousData, useQuery } from '@tanstack/react-query';
import { Button, Skeleton, Table } from 'antd';
import { useState, type Key, type ReactNode } from 'react';
import { useTranslation } from 'react-i18next';
import type { Page } from '../api/types.js';
import type { ViewPage } from '../saved-views/index.js';
import { EmptyState } from './empty-state.js';
import { ListToolbar, type ListFilter } from './list-toolbar.js';
import { ListPager } from './list-pager.js';
import { ListProblem } from './list-problem.js';
import { useColumns, type Column } from './use-columns.js';
import { useListParams } from './use-list-params.js';
import { useNarrow } from './use-narrow.js';

export type { Column };

/**
 * What `load` gets: limit, cursor, q, count and the filters of the URL. The API validates it and the URL is anyone's, so
 * its members are not typed; as `never` they fit the query of every list route.
 */
export type LoadQuery = Record<string, never>;

interface DataTableProps<T> {
  /** Head of the query key; invalidate `[name]` to load again. Unique in the UI, e.g. `contacts`. */
  name: string;
  /** Calls the list route: `(query) => answer(api.GET('/api/v1/lists', { params: { query } }))`. */
  load: (query: LoadQuery) => Promise<Page<T>>;
  columns: Column<T>[];
  /** Names the table for screen readers. */
  label: string;
  rowKey?: (row: T) => string;
  /** Present: a search box that sets `q`. */
  searchLabel?: string;
  filters?: ListFilter[];
  /** Present: the user can keep search and filters under a name. */
  views?: ViewPage;
  /** Before anything exists; a search without a result has an empty state of its own. */
  empty: ReactNode;
  /** One row as a card on narrow screens; without it the table scrolls sideways. */
  card?: (row: T) => ReactNode;
  /** Present: rows can be chosen, and this is the bar of what can be done with them. */
  bulk?: (ids: string[], done: () => void) => ReactNode;
  /** What a row is called, for the label of its checkbox. */
  rowLabel?: (row: T) => string;
  /** Gets `total` when it is known, e.g. for the count in the page header. */
  onTotal?: (total: number | undefined) => void;
  /** Milliseconds between reloads while something moves. */
  refetchInterval?: number | false;
}

/**
 * A list of the API: cursor paging, search and filters in the URL, and every state a list can be in (skeleton, empty,
 * nothing matches, error with retry, stale while the next page loads).
 */
export function DataTable<T extends object>(props: DataTableProps<T>) {
  const { name, load, columns, label, filters = [], empty, card, bulk, refetchInterval = false } = props;
  const rowKey = props.rowKey ?? ((row: T) => (row as { id: string }).id);
  const { t } = useTranslation('components');
  const narrow = useNarrow();
  const params = useListParams(filters.map((filter) => filter.name));
  const { visible, choice } = useColumns(name, columns, params);
  const cards = narrow && card;
  const [selected, setSelected] = useState<Key[]>([]);
  const { data, error, isPending, isPlaceholderData, refetch } = useQuery({
    queryKey: [name, 'list', params.query],
    queryFn: async () => {
      const page = await load(params.query as unknown as LoadQuery);
      if (!params.query.cursor) props.onTotal?.(page.total);
      return page;
    },
    placeholderData: keepPreviousData,
    refetchInterval,
  });

  const toolbar = (props.searchLabel || filters.length > 0) && (
    <ListToolbar
      params={params}
      searchLabel={props.searchLabel}
      filters={filters}
      views={props.views}
      columns={cards ? undefined : choice}
    />
  );
  if (error && !data) {
    return (
      <div className="data-table">
        {toolbar}
        <ListProblem error={error} params={params} onRetry={() => void refetch()} />
      </div>
    );
  }
  if (isPending) return <Skeleton active title={false} paragraph={{ rows: 8, width: '100%' }} className="panel" />;
  const nothing = data.items.length === 0 && !params.query.cursor;
  if (nothing && !params.filtered) return <div className="panel">{empty}</div>;

  const unselect = () => setSelected([]);
  return (
    <div className="data-table">
      {toolbar}
      {bulk && selected.length > 0 && (
        <div className="bulk-bar" role="region" aria-label={t('table.bulk')}>
          <strong aria-live="polite">{t('table.selected', { count: selected.length })}</strong>
          {bulk(selected.map(String), unselect)}
          <Button type="link" onClick={unselect}>
            {t('table.unselect')}
          </Button>
        </div>
      )}
      {nothing ? (
        <div className="panel">
          <EmptyState
            title={t('table.noMatch')}
            text={t('table.noMatchText')}
            action={<Button onClick={params.clear}>{t('table.clear')}</Button>}
          />
        </div>
      ) : cards ? (
        <ul className="card-list" aria-label={label} aria-busy={isPlaceholderData}>
          {data.items.map((row) => (
            <li key={rowKey(row)}>{cards(row)}</li>
          ))}
        </ul>
      ) : (
        <div className="panel panel-table">
          <Table<T>
            aria-label={label}
            rowKey={rowKey}
            columns={visible}
            dataSource={data.items}
            size="medium"
            pagination={false}
            loading={isPlaceholderData}
            {...(bulk && {
              rowSelection: {
                selectedRowKeys: selected,
                onChange: setSelected,
                preserveSelectedRowKeys: true,
                getCheckboxProps: (row: T) => ({
                  'aria-label': t('table.select', { name: props.rowLabel?.(row) ?? rowKey(row) }),
                }),
              },
            })}
          />
        </div>
      )}
      <ListPager params={params} nextCursor={data.nextCursor} />
    </div>
  );
}
