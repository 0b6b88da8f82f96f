import { keepPreviousData, useQuery } from '@tanstack/react-query';
import { createContext, useContext, type ReactNode } from 'react';
import { useTranslation } from 'react-i18next';
import { answer, api } from '../api/client.js';
import type { Resource } from '../api/types.js';
import { useListParams } from '../components/use-list-params.js';
import { sparkPoints } from './spark-points.js';
import './lists.css';

const WIDTH = 96;
const HEIGHT = 28;

type List = Resource<'List'>;
const Growth = createContext<Map<string, number[]> | undefined>(undefined);

/** Asks once for the growth of all lists that the address shows; the table does not wait for it. */
export function PageGrowth({ children }: { children: ReactNode }) {
  const { query } = useListParams([]);
  const { count: _, ...page } = query;
  const { data } = useQuery({
    queryKey: ['lists', 'growth', page],
    queryFn: () => answer(api.GET('/api/v1/lists/growth', { params: { query: page } })),
    placeholderData: keepPreviousData,
  });
  const changes = data && new Map(data.items.map(({ list, change }) => [list, change]));
  return <Growth value={changes}>{children}</Growth>;
}

/** How many a list had on each of the last days, as a line, and by how many it grew. */
export function GrowthSpark({ list: { id, counts } }: { list: List }) {
  const { t, i18n } = useTranslation('lists');
  const change = useContext(Growth)?.get(id);
  if (!change) return <span className="growth-spark" aria-hidden="true" />;
  const net = change.reduce((sum, each) => sum + each, 0);
  const text = new Intl.NumberFormat(i18n.language, { signDisplay: 'exceptZero' }).format(net);
  return (
    <span className="growth-spark">
      <svg width={WIDTH} height={HEIGHT} viewBox={`0 0 ${WIDTH} ${HEIGHT}`} aria-hidden="true">
        <polyline points={sparkPoints(counts.subscribed, change, { width: WIDTH, height: HEIGHT })} />
      </svg>
      <span className="figures">{text}</span>
      <span className="visually-hidden">{t('growth.within', { days: change.length })}</span>
    </span>
  );
}
