import type { SendOutcome } from '#contracts';
import type { Envelope } from './target.js';

export interface SendHooks {
  /**
   * Called after 354, in the same tick in which the first byte of the body is handed to the socket: the place for the
   * journal and the lease check. False gives the message up: the connection is destroyed, the outcome is unreachable.
   */
  beforeBody(): boolean;
  /**
   * Called in the tick in which the fate of a message whose body had begun is known, before the next body on the
   * connection may begin: the place to note it, so that a kill leaves one message in doubt and not two.
   */
  answered?(outcome: SendOutcome): void;
}

/** One connection to one server, whichever way it is spoken to. */
export interface MailSession {
  /** Messages it may hold at once: beyond one, the next envelope travels with the body before it. */
  readonly depth: number;
  /** Transactions begun on this connection. */
  readonly sent: number;
  /** False once the connection is closed, broken, or in a state that can't be trusted. */
  readonly usable: boolean;
  /**
   * Sends one message. A refused recipient leaves the connection usable.
   * @param body complete message, CRLF line ends; dots are stuffed here. Once this has settled nothing reads it any more:
   * its last octet was handed over before the answer that counts, or the socket is closed
   * @throws what `beforeBody` throws, and the connection is destroyed then; what `answered` throws
   */
  send(envelope: Envelope, body: Buffer, hooks: SendHooks): Promise<SendOutcome>;
  /** Ends the session: with QUIT when nothing is on the wire, else at once. */
  close(): void;
}

// Spaces, controls and angle brackets would end the path in MAIL FROM:<…>; engine/address lets none of them through.
const UNSAFE_PATH = /[\u0000-\u0020\u007f<>]/;

/** RFC 6531: the message needs SMTPUTF8. */
export function isInternational({ to, smtpUtf8 }: Envelope): boolean {
  return smtpUtf8 === true || /[^\u0000-\u007f]/.test(to);
}

/** RFC 3461: of every report the headers are enough. */
export const NOTIFY_ON = 'SUCCESS,FAILURE,DELAY';

/** ORCPT of RFC 3461 section 4.2; null for an international address, whose form is another (RFC 6533). */
export function originalRecipient(address: string): string | null {
  return /^[\u0021-\u007e]{1,400}$/.test(address) ? `rfc822;${address}` : null;
}

/** Why a message can't go over this connection, before a byte of it leaves; null when it can. */
export function refuseUnsendable(
  envelope: Envelope,
  octets: number,
  extensions: ReadonlyMap<string, string>,
): SendOutcome | null {
  if (UNSAFE_PATH.test(envelope.from) || UNSAFE_PATH.test(envelope.to) || !envelope.to) {
    return { kind: 'rejected', enhanced: '5.1.3', text: 'The address can not stand in an SMTP envelope.' };
  }
  if (isInternational(envelope) && !extensions.has('SMTPUTF8')) {
    const text = 'The mail server does not take international addresses (it offers no SMTPUTF8).';
    return { kind: 'rejected', enhanced: '5.6.7', text };
  }
  const max = Number(extensions.get('SIZE') ?? 0);
  if (max > 0 && octets > max) {
    const text = `The message has ${octets} bytes, the mail server takes at most ${max}.`;
    return { kind: 'rejected', enhanced: '5.3.4', text };
  }
  return null;
}
