import { keepPreviousData, useQuery } from '@tanstack/react-query';
import { useTranslation } from 'react-i18next';
import { answer, api } from '../api/client.js';
import type { Resource } from '../api/types.js';
import { GROUPS } from '../app/nav.js';
import { useSession } from '../app/session.js';
import { useSettled } from '../components/use-settled.js';

type Item = Resource<'SearchResult'>['items'][number];

/** Somewhere to go. */
export interface Result {
  key: string;
  kind: Item['kind'] | 'screen';
  name: string;
  detail: string;
  to: string;
}

const SETTLE_MS = 200;
const PLACES: Record<Item['kind'], (id: string) => string> = {
  campaign: (id) => `/campaigns/${id}`,
  contact: (id) => `/contacts/${id}`,
  list: (id) => `/lists/${id}`,
  segment: (id) => `/segments/${id}`,
  template: (id) => `/templates/${id}`,
};

/** Screens at once, what the server finds once the typing has paused; the last line looks through all contacts. */
export function useResults(typed: string) {
  const { t } = useTranslation('search');
  const screens = useScreens(typed);
  const q = typed.trim();
  const settled = useSettled(q, SETTLE_MS);
  const query = useQuery({
    queryKey: ['search', settled],
    queryFn: ({ signal }) => answer(api.GET('/api/v1/search', { params: { query: { q: settled } }, signal })),
    enabled: settled !== '',
    placeholderData: keepPreviousData,
    staleTime: 10_000,
  });
  const items = q === '' ? [] : (query.data?.items ?? []);
  const found = items.map(({ kind, id, name, detail }) => ({
    key: `${kind} ${id}`,
    kind,
    name,
    detail: kind === 'contact' && detail !== name ? detail : '',
    to: PLACES[kind](id),
  }));
  const all: Result[] = q
    ? [
        {
          key: 'all',
          kind: 'contact',
          name: t('allContacts', { q }),
          detail: '',
          to: `/contacts?q=${encodeURIComponent(q)}`,
        },
      ]
    : [];
  return {
    results: [...found, ...screens, ...all],
    /** Without the line that leads to all contacts. */
    count: found.length + screens.length,
    error: query.error,
    isSettling: q !== settled || query.isFetching,
    retry: () => void query.refetch(),
  };
}

/** The entries of the menu by their names, all of them before anything is typed. */
function useScreens(typed: string): Result[] {
  const { t } = useTranslation('app');
  const { role } = useSession().workspace;
  const q = typed.trim().toLowerCase();
  return GROUPS.flatMap(({ entries }) => entries)
    .filter((entry) => !entry.owner || role === 'owner')
    .map(({ key, to }) => ({ key: to, kind: 'screen' as const, name: t(`nav.${key}`), detail: '', to }))
    .filter(({ name }) => name.toLowerCase().includes(q));
}
