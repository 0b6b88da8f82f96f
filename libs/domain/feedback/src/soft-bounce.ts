import type { Fact } from '#contracts';
import type { Transaction } from '#platform/database';
import { markBounced } from './mark-bounced.js';
import { addEvent } from './recipient-event.js';

/**
 * A message that did not arrive for a passing reason (full mailbox, expired), or because *we* are blocked: it counts as
 * a soft bounce and touches neither the suppression list nor the contact.
 */
export async function applySoftBounce(
  tx: Transaction,
  fact: Extract<Fact, { type: 'soft-bounced' | 'blocked' }>,
): Promise<boolean> {
  const subject = await markBounced(tx, fact, 'soft');
  if (!subject) return false;
  await addEvent(tx, subject, fact.recipient, {
    type: fact.type,
    at: fact.at,
    detail: `${fact.evidence.reason}: ${fact.evidence.diagnostic}`,
    inboundMessageId: fact.evidence.inboundMessageId,
  });
  return true;
}
