import type { z } from 'zod';
import { ADDRESS_REASONS, VERDICT_OF_REASON } from '#contracts';
import type { ImportJob } from '#contracts';
import type { ImportRow } from './import.repository.js';

export type ImportView = z.infer<typeof ImportJob>;

/** An import as the API tells it; what was found by a check is told of a single import only. */
export function toView(row: ImportRow): ImportView {
  const { id, listId, listName, fileName, status, phase, bytes, bytesRead, rows, created, updated, unchanged } = row;
  const { duplicates, suppressed, error, undo, createdAt, finishedAt } = row;
  const { quality, heldAt, heldMailed, heldBounced, releasedAt } = row;
  const risky = row.plan.risky ?? 'take';
  const leftOut = risky === 'skip' ? Object.values(quality).reduce((sum, count) => sum + count, 0) : 0;
  const invalid = row.invalid + leftOut;
  const counts = { bytes, bytesRead, rows, created, updated, unchanged, duplicates, invalid, suppressed };
  const times = { createdAt: createdAt.toISOString(), finishedAt: finishedAt?.toISOString() ?? null };
  const held = heldAt && { at: heldAt.toISOString(), mailed: heldMailed ?? 0, bounced: heldBounced ?? 0 };
  return {
    ...{ id, listId, listName, fileName, status, phase, ...counts, error, ...times, held },
    releasedAt: releasedAt?.toISOString() ?? null,
    check: null,
    undo,
    risky,
    quality: ADDRESS_REASONS.filter((reason) => quality[reason]).map((reason) => ({
      reason,
      verdict: VERDICT_OF_REASON[reason],
      count: quality[reason] ?? 0,
    })),
  };
}
