import type { Fact } from '#contracts';
import type { Transaction } from '#platform/database';
import { applyBounce } from '#domain/hygiene';
import { markBounced } from './mark-bounced.js';
import { addEvent } from './recipient-event.js';

/**
 * A message that did not arrive: one transaction marks the ledger row (hard where the address does not exist, else
 * soft), does what the decision table says to the address and its domain, and adds to the history. Told again, it
 * changes nothing.
 */
export async function applyBounceFact(
  tx: Transaction,
  fact: Extract<Fact, { type: 'hard-bounced' | 'soft-bounced' | 'blocked' }>,
): Promise<boolean> {
  const subject = await markBounced(tx, fact, fact.type === 'hard-bounced' ? 'hard' : 'soft');
  if (!subject) return false;
  const { at, evidence, recipient } = fact;
  const { workspaceId, canonical } = subject;
  await applyBounce(tx, { workspaceId, canonical, bounced: recipient, evidence, at });
  await addEvent(tx, subject, recipient, {
    type: fact.type,
    at: fact.at,
    detail: `${evidence.reason}: ${evidence.diagnostic}`,
    inboundMessageId: evidence.inboundMessageId,
  });
  return true;
}
