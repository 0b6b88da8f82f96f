import type { Database } from '#platform/database';
import { deleteOldHits } from './hit.repository.js';

const PAGE = 5_000;

/**
 * Forgets bounces that are older than any row of the decision table looks back.
 * @returns how many
 */
export async function forgetOldHits(db: Database): Promise<number> {
  let forgotten = 0;
  for (;;) {
    const n = await deleteOldHits(db, PAGE);
    forgotten += n;
    if (n < PAGE) return forgotten;
  }
}
