import type { DeliveryAttempt, SendOutcome } from '#contracts';
import { asRetryable } from '#engine/pace';
import type { Envelope } from '#platform/smtp';
import type { BatchJournal } from './journal.js';
import type { HeldLease } from './leases.js';
import { UNANSWERED_MAX } from './sending-accounts.js';
import type { OpenAccount } from './sending-accounts.js';

/** A message that has leave to go. */
export interface Transmission {
  account: OpenAccount;
  envelope: Envelope;
  /** Complete message, CRLF line ends. */
  body: Buffer;
  /** Its name in the journal. */
  seq: number;
  pages: BatchJournal;
  lease: HeldLease;
  /** Asked once there is room on a connection. */
  mayBegin(): boolean;
  stopping(): boolean;
}

/**
 * Puts one message on the wire. Its intent is in the journal in the tick in which the body leaves, its answer in the
 * tick in which the reply is read: whatever kills the process, at most one body a connection is in doubt.
 * @returns null when it was given up before the body: nothing was sent, and it says nothing of the account
 */
export async function transmit(message: Transmission): Promise<DeliveryAttempt | null> {
  const { account, envelope, body, seq, pages, lease, stopping } = message;
  let givenUp = false;
  let attempt: DeliveryAttempt | null = null;
  const note = (answered: SendOutcome): DeliveryAttempt => {
    const outcome = asRetryable(answered);
    const at = new Date().toISOString();
    pages.answer(seq, outcome, at, account.id);
    attempt = { ...outcome, at, smtpAccountId: account.id };
    if (outcome.kind === 'uncertain') account.unanswered += 1;
    else if (outcome.kind !== 'unreachable') account.unanswered = 0;
    return attempt;
  };
  const outcome = await account.pool.send(envelope, body, {
    mayBegin: () => account.unanswered < UNANSWERED_MAX && message.mayBegin(),
    beforeBody() {
      // A stale owner sends nothing.
      givenUp = !lease.holds() || stopping();
      if (givenUp) return false;
      pages.intend(seq, account.id);
      return true;
    },
    answered: (outcome) => void note(outcome),
  });
  if (givenUp || !outcome) return null;
  return attempt ?? note(outcome);
}
