import { queryOptions } from '@tanstack/react-query';
import { answer, api } from '../api/client.js';
import type { BodyOf, Resource } from '../api/types.js';

export type AbTest = Resource<'AbTest'>;
export type AbReport = NonNullable<Resource<'AbReportAnswer'>['report']>;
export type AbBody = BodyOf<'/api/v1/campaigns/{id}/ab-test', 'put'>;

/** What a draft tests; null where it tests nothing. */
export const abTestQuery = (id: string) =>
  queryOptions({
    queryKey: ['campaigns', id, 'ab-test'],
    queryFn: async () => (await answer(api.GET('/api/v1/campaigns/{id}/ab-test', { params: { path: { id } } }))).test,
  });

/** How the test of a campaign goes. Under its report, so that it is read again as that moves. */
export const abReportQuery = (id: string) =>
  queryOptions({
    queryKey: ['campaigns', id, 'report', 'ab-test'],
    queryFn: async () =>
      (await answer(api.GET('/api/v1/campaigns/{id}/report/ab-test', { params: { path: { id } } }))).report,
  });

/** How a variant is called. */
export function letterOf(variant: number): string {
  return 'ABCD'[variant] ?? String(variant + 1);
}
