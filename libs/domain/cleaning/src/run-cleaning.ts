import type { Database } from '#platform/database';
import type { JobHandlers, JobQueue } from '#platform/queue';
import type { LookUp } from '#domain/contacts';
import { applyCleaning, undoCleaning } from './apply-cleaning.js';
import {
  ATTEMPTS_MAX,
  findStaleCleanings,
  moveCleaning,
  releaseCleaning,
  takeCleaning,
} from './cleaning.repository.js';
import { CleaningStopped } from './cleaning-stopped.js';
import { judgeList } from './judge-list.js';
import { judgeSilence } from './judge-silence.js';

/**
 * Runs what the state of a cleaning asks for to its end: judge, apply or undo. Does nothing when another process is at it.
 * @param signal gives it up between two pages, for another process to resume at once
 * @throws what may pass (database away); the sweep runs it again
 */
export async function runCleaning(
  db: Database,
  cleaningId: string,
  lookUp: LookUp | null,
  signal?: AbortSignal,
): Promise<void> {
  const row = await takeCleaning(db, cleaningId);
  if (!row) return;
  // What is half applied or undone is tried for ever: nothing may stay half-done.
  if (row.status === 'judging' && row.fence > ATTEMPTS_MAX) {
    await moveCleaning(db, row.id, ['judging'], 'failed');
    return;
  }
  try {
    if (row.status === 'judging' && row.kind !== 'list') await judgeSilence(db, row, signal);
    else if (row.status === 'judging') await judgeList(db, row, lookUp, signal);
    else if (row.status === 'applying') await applyCleaning(db, row, signal);
    else await undoCleaning(db, row, signal);
  } catch (error) {
    if (error instanceof CleaningStopped) return;
    await releaseCleaning(db, row).catch(() => undefined);
    if (!signal?.aborted) throw error;
  }
}

/** The api's handler of `cleaning.run`. */
export function cleaningJobHandlers(
  db: Database,
  lookUp: LookUp | null,
  signal: AbortSignal,
): Pick<JobHandlers<'api'>, 'cleaning.run'> {
  return {
    'cleaning.run': { concurrency: 2, handle: ({ cleaningId }) => runCleaning(db, cleaningId, lookUp, signal) },
  };
}

/** The sweep behind `cleaning.run`: queues those whose job was lost or whose process died. */
export async function resumeStaleCleanings(db: Database, queue: JobQueue): Promise<void> {
  for (const cleaningId of await findStaleCleanings(db)) {
    await queue.add('cleaning.run', { cleaningId }, { dedupe: cleaningId });
  }
}
