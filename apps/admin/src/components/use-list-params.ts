import { useCallback, useMemo } from 'react';
import { useLocation, useNavigate, useSearchParams } from 'react-router';

const PAGE_SIZES = [20, 50, 100] as const;

/** Query of a list call, as every list route of the API takes it; filters are members of their own name. */
export interface ListQuery {
  limit: number;
  cursor?: string;
  q?: string;
  count?: boolean;
}

interface ListParams {
  query: ListQuery & Record<string, unknown>;
  values: Record<string, string>;
  q: string;
  filtered: boolean;
  /** Columns that the address asks for. */
  columns: string | null;
  /**
   * An address (this one by default) as far as it says how the list is seen: what a saved view keeps, always in the
   * same order.
   */
  normal: (columns: ((asked: string | null) => string) | undefined, query?: string) => string;
  page: number;
  pageSizes: readonly number[];
  /** Sets search, filters or page size and goes back to the first page; empty values are removed. */
  change: (values: Record<string, string | undefined>) => void;
  clear: () => void;
  next: (cursor: string) => void;
  previous: () => void;
}

/**
 * State of a list in the URL: `q`, `limit`, `cursor` and one parameter a filter, so that a list can be linked to and
 * the back button works. The cursors of earlier pages travel in the history entry (keyset paging knows no "back").
 */
export function useListParams(filters: readonly string[]): ListParams {
  const [params, setParams] = useSearchParams();
  const location = useLocation();
  const navigate = useNavigate();
  const stack = useMemo(
    () => (location.state as { cursors?: (string | null)[] } | null)?.cursors ?? [],
    [location.state],
  );
  const cursor = params.get('cursor');
  const names = filters.join(',');

  const change = useCallback(
    (values: Record<string, string | undefined>) => {
      setParams(
        (old) => {
          const fresh = new URLSearchParams(old);
          fresh.delete('cursor');
          for (const [name, value] of Object.entries(values)) {
            if (value) fresh.set(name, value);
            else fresh.delete(name);
          }
          return fresh;
        },
        { replace: true },
      );
    },
    [setParams],
  );
  const goTo = (target: string | null, cursors: (string | null)[]) => {
    const fresh = new URLSearchParams(params);
    if (target) fresh.set('cursor', target);
    else fresh.delete('cursor');
    void navigate({ search: fresh.toString() }, { state: { cursors } });
  };

  return useMemo(() => {
    const values: Record<string, string> = {};
    for (const name of names ? names.split(',') : []) {
      const value = params.get(name);
      if (value) values[name] = value;
    }
    const q = params.get('q') ?? '';
    const wanted = Number(params.get('limit'));
    const limit = PAGE_SIZES.find((size) => size === wanted) ?? PAGE_SIZES[0];
    return {
      query: { limit, ...(cursor ? { cursor } : { count: true }), ...(q ? { q } : {}), ...values },
      values,
      q,
      columns: params.get('columns'),
      normal: (columns, query) => viewOf(query === undefined ? params : new URLSearchParams(query), names, columns),
      filtered: q !== '' || Object.keys(values).length > 0,
      page: stack.length + 1,
      pageSizes: PAGE_SIZES,
      change,
      clear: () =>
        change({
          q: undefined,
          columns: undefined,
          ...Object.fromEntries(names.split(',').map((name) => [name, undefined])),
        }),
      next: (target: string) => goTo(target, [...stack, cursor]),
      previous: () => goTo(stack.at(-1) ?? null, stack.slice(0, -1)),
    };
    // `goTo` only closes over what is listed.
  }, [params, cursor, stack, names, change]);
}

function viewOf(params: URLSearchParams, names: string, columns?: (asked: string | null) => string): string {
  const kept = new URLSearchParams();
  for (const name of ['q', ...names.split(','), 'limit']) {
    const value = params.get(name);
    if (value) kept.set(name, value);
  }
  if (columns) kept.set('columns', columns(params.get('columns')));
  return kept.toString();
}
