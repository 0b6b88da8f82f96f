import type { Database } from '#platform/database';
import { applyVisits } from '#domain/feedback';
import type { Visit } from '#domain/feedback';
import { judgeByTiming } from '../machines/timing.js';

/** Writes one batch: judged once more by the clock of the ledger, then applied, in one transaction. */
export function recordVisits(db: Database, visits: readonly Visit[]): Promise<void> {
  return db.transaction(async (tx) => applyVisits(tx, await judgeByTiming(tx, visits)));
}
