import { queryOptions } from '@tanstack/react-query';
import { answer, api } from '../api/client.js';
import { queryClient } from '../api/query.js';
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

/** Reads the test of a draft again, and what is checked of it. */
export async function refreshTest(campaignId: string): Promise<void> {
  await queryClient.invalidateQueries({ queryKey: abTestQuery(campaignId).queryKey });
  void queryClient.invalidateQueries({ queryKey: ['campaigns', campaignId, 'checklist'] });
}

/** Gives a draft a test of two subjects, of which the second is still to be written. */
export async function startSubjectTest(campaignId: string): Promise<void> {
  await put(campaignId, { variants: [{ subject: null, fromName: null, content: null, sendAt: null }] });
}

/** Writes the subject of one variant, and leaves the rest of the test as it was read last. */
export async function saveSubject(campaignId: string, index: number, subject: string): Promise<void> {
  const test = await queryClient.ensureQueryData(abTestQuery(campaignId));
  if (!test) return;
  const variants = test.variants.map((variant, place) =>
    place === index ? { ...variant, subject: subject || null } : variant,
  );
  await put(campaignId, { ...test, variants });
}

async function put(campaignId: string, body: Partial<AbBody>): Promise<void> {
  const params = { path: { id: campaignId } };
  const { test } = await answer(api.PUT('/api/v1/campaigns/{id}/ab-test', { params, body: body as AbBody }));
  queryClient.setQueryData(abTestQuery(campaignId).queryKey, test);
  void queryClient.invalidateQueries({ queryKey: ['campaigns', campaignId, 'checklist'] });
}

/** How a variant is called. */
export function letterOf(variant: number): string {
  return 'ABCD'[variant] ?? String(variant + 1);
}
