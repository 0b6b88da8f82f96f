import type { SendOutcome } from '#contracts';
import { BodySource } from './body-source.js';
import { openWire, unreachable } from './open.js';
import type { OpenFailure, StepListener } from './open.js';
import { acceptedOutcome, failedOutcome } from './outcome.js';
import type { Envelope, SmtpTarget } from './target.js';
import type { Wire, WireFailure, WireResult } from './wire.js';

export interface SendHooks {
  /**
   * Called after 354, in the same tick in which the first byte of the body is handed to the socket: the place for the
   * journal and the lease check. False gives the message up: the connection is destroyed, the outcome is unreachable.
   */
  beforeBody(): boolean;
}
export type OpenResult = { ok: true; session: SmtpSession } | { ok: false; outcome: SendOutcome; failure: OpenFailure };

// Spaces, controls and angle brackets would end the path in MAIL FROM:<…>; engine/address lets none of them through.

const UNSAFE_PATH = /[\u0000-\u0020\u007f<>]/;

/** One connection to one server: one transaction after the other, each to one recipient. */
export class SmtpSession {
  /** Transactions begun on this connection. */
  sent = 0;
  private mustReset = false;

  private constructor(
    private readonly wire: Wire,
    private readonly target: SmtpTarget,
  ) {}

  /** Never throws for what a server or the network does; the failure names the step and the cause. */
  static async open(target: SmtpTarget, onStep?: StepListener): Promise<OpenResult> {
    const opened = await openWire(target, onStep);
    if (!opened.ok) return { ok: false, outcome: unreachable(opened.failure), failure: opened.failure };
    return { ok: true, session: new SmtpSession(opened.wire, target) };
  }

  /** False once the connection is closed, broken, or in a state that can't be trusted. */
  get usable(): boolean {
    return this.wire.alive;
  }

  /**
   * Sends one message. A refused recipient leaves the connection usable.
   * @param body complete message, CRLF line ends; dots are stuffed here
   * @throws what `beforeBody` throws; the connection is destroyed then
   */
  async send(envelope: Envelope, body: Buffer, hooks: SendHooks): Promise<SendOutcome> {
    const refused = this.refuseUnsendable(envelope, body);
    if (refused) return refused;
    if (!this.usable) return { kind: 'unreachable', text: 'The connection is closed.' };
    if (this.mustReset) {
      const reset = await this.wire.reset(this.target.timeouts.command);
      if (!reset.ok) {
        this.close();
        return failedOutcome(reset.failure, { began: false, ended: false });
      }
      this.mustReset = false;
    }
    this.sent += 1;
    return this.transact(envelope, body, hooks);
  }

  /** Ends the session: with QUIT when nothing is on the wire, else at once. */
  close(): void {
    void this.wire.quit();
  }

  private async transact(envelope: Envelope, body: Buffer, hooks: SendHooks): Promise<SendOutcome> {
    const { wire } = this;
    const { timeouts } = this.target;
    const thrown: unknown[] = [];
    const source = new BodySource(body, {
      mayBegin: () => wire.lastReply?.code === 354 && allows(hooks, thrown),
      onGiveUp: () => wire.end(givenUp(wire)),
      onProgress: () => wire.arm(timeouts.bodyStall, 'the body to leave'),
      onEnd: () => wire.arm(timeouts.dataEnd, 'the reply to the message'),
    });
    let replies = 0;
    wire.onReply = () => {
      replies += 1;
      if (replies === 1) wire.arm(timeouts.command, 'the reply to RCPT TO');
      if (replies === 2) wire.arm(timeouts.dataStart, 'the reply to DATA');
    };
    const result = await wire.send(
      { from: envelope.from, to: [envelope.to], size: body.length, use8BitMime: envelope.smtpUtf8 === true },
      source,
      timeouts.command,
    );
    if (thrown.length > 0) throw thrown[0];
    return this.settle(result, source);
  }

  private settle(result: WireResult<string>, source: BodySource): SendOutcome {
    // An answer in the middle of the body leaves the dialogue out of step.
    if (source.began && (!source.ended || this.wire.hasUnsentBytes)) this.wire.end(outOfStep);
    if (result.ok) return acceptedOutcome(result.value, source);
    const outcome = failedOutcome(result.failure, source);
    this.mustReset = true;
    if (outcome.kind === 'uncertain') this.wire.end(outOfStep);
    if (outcome.kind === 'unreachable') this.close();
    return outcome;
  }

  private refuseUnsendable(envelope: Envelope, body: Buffer): SendOutcome | null {
    if (UNSAFE_PATH.test(envelope.from) || UNSAFE_PATH.test(envelope.to) || !envelope.to) {
      return { kind: 'rejected', enhanced: '5.1.3', text: 'The address can not stand in an SMTP envelope.' };
    }

    const international = envelope.smtpUtf8 === true || /[^\u0000-\u007f]/.test(envelope.to);
    if (international && !this.wire.extensions.has('SMTPUTF8')) {
      const text = 'The mail server does not take international addresses (it offers no SMTPUTF8).';
      return { kind: 'rejected', enhanced: '5.6.7', text };
    }
    const max = Number(this.wire.extensions.get('SIZE') ?? 0);
    if (max > 0 && body.length > max) {
      const text = `The message has ${body.length} bytes, the mail server takes at most ${max}.`;
      return { kind: 'rejected', enhanced: '5.3.4', text };
    }
    return null;
  }
}

function allows(hooks: SendHooks, thrown: unknown[]): boolean {
  try {
    return hooks.beforeBody();
  } catch (error) {
    thrown.push(error);
    return false;
  }
}

function givenUp(wire: Wire): WireFailure {
  const refused = wire.lastReply?.code !== 354;
  const text = refused
    ? `The server answered DATA with ${wire.lastReply?.code ?? 0} instead of 354.`
    : 'Given up before the body.';
  return { text, command: 'CONN', code: '', reply: null };
}

const outOfStep: WireFailure = {
  text: 'The dialogue with the server is out of step.',
  command: 'CONN',
  code: 'EPROTOCOL',
  reply: null,
};
