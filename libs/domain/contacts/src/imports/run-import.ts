import { DomainError } from '#contracts';
import type { Database } from '#platform/database';
import type { JobQueue } from '#platform/queue';
import type { LookUp } from '../domains/mail-domains.js';
import { dropAbandonedFiles, dropFile } from './file-store.js';
import { checkImport } from './check-import.js';
import {
  ATTEMPTS_MAX,
  UNFINISHED,
  dropOldDrafts,
  findStaleImports,
  finishCheck,
  finishImport,
  releaseImport,
  takeImport,
} from './import.repository.js';
import type { ImportRow } from './import.repository.js';
import { ImportStopped } from './import-stopped.js';
import { mergeImport } from './merge-import.js';
import { refuseWorkbook } from './plan-import.js';
import { readImport } from './read-import.js';
import { dropEndedStaging, dropStaging, isStaged } from './staging.js';

/**
 * Runs one import to its end: read the file into staging, merge, clean up. A draft is read and compared only, and what
 * is staged is kept for the merge. Does nothing when the import has ended or another process runs it.
 * @param lookUp asks the DNS whether domains take mail; null where it may not be asked
 * @param signal gives the import up between two transactions, for another process to resume at once
 * @throws what may pass (database away); the import stays `running` without a lease, and the sweep runs it again
 */
export async function runImport(
  db: Database,
  importId: string,
  signal?: AbortSignal,
  lookUp: LookUp | null = null,
): Promise<void> {
  const row = await takeImport(db, importId);
  if (!row) return;
  if (row.attempts > ATTEMPTS_MAX) {
    const message = `The import was started ${ATTEMPTS_MAX} times and never came to its end.`;
    return conclude(db, row, 'failed', { code: 'INTERNAL', message });
  }
  try {
    const read = (await isStaged(db, row.id)) ? row : await readImport(db, row, signal, lookUp).catch(refuseWorkbook);
    if (row.status === 'checking') {
      const check = await checkImport(db, row, read, signal);
      if (!(await finishCheck(db, row, { check }))) await cleanUpStopped(db, row);
      return;
    }
    await mergeImport(db, row, read, signal);
    await conclude(db, row, 'done', null);
  } catch (error) {
    if (signal?.aborted) return releaseImport(db, row);
    if (error instanceof ImportStopped) return cleanUpStopped(db, row);
    if (error instanceof DomainError) return conclude(db, row, 'failed', { code: error.code, message: error.message });
    await releaseImport(db, row).catch(() => undefined);
    throw error;
  }
}

async function conclude(
  db: Database,
  row: ImportRow,
  status: 'done' | 'failed',
  error: { code: string; message: string } | null,
): Promise<void> {
  // A check that fails leaves the draft, to be read in another way.
  if (row.status === 'checking' && error) {
    await finishCheck(db, row, { error });
    return;
  }
  if (!(await finishImport(db, row, status, error))) return cleanUpStopped(db, row);
  await dropStaging(db, row.id);
  await dropFile(db, row.fileId);
}

/** After a cancellation the file goes; after a take-over everything belongs to the new runner. */
async function cleanUpStopped(db: Database, row: ImportRow): Promise<void> {
  const still = await db.first(`SELECT 1 FROM imports WHERE id = $1 AND status IN ${UNFINISHED}`, [row.id]);
  if (still) return;
  await dropStaging(db, row.id);
  await dropFile(db, row.fileId);
}

/**
 * The sweep behind `import.run`: queues imports whose job was lost or whose process died, and drops what dead runs and
 * broken uploads left. Call it at start-up and every half minute.
 */
export async function resumeStaleImports(db: Database, queue: JobQueue): Promise<void> {
  for (const importId of await findStaleImports(db)) await queue.add('import.run', { importId }, { dedupe: importId });
  await dropOldDrafts(db);
  await dropEndedStaging(db);
  await dropAbandonedFiles(db);
}
