import type { Fact, NoticeType } from '#contracts';
import type { Transaction } from '#platform/database';
import { SUBJECT, addEvent } from './recipient-event.js';
import type { FactSubject } from './recipient-event.js';

/** A read receipt or a delivery notification, once of each kind: a line in the history, and no more. */
export async function applyNotice(tx: Transaction, fact: Extract<Fact, { type: NoticeType }>): Promise<boolean> {
  const { type, recipient, at, detail, inboundMessageId } = fact;
  const subject = await tx.first<FactSubject>(
    `SELECT ${SUBJECT} FROM campaign_recipients WHERE campaign_id = $1 AND seq = $2 FOR NO KEY UPDATE`,
    [recipient.campaignId, recipient.seq],
  );
  if (!subject) return false;
  // Index: events_contact (contact_id, id); the row's lock keeps a second report of the same from coming between.
  const told = await tx.first(
    'SELECT 1 FROM events WHERE contact_id = $1 AND campaign_id = $2 AND seq = $3 AND type = $4 LIMIT 1',
    [subject.contactId, recipient.campaignId, recipient.seq, type],
  );
  if (told) return false;
  await addEvent(tx, subject, recipient, { type, at, detail, inboundMessageId });
  return true;
}
