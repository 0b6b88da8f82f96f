import { queryOptions } from '@tanstack/react-query';
import { useEffect, useRef } from 'react';
import { answer, api } from '../api/client.js';
import { useLiveCampaigns } from '../api/campaigns.js';
import { queryClient } from '../api/query.js';
import type { Resource } from '../api/types.js';

export type Report = Resource<'CampaignReport'>;
export type Campaign = Resource<'Campaign'>;

export const reportQuery = (id: string) =>
  queryOptions({
    queryKey: ['campaigns', id, 'report'],
    queryFn: () => answer(api.GET('/api/v1/campaigns/{id}/report', { params: { path: { id } } })),
  });

const QUIET_MS = 2_000;

/** Reloads the report as its campaign moves, at most every two seconds. */
export function useLiveReport(id: string): void {
  const timer = useRef<ReturnType<typeof setTimeout> | null>(null);
  useLiveCampaigns((moved) => {
    if ((moved && moved.id !== id) || timer.current) return;
    timer.current = setTimeout(() => {
      timer.current = null;
      void queryClient.invalidateQueries({ queryKey: ['campaigns', id, 'report'] });
      void queryClient.invalidateQueries({ queryKey: ['campaigns', id], exact: true });
    }, QUIET_MS);
  });
  useEffect(
    () => () => {
      if (timer.current) clearTimeout(timer.current);
    },
    [],
  );
}
