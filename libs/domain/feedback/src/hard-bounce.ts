import type { Fact } from '#contracts';
import type { Transaction } from '#platform/database';
import { suppress } from '#domain/suppressions';
import { markBounced } from './mark-bounced.js';
import { addEvent } from './recipient-event.js';

/**
 * An address that does not exist: one transaction marks the ledger row, suppresses the address in the workspace (which
 * marks its contact) and adds to the history. Told again, it changes nothing.
 */
export async function applyHardBounce(
  tx: Transaction,
  fact: Extract<Fact, { type: 'hard-bounced' }>,
): Promise<boolean> {
  const subject = await markBounced(tx, fact, 'hard');
  if (!subject) return false;
  const { evidence, recipient } = fact;
  await suppress(tx, {
    workspaceId: subject.workspaceId,
    canonical: subject.canonical,
    reason: 'hard_bounce',
    detail: evidence.diagnostic,
    campaignId: recipient.campaignId,
    inboundMessageId: evidence.inboundMessageId,
  });
  await addEvent(tx, subject, recipient, {
    type: fact.type,
    at: fact.at,
    detail: `${evidence.reason}: ${evidence.diagnostic}`,
    inboundMessageId: evidence.inboundMessageId,
  });
  return true;
}
