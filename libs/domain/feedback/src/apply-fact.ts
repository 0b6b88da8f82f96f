import type { Fact } from '#contracts';
import type { Transaction } from '#platform/database';
import { applyComplaint } from './complaint.js';
import { applyBounceFact } from './bounce.js';
import { applyNotice } from './notice.js';
import { applyReply } from './reply.js';
import { applyUnsubscription } from './unsubscription.js';
import { applyVisits } from './visits.js';

/**
 * The one funnel: every fact, wherever it was learned, is applied by its own file, idempotently.
 * @returns true when it changed something
 */
export async function applyFact(tx: Transaction, fact: Fact): Promise<boolean> {
  switch (fact.type) {
    case 'hard-bounced':
    case 'soft-bounced':
    case 'blocked':
      return applyBounceFact(tx, fact);
    case 'complained':
      return applyComplaint(tx, fact);
    case 'unsubscribed':
      return applyUnsubscription(tx, fact);
    case 'replied':
    case 'auto-replied':
      return applyReply(tx, fact);
    case 'read-confirmed':
    case 'read-declined':
    case 'delivery-confirmed':
    case 'delivery-relayed':
    case 'delivery-delayed':
      return applyNotice(tx, fact);
    case 'opened':
    case 'clicked':
      await applyVisits(tx, [fact]);
      return true;
  }
}
