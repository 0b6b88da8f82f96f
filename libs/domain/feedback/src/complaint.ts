import type { Fact } from '#contracts';
import type { Transaction } from '#platform/database';
import { suppress } from '#domain/suppressions';
import { SUBJECT, addEvent } from './recipient-event.js';
import type { FactSubject } from './recipient-event.js';

/** A person called the mail spam: the address is suppressed in the whole workspace, at once and for good. */
export async function applyComplaint(tx: Transaction, fact: Extract<Fact, { type: 'complained' }>): Promise<boolean> {
  const { recipient, at, inboundMessageId } = fact;
  const subject = await tx.first<FactSubject>(
    `UPDATE campaign_recipients SET complained_at = $3
     WHERE campaign_id = $1 AND seq = $2 AND complained_at IS NULL RETURNING ${SUBJECT}`,
    [recipient.campaignId, recipient.seq, at],
  );
  if (!subject) return false;
  await suppress(tx, {
    workspaceId: subject.workspaceId,
    canonical: subject.canonical,
    reason: 'complaint',
    campaignId: recipient.campaignId,
    inboundMessageId,
  });
  await addEvent(tx, subject, recipient, { type: fact.type, at, inboundMessageId });
  return true;
}
