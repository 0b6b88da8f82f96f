import type { Database } from '#platform/database';
import type { JobHandlers } from '#platform/queue';
import type { LookUp } from '../domains/mail-domains.js';
import { runImport } from './run-import.js';

/**
 * The api's handler of `import.run`; two imports at once leave the process room for requests.
 * @param signal ends the running ones at the next transaction, so that a stop need not wait for a million rows
 */
export function importJobHandlers(
  db: Database,
  lookUp: LookUp | null,
  signal: AbortSignal,
): Pick<JobHandlers<'api'>, 'import.run'> {
  return { 'import.run': { concurrency: 2, handle: ({ importId }) => runImport(db, importId, signal, lookUp) } };
}
