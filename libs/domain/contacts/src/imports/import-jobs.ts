import type { Database } from '#platform/database';
import type { JobHandlers } from '#platform/queue';
import { runImport } from './run-import.js';

/** The api's handler of `import.run`; two imports at once leave the process room for requests. */
export function importJobHandlers(db: Database): Pick<JobHandlers<'api'>, 'import.run'> {
  return { 'import.run': { concurrency: 2, handle: ({ importId }) => runImport(db, importId) } };
}
