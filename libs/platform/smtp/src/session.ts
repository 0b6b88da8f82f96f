import type { SendOutcome } from '#contracts';
import { BodySource } from './body-source.js';
import { NOTIFY_ON, originalRecipient, refuseUnsendable } from './mail-session.js';
import type { MailSession, SendHooks } from './mail-session.js';
import { acceptedOutcome, failedOutcome } from './outcome.js';
import { parseReply } from './reply.js';
import type { Envelope, SmtpTarget } from './target.js';
import type { Wire, WireFailure, WireResult } from './wire.js';

/** The compatible way: nodemailer's connection, one transaction after the other, each to one recipient. */
export class SmtpSession implements MailSession {
  readonly depth = 1;
  sent = 0;
  private mustReset = false;

  constructor(
    private readonly wire: Wire,
    private readonly target: SmtpTarget,
  ) {}

  get usable(): boolean {
    return this.wire.alive;
  }

  async send(envelope: Envelope, body: Buffer, hooks: SendHooks): Promise<SendOutcome> {
    const refused = refuseUnsendable(envelope, body.length, this.wire.extensions);
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
      { ...addresses(envelope), size: body.length, use8BitMime: envelope.smtpUtf8 === true },
      source,
      timeouts.command,
    );
    if (thrown.length > 0) throw thrown[0];
    const outcome = this.settle(result, source);
    if (source.began) hooks.answered?.(outcome);
    return outcome;
  }

  private settle(result: WireResult<string>, source: BodySource): SendOutcome {
    // An answer in the middle of the body leaves the dialogue out of step.
    if (source.began && (!source.ended || this.wire.hasUnsentBytes)) this.wire.end(outOfStep);
    if (result.ok) return acceptedOutcome(parseReply(result.value), source);
    const outcome = failedOutcome(result.failure, source);
    this.mustReset = true;
    if (outcome.kind === 'uncertain') this.wire.end(outOfStep);
    if (outcome.kind === 'unreachable') this.close();
    return outcome;
  }
}

/** The envelope as nodemailer takes it; it asks for notifications where the server offers DSN, and nowhere else. */
function addresses({ from, to, notify }: Envelope) {
  if (!notify) return { from, to: [to] };
  const recipient = originalRecipient(to);
  const dsn = { ret: 'HDRS' as const, envid: notify.id, notify: NOTIFY_ON, ...(recipient ? { orcpt: recipient } : {}) };
  return { from, to: [to], dsn };
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
