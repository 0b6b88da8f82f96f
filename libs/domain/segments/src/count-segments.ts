import type { Database } from '#platform/database';
import type { JobHandlers, JobQueue } from '#platform/queue';
import { contextOf, countAndSample } from './ask-rule.js';
import { loadFacts, problemsOf } from './rule-facts.js';
import { findUncounted, findUncountedSince, noteCount } from './segment.repository.js';

/**
 * For how long a segment that nobody has counted is tried again: one that can't be counted in time, or names what is
 * gone, does not keep the database busy for ever.
 */
const TRIED_MS = 60 * 60_000;

/** Counting on one's own what people made without the builder: by the API, as a copy, for a follow-up. */
export function segmentJobHandlers(db: Database): Pick<JobHandlers<'api'>, 'segment.count'> {
  return { 'segment.count': { concurrency: 1, handle: ({ segmentId }) => countOnce(db, segmentId) } };
}

/** The sweep behind `segment.count`: also for segments that were made in somebody else's transaction. */
export async function resumeMissedCounts(db: Database, queue: JobQueue): Promise<void> {
  for (const segmentId of await findUncountedSince(db, new Date(Date.now() - TRIED_MS))) {
    await queue.add('segment.count', { segmentId }, { dedupe: segmentId });
  }
}

async function countOnce(db: Database, id: string): Promise<void> {
  const segment = await findUncounted(db, id);
  if (!segment) return;
  const { workspaceId, rule, version } = segment;
  if (problemsOf(rule, await loadFacts(db, workspaceId, [rule])).length > 0) return;
  const now = new Date();
  const { count } = await countAndSample(db, rule, await contextOf(db, workspaceId, now.getTime()), 0);
  await noteCount(db, id, version, count, now);
}
