import type { SendOutcome } from '#contracts';
import { shorten } from './reply.js';
import type { SmtpReply } from './reply.js';
import type { WireFailure } from './wire.js';

/** Codes that speak of the account or the session, at whatever stage they come (RFC 4954, RFC 5321 section 4.2.3). */
const NOT_ABOUT_THE_RECIPIENT = new Set([421, 454, 503, 530, 534, 535, 538]);

/** How far a transaction got. */
export interface Progress {
  /** The body began to leave. */
  began: boolean;
  /** The final dot was handed to the socket. */
  ended: boolean;
}

/** The outcome of a transaction that the server accepted. */
export function acceptedOutcome(reply: SmtpReply, progress: Progress): SendOutcome {
  // A yes to a message that it has not read to the end may be a yes to anything.
  if (!progress.ended) return { kind: 'uncertain', ...codes(reply), text: 'The server answered before the final dot.' };
  return { kind: 'accepted', ...codes(reply), text: reply.text };
}

/** The outcome of a transaction that failed, by the command that was refused and by how far it got. */
export function failedOutcome(failure: WireFailure, progress: Progress): SendOutcome {
  const { reply, command } = failure;
  if (!reply || command === 'CONN') {
    // A 421 is a complete answer: the server says that it took nothing. Anything else leaves both sides in doubt.
    const told = reply?.code === 421;
    const kind = progress.began && !told ? 'uncertain' : 'unreachable';
    return { kind, ...(reply ? codes(reply) : {}), text: shorten(failure.text) };
  }
  const kind = kindOf(reply, command, progress);
  const senderRefused = kind === 'unreachable' && command === 'MAIL FROM' && reply.code >= 550;
  return { kind, ...codes(reply), text: reply.text, ...(senderRefused ? { senderRefused } : {}) };
}

function kindOf(reply: SmtpReply, command: string, progress: Progress): SendOutcome['kind'] {
  if (NOT_ABOUT_THE_RECIPIENT.has(reply.code)) return 'unreachable';
  const refused = reply.code >= 500 ? 'rejected' : 'deferred';
  if (reply.code < 400) return progress.began ? 'uncertain' : 'unreachable';
  // A refused MAIL FROM is about the account's sender, except that RFC 1870 section 6.1 answers a declared size there.
  if (command === 'MAIL FROM') return reply.code === 552 || reply.code === 452 ? refused : 'unreachable';
  return refused;
}

function codes(reply: SmtpReply): Pick<SendOutcome, 'code' | 'enhanced'> {
  return { ...(reply.code ? { code: reply.code } : {}), ...(reply.enhanced ? { enhanced: reply.enhanced } : {}) };
}
