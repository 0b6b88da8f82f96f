import type { z } from 'zod';
import { ADDRESS_REASONS, VERDICT_OF_REASON } from '#contracts';
import type { Cleaning } from '#contracts';
import type { CleaningRecord } from './cleaning.repository.js';

/** A cleaning as the API tells it. */
export function cleaningView(
  row: CleaningRecord,
  samples: readonly { reason: string; email: string }[] = [],
): z.infer<typeof Cleaning> {
  const { id, listId, listName, kind, status, scheduled, total, judged, unanswered, actions, tag } = row;
  const { valid = 0, risky = 0, invalid: bad = 0 } = row.verdicts;
  const { left = 0, suppressed = 0, corrected = 0, tagged = 0, invited = 0, unchanged = 0 } = row.done;
  return {
    ...{ id, listId, listName, kind, status, scheduled, total, judged, unanswered, actions, tag },
    verdicts: { valid, risky, invalid: bad },
    reasons: ADDRESS_REASONS.filter((reason) => row.reasons[reason]).map((reason) => ({
      reason,
      verdict: VERDICT_OF_REASON[reason],
      count: row.reasons[reason] ?? 0,
      samples: samples.filter((sample) => sample.reason === reason).map(({ email }) => email),
    })),
    done: { left, suppressed, corrected, tagged, invited, unchanged },
    createdAt: row.createdAt.toISOString(),
    judgedAt: row.judgedAt?.toISOString() ?? null,
    appliedAt: row.appliedAt?.toISOString() ?? null,
    undoneAt: row.undoneAt?.toISOString() ?? null,
  };
}
