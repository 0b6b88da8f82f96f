import type { Fact } from '#contracts';
import type { Transaction } from '#platform/database';
import { SUBJECT } from './recipient-event.js';
import type { FactSubject } from './recipient-event.js';

type Bounce = Extract<Fact, { type: 'hard-bounced' | 'soft-bounced' | 'blocked' }>;

/**
 * Notes a bounce on the ledger row, once: the first report counts, and only a hard one replaces a soft one. A refusal
 * in the session has its reason noted but no `bounced_at`: it was never accepted, so it is *rejected*, not *bounced*.
 * A pending row counts too: a report can overtake the sender, who writes down a whole slice at a time.
 * A bounce of an uncertain recipient proves that the message was taken, and settles it.
 * @returns who it is about; undefined when it was known already or there is no such recipient
 */
export function markBounced(tx: Transaction, fact: Bounce, kind: 'hard' | 'soft'): Promise<FactSubject | undefined> {
  const { recipient, evidence, at } = fact;
  return tx.first<FactSubject>(
    {
      name: 'mark_bounced',
      text: `UPDATE campaign_recipients SET bounce_kind = $4, bounce_reason = $5, bounce_detail = $6,
       bounced_at = CASE WHEN status = 'rejected' THEN NULL ELSE coalesce(bounced_at, $3) END,
       status = CASE WHEN status = 'uncertain' THEN 'accepted' ELSE status END,
       accepted_at = CASE WHEN status = 'uncertain' THEN $3 ELSE accepted_at END
     WHERE campaign_id = $1 AND seq = $2 AND status IN ('pending', 'accepted', 'uncertain', 'rejected')
       AND (bounce_kind IS NULL OR (bounce_kind = 'soft' AND $4 = 'hard'))
     RETURNING ${SUBJECT}`,
    },
    [recipient.campaignId, recipient.seq, at, kind, evidence.reason, evidence.diagnostic.slice(0, 1000)],
  );
}
