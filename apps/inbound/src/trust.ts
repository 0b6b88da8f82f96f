import type { InboundVerdict, RecipientRef, TokenCandidate, TrustLevel } from '#contracts';
import {
  readMessageId,
  readMessageToken,
  readToken,
  readTriggeredName,
  readUnsubscribeLocalPart,
  readVerp,
} from '#engine/token';
import type { KeyRing } from '#engine/token';

/** Who a mail is about, and how far that may be believed. */
export interface Trusted {
  level: TrustLevel;
  recipient: RecipientRef | null;
  /** The triggered message it is about; then `recipient` is null. */
  messageId?: string | undefined;
  /** The mail was sent to an address that means "unsubscribe me". */
  unsubscribeAddress: boolean;
}

const NOBODY: Trusted = { level: 'T0', recipient: null, unsubscribeAddress: false };

/** Seq 0 marks samples and test messages: nobody. */
const SAMPLE_SEQ = 0;

/**
 * Looks for a token of ours with a valid MAC. T3 is one in the address the mail was delivered to, as our own server
 * says; T2 one in the returned original, in the thread, or in an address that only the mail itself names.
 */
export function trustOf(verdict: Pick<InboundVerdict, 'tokenCandidates'>, keys: KeyRing): Trusted {
  for (const candidate of verdict.tokenCandidates) {
    const trusted = readCandidate(candidate, keys) ?? readTriggered(candidate, keys);
    if (trusted && trusted.recipient?.seq !== SAMPLE_SEQ) return trusted;
  }
  return NOBODY;
}

function readCandidate({ where, value }: TokenCandidate, keys: KeyRing): Trusted | null {
  const name = value.slice(value.lastIndexOf('+') + 1); // user+b.token where the account has no domain of its own
  switch (where) {
    case 'envelope':
    case 'recipient-header': {
      const level = where === 'envelope' ? 'T3' : 'T2';
      const bounced = readVerp(name, keys);
      if (bounced) return { level, recipient: bounced, unsubscribeAddress: false };
      const left = readUnsubscribeLocalPart(name, keys);
      return left && { level, recipient: left, unsubscribeAddress: true };
    }
    case 'original-return-path':
      return atT2(readVerp(name, keys));
    case 'original-message-id':
    case 'in-reply-to':
      return atT2(readMessageId(value, keys));
    case 'original-reference':
      return atT2(readToken('reply', value, keys));
  }
}

/** The same for a triggered message, whose tokens stand in the same places. */
function readTriggered({ where, value }: TokenCandidate, keys: KeyRing): Trusted | null {
  const name = value.slice(value.lastIndexOf('+') + 1);
  const about = (level: TrustLevel, messageId: string | null) =>
    messageId === null ? null : { level, recipient: null, messageId, unsubscribeAddress: false };
  switch (where) {
    case 'envelope':
      return about('T3', readTriggeredName('bounce', name, keys));
    case 'recipient-header':
    case 'original-return-path':
      return about('T2', readTriggeredName('bounce', name, keys));
    case 'original-message-id':
    case 'in-reply-to':
      return about('T2', readTriggeredName('message-id', value, keys));
    case 'original-reference':
      return about('T2', readMessageToken('reply', value, keys));
  }
}

function atT2(recipient: RecipientRef | null): Trusted | null {
  return recipient && { level: 'T2', recipient, unsubscribeAddress: false };
}
