import type { Database, Transaction } from '#platform/database';
import { applyFact, settleReviewed } from '#domain/feedback';
import { fileReplies } from '#domain/replies';
import { factOf } from './to-fact.js';
import { takeDueVerdicts } from './verdict.repository.js';
import type { DueVerdict } from './verdict.repository.js';

const PAGE = 50;

/**
 * Lets verdicts act whose time to be taken back is over; each page in one transaction.
 * @returns number of verdicts that acted
 */
export async function applyDueVerdicts(db: Database): Promise<number> {
  let acted = 0;
  for (;;) {
    const n = await db.transaction(async (tx) => {
      const due = await takeDueVerdicts(tx, PAGE);
      for (const verdict of due) await act(tx, verdict);
      return due.length;
    });
    acted += n;
    if (n < PAGE) return acted;
  }
}

/** As the fact of a mail with a token would have acted, and noted on the mail. */
export async function act(tx: Transaction, verdict: DueVerdict): Promise<void> {
  const { inboundMessageId, workspaceId, kind, reason, campaignId, seq } = verdict;
  const recipient = campaignId !== null && seq !== null ? { campaignId, seq } : null;
  const fact = factOf({ ...verdict, recipient });
  const changed = fact && (await applyFact(tx, fact));
  await fileReplies(tx, [{ ...verdict, recipient, verdict: verdict.found, byPerson: true }]);
  const what = kind === 'bounce' ? summaryOfBounce(fact?.type, reason) : `decided by a person: ${kind}`;
  await settleReviewed(tx, inboundMessageId, {
    ...{ workspaceId, kind, recipient },
    status: fact ? 'applied' : 'logged',
    summary: fact && !changed ? `${what} (known already)` : what,
  });
}

function summaryOfBounce(type: string | undefined, reason: string | null): string {
  const how = type === 'hard-bounced' ? 'hard bounce' : type === 'blocked' ? 'we are blocked' : 'soft bounce';
  return `${how}: ${reason ?? 'undefined'}, decided by a person`;
}
