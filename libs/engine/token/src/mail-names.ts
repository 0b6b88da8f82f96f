import type { RecipientRef } from '#contracts';
import { createToken, readMessageToken, readToken } from './token.js';
import type { KeyRing, TokenPurpose } from './token.js';

/** Longest input worth looking at: an address (254) or Message-ID with its brackets and some blanks. */
const NAME_MAX_LENGTH = 400;

/** What stands before the token in the names that mail carries, so that a reader knows whose token it may be. */
export const MAIL_NAME_PREFIX = { bounce: 'b.', unsubscribe: 'u.', 'message-id': 'm.' } as const;

/** Local part of the return path, `b.<token>`: a report to it proves which message it is about (VERP). ≤ 42 octets. */
export function verpLocalPart(ref: RecipientRef, ring: KeyRing): string {
  return `${MAIL_NAME_PREFIX.bounce}${createToken('bounce', ref, ring)}`;
}

/** Reads a return path: the local part alone or the address, with or without angle brackets, in either case. */
export function readVerp(nameOrAddress: string, ring: KeyRing): RecipientRef | null {
  return readName(MAIL_NAME_PREFIX.bounce, 'bounce', nameOrAddress, ring);
}

/** Local part of the `mailto:` in List-Unsubscribe, `u.<token>`. ≤ 42 octets. */
export function unsubscribeLocalPart(ref: RecipientRef, ring: KeyRing): string {
  return `${MAIL_NAME_PREFIX.unsubscribe}${createToken('unsubscribe', ref, ring)}`;
}

export function readUnsubscribeLocalPart(nameOrAddress: string, ring: KeyRing): RecipientRef | null {
  return readName(MAIL_NAME_PREFIX.unsubscribe, 'unsubscribe', nameOrAddress, ring);
}

/**
 * `<m.<token>@domain>`. Deterministic: a resend has the same Message-ID, and a returned original proves itself.
 * `domain` is the sending domain in A-labels; throws RangeError if it isn't.
 */
export function createMessageId(ref: RecipientRef, ring: KeyRing, domain: string): string {
  if (domain.length > 253 || !/^[A-Za-z0-9-]+(?:\.[A-Za-z0-9-]+)*$/.test(domain)) {
    throw new RangeError('The domain of a Message-ID must be a domain name in ASCII.');
  }
  return `<${MAIL_NAME_PREFIX['message-id']}${createToken('message-id', ref, ring)}@${domain.toLowerCase()}>`;
}

/** Reads a Message-ID of ours, with or without brackets, whatever its domain: the MAC is the proof, not the domain. */
export function readMessageId(messageId: string, ring: KeyRing): RecipientRef | null {
  return readName(MAIL_NAME_PREFIX['message-id'], 'message-id', messageId, ring);
}

/** The triggered message whose return path or Message-ID this is; id as text. */
export function readTriggeredName(purpose: 'bounce' | 'message-id', text: string, ring: KeyRing): string | null {
  const token = tokenIn(MAIL_NAME_PREFIX[purpose], text);
  return token === null ? null : readMessageToken(purpose, token, ring);
}

function readName(prefix: string, purpose: TokenPurpose, text: string, ring: KeyRing): RecipientRef | null {
  const token = tokenIn(prefix, text);
  return token === null ? null : readToken(purpose, token, ring);
}

function tokenIn(prefix: string, text: string): string | null {
  if (text.length > NAME_MAX_LENGTH) return null;
  const bare = text.trim().replace(/^<|>$/g, '');
  const at = bare.indexOf('@');
  const local = at < 0 ? bare : bare.slice(0, at);
  if (local.slice(0, prefix.length).toLowerCase() !== prefix) return null;
  return local.slice(prefix.length);
}
