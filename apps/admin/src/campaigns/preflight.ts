import { answer, api } from '../api/client.js';
import { queryClient } from '../api/query.js';
import type { Resource } from '../api/types.js';
import { checklistQuery } from './checklist.js';

type Checklist = Resource<'Checklist'>;

const LOOK_AGAIN_MS = 500;
/** Nobody waits longer for a slow site; what is not known by then is told as such. */
const PATIENCE_MS = 15_000;

/** Begins the slow checks. A failure is told by the list, which stays as it was. */
export async function beginPreflight(id: string): Promise<void> {
  await answer(api.POST('/api/v1/campaigns/{id}/preflight', { params: { path: { id } } })).catch(() => undefined);
  await queryClient.invalidateQueries({ queryKey: checklistQuery(id).queryKey });
}

/** The checks of what is stored now, with the slow ones as far as they come in time. */
export async function completeChecklist(id: string): Promise<Checklist> {
  const { queryKey, queryFn } = checklistQuery(id);
  const look = () => queryClient.fetchQuery({ queryKey, queryFn: queryFn!, staleTime: 0 });
  let checks = await look();
  if (checks.preflight.status === 'stale') {
    await beginPreflight(id);
    checks = await look();
  }
  const until = Date.now() + PATIENCE_MS;
  while (checks.preflight.status === 'running' && Date.now() < until) {
    await new Promise((resolve) => setTimeout(resolve, LOOK_AGAIN_MS));
    checks = await look();
  }
  return checks;
}
