import type { Fact } from '#contracts';
import type { Transaction } from '#platform/database';
import { endBackOff } from '#domain/suppressions';
import { SUBJECT, addEvent } from './recipient-event.js';
import type { FactSubject } from './recipient-event.js';

/** Somebody, or their absence assistant, answered. Only a person's answer counts as a reply. */
export async function applyReply(
  tx: Transaction,
  fact: Extract<Fact, { type: 'replied' | 'auto-replied' }>,
): Promise<boolean> {
  const { recipient, at, inboundMessageId } = fact;
  const column = fact.type === 'replied' ? 'replied_at' : 'auto_replied_at';
  const subject = await tx.first<FactSubject>(
    `UPDATE campaign_recipients SET ${column} = coalesce(${column}, $3)
     WHERE campaign_id = $1 AND seq = $2 RETURNING ${SUBJECT}`,
    [recipient.campaignId, recipient.seq, at],
  );
  if (!subject) return false;
  if (fact.type === 'replied') await endBackOff(tx, [recipient]);
  await addEvent(tx, subject, recipient, { type: fact.type, at, inboundMessageId });
  return true;
}
