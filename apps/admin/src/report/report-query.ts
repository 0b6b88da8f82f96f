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

/** When people opened and clicked, by hour of the week. */
export const hoursQuery = (id: string) =>
  queryOptions({
    queryKey: ['campaigns', id, 'report', 'hours'],
    queryFn: () => answer(api.GET('/api/v1/campaigns/{id}/report/hours', { params: { path: { id } } })),
  });

export const TIMELINE_WINDOWS = ['48h', '30d'] as const;

/** The first hours or days of a campaign. Under its report, so that it is read again as that moves. */
export const timelineQuery = (id: string, window: (typeof TIMELINE_WINDOWS)[number]) =>
  queryOptions({
    queryKey: ['campaigns', id, 'report', 'timeline', window],
    queryFn: () =>
      answer(api.GET('/api/v1/campaigns/{id}/report/timeline', { params: { path: { id }, query: { window } } })),
  });

/** Why people left. Under its report, so that it is read again as that moves. */
export const leavingQuery = (id: string) =>
  queryOptions({
    queryKey: ['campaigns', id, 'report', 'leaving'],
    queryFn: () => answer(api.GET('/api/v1/campaigns/{id}/report/leaving', { params: { path: { id } } })),
  });

/** What happened to the uncertain ones of a campaign. Under its report, so that it is read again as that moves. */
export const uncertainStoryQuery = (id: string) =>
  queryOptions({
    queryKey: ['campaigns', id, 'report', 'uncertain'],
    queryFn: () => answer(api.GET('/api/v1/campaigns/{id}/uncertain/story', { params: { path: { id } } })),
  });

/** Head of the query keys of the list of them. */
export function uncertainListKey(id: string): string {
  return `uncertain-${id}`;
}

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
