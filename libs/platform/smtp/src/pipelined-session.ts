import type { Socket } from 'node:net';
import type { SendOutcome } from '#contracts';
import { NOTIFY_ON, isInternational, originalRecipient, refuseUnsendable } from './mail-session.js';
import type { MailSession, SendHooks } from './mail-session.js';
import { acceptedOutcome, failedOutcome } from './outcome.js';
import { parseReply } from './reply.js';
import type { SmtpReply } from './reply.js';
import { ReplyReader } from './reply-reader.js';
import type { Envelope, SmtpTimeouts } from './target.js';
import { wireBody } from './wire-body.js';
import type { WireFailure } from './wire.js';

type Command = 'RSET' | 'MAIL FROM' | 'RCPT TO' | 'DATA' | 'the message' | 'QUIT';

/** One message on its way over the connection. */
interface Transaction {
  envelope: Envelope;
  body: Buffer;
  hooks: SendHooks;
  /** The first command that was refused; what follows it in the same group fails with it. */
  refused: { reply: SmtpReply; command: Command } | null;
  began: boolean;
  ended: boolean;
  beganAt: number;
  settle(outcome: SendOutcome): void;
  fail(error: unknown): void;
}

/** A reply that is still to come. */
interface Awaited {
  command: Command;
  transaction: Transaction | null;
}

/** How often the deadline is looked at; a timer for each reply would cost more than reading it. */
const LOOK_MS = 1_000;
/** A larger body is handed over in pieces, so that its progress can be seen. */
const PIECE = 65_536;
const QUIT_MS = 3_000;
/** Longest usual wait for an answer with which the next envelope is sent ahead. */
const AHEAD_MS = 250;

/**
 * A connection that speaks in groups (RFC 2920): MAIL, RCPT and DATA of the next message leave right behind the body of
 * the one before, so each message costs one round trip. At most one body is without its reply at any time, so a lost
 * connection leaves at most one message uncertain.
 */
export class PipelinedSession implements MailSession {
  sent = 0;
  /** Milliseconds from a body to its answer, of late. */
  private answerMs = 0;
  private alive = true;
  private mustReset = false;
  /** A body or an envelope is on its way to 354: nothing else may be written before that. */
  private occupied = false;
  private readonly queue: Transaction[] = [];
  private readonly awaited: Awaited[] = [];
  private deadline = Infinity;
  private waitingFor = '';
  private readonly clock: NodeJS.Timeout;

  /** @param socket connected, encrypted, greeted and authenticated, with nobody else listening to it */
  constructor(
    private readonly socket: Socket,
    private readonly extensions: ReadonlyMap<string, string>,
    private readonly timeouts: SmtpTimeouts,
  ) {
    const reader = new ReplyReader((raw) => this.onReply(parseReply(raw)));
    socket.setNoDelay(true);
    socket.setTimeout(0);
    socket.on('data', (chunk: Buffer) => {
      if (this.alive && !reader.read(chunk)) this.end({ ...BROKEN, text: 'The server’s reply does not end.' });
    });
    socket.on('error', (error: NodeJS.ErrnoException) => this.end({ ...BROKEN, text: error.message }));
    socket.on('end', () => this.end(BROKEN));
    socket.on('close', () => this.end(BROKEN));
    const shortest = Math.min(timeouts.command, timeouts.dataStart, timeouts.bodyStall, timeouts.dataEnd);
    this.clock = setInterval(() => this.look(), Math.min(LOOK_MS, shortest / 4));
  }

  /**
   * An envelope sent ahead waits for the answer to the body before it, and whoever decides about its message has decided
   * by then: so only where answers come at once.
   */
  get depth(): number {
    return this.answerMs < AHEAD_MS ? 2 : 1;
  }

  get usable(): boolean {
    return this.alive;
  }

  async send(envelope: Envelope, body: Buffer, hooks: SendHooks): Promise<SendOutcome> {
    const refused = refuseUnsendable(envelope, body.length, this.extensions);
    if (refused) return refused;
    if (!this.alive) return { kind: 'unreachable', text: 'The connection is closed.' };
    this.sent += 1;
    return new Promise((resolve, fail) => {
      const settle = (outcome: SendOutcome) => {
        try {
          if (transaction.began) hooks.answered?.(outcome);
          resolve(outcome);
        } catch (error) {
          fail(error);
        }
      };
      const progress = { refused: null, began: false, ended: false, beganAt: 0 };
      const transaction: Transaction = { envelope, body, hooks, ...progress, settle, fail };
      this.queue.push(transaction);
      this.advance();
    });
  }

  close(): void {
    if (!this.alive) return;
    if (this.awaited.length > 0 || this.queue.length > 0) return this.end(BROKEN);
    this.alive = false;
    clearInterval(this.clock);
    this.socket.end('QUIT\r\n');
    const timer = setTimeout(() => this.socket.destroy(), QUIT_MS);
    this.socket.once('close', () => clearTimeout(timer));
  }

  /** Writes the next envelope as soon as nothing stands before it that is not complete. */
  private advance(): void {
    if (this.occupied) return;
    const transaction = this.queue.shift();
    if (!transaction) return;
    this.occupied = true;
    const { from, to, notify } = transaction.envelope;
    const international = isInternational(transaction.envelope) ? ' SMTPUTF8 BODY=8BITMIME' : '';
    const size = this.extensions.has('SIZE') ? ` SIZE=${transaction.body.length}` : '';
    const [mailDsn, rcptDsn] = notify && this.extensions.has('DSN') ? dsnParameters(notify.id, to) : NO_DSN;
    const reset = this.mustReset ? 'RSET\r\n' : '';
    if (this.mustReset) this.await('RSET', null);
    this.mustReset = false;
    for (const command of ['MAIL FROM', 'RCPT TO', 'DATA'] as const) this.await(command, transaction);
    const mail = `MAIL FROM:<${from}>${international}${size}${mailDsn}`;
    this.socket.write(`${reset}${mail}\r\nRCPT TO:<${to}>${rcptDsn}\r\nDATA\r\n`, 'utf8');
  }

  private await(command: Command, transaction: Transaction | null): void {
    this.awaited.push({ command, transaction });
    if (this.awaited.length === 1) this.arm();
  }

  /** @returns false when the connection has ended with it */
  private onReply(reply: SmtpReply): boolean {
    const awaited = this.awaited.shift();
    if (!awaited || reply.code === 421) {
      // What nobody asked for is a server that says goodbye.
      this.end({ text: reply.text, command: awaited?.command ?? 'CONN', code: '', reply }, awaited?.transaction);
      return false;
    }
    const { command, transaction } = awaited;
    const ok = reply.code >= 200 && reply.code < 300;
    if (command === 'RSET') {
      if (!ok) this.end({ text: reply.text, command, code: '', reply });
    } else if (transaction && command === 'DATA') this.onData(transaction, reply);
    else if (transaction && command === 'the message') this.onAnswer(transaction, reply, ok);
    else if (transaction && !ok) transaction.refused ??= { reply, command };
    if (this.alive) this.arm();
    return this.alive;
  }

  private onData(transaction: Transaction, reply: SmtpReply): void {
    const { refused } = transaction;
    if (reply.code === 354) {
      // Where MAIL was refused and the rest was not, even an empty message might reach somebody.
      if (refused?.command === 'RCPT TO') return this.sendNothing(transaction);
      if (refused) return this.end(BROKEN, transaction);
      return this.sendBody(transaction);
    }
    if (!refused && reply.code < 400) {
      const text = `The server answered DATA with ${reply.code} instead of 354.`;
      return this.end({ ...BROKEN, text }, transaction);
    }
    this.settleRefused(transaction, refused ?? { reply, command: 'DATA' });
    this.mustReset = true;
    this.occupied = false;
    this.advance();
  }

  /** Some servers say 354 though they refused the recipient: an empty message ends that, and goes to nobody. */
  private sendNothing(transaction: Transaction): void {
    transaction.ended = true;
    this.await('the message', transaction);
    this.socket.write('.\r\n');
    this.occupied = false;
    this.advance();
  }

  private sendBody(transaction: Transaction): void {
    let allowed = false;
    try {
      allowed = transaction.hooks.beforeBody();
    } catch (error) {
      transaction.fail(error);
      return this.end(BROKEN);
    }
    if (!allowed) return this.end({ ...BROKEN, text: 'Given up before the body.' }, transaction);
    transaction.began = true;
    transaction.beganAt = performance.now();
    this.await('the message', transaction);
    const [message, stop] = wireBody(transaction.body) as [Buffer, Buffer];
    this.socket.cork();
    for (let at = 0; at < message.length; at += PIECE) {
      this.socket.write(message.subarray(at, at + PIECE), () => this.arm());
    }
    this.socket.write(stop, (error) => {
      if (error) return;
      transaction.ended = true;
      this.arm();
    });
    this.occupied = false;
    // In the same write as the body before it: one system call and one packet fewer for each message.
    this.advance();
    this.socket.uncork();
  }

  private onAnswer(transaction: Transaction, reply: SmtpReply, ok: boolean): void {
    const { refused } = transaction;
    if (refused) return this.settleRefused(transaction, refused);
    this.answerMs += (performance.now() - transaction.beganAt - this.answerMs) / 8;
    if (!transaction.ended) {
      // A yes to a message that it has not read to the end may be a yes to anything.
      return this.end({ ...BROKEN, text: 'The server answered before the final dot.' }, transaction);
    }
    if (ok) transaction.settle(acceptedOutcome(reply, transaction));
    else {
      const outcome = failedOutcome({ text: reply.text, command: 'the message', code: '', reply }, transaction);
      transaction.settle(outcome);
      if (outcome.kind === 'uncertain' || outcome.kind === 'unreachable') this.end(BROKEN);
    }
  }

  private settleRefused(transaction: Transaction, { reply, command }: { reply: SmtpReply; command: Command }): void {
    const outcome = failedOutcome({ text: reply.text, command, code: '', reply }, { began: false, ended: false });
    transaction.settle(outcome);
    // The account or the session is at fault: what comes next would fare alike.
    if (outcome.kind === 'unreachable') this.end(BROKEN);
  }

  /** The time until the reply that comes next. */
  private arm(): void {
    const [next] = this.awaited;
    if (!next) {
      this.deadline = Infinity;
      return;
    }
    const { command, transaction } = next;
    const leaving = command === 'the message' && transaction?.ended === false;
    const { bodyStall, dataEnd, dataStart, command: other } = this.timeouts;
    this.waitingFor = command === 'MAIL FROM' || command === 'RSET' ? command : `the reply to ${command}`;
    if (leaving) this.waitingFor = 'the body to leave';
    const wait = leaving ? bodyStall : command === 'the message' ? dataEnd : command === 'DATA' ? dataStart : other;
    this.deadline = performance.now() + wait;
  }

  private look(): void {
    if (performance.now() < this.deadline) return;
    this.end({ ...BROKEN, code: 'ETIMEDOUT', text: `Timed out waiting for ${this.waitingFor}.` });
  }

  /** Ends the connection and everything on it; `at` is the transaction that the failure speaks of. */
  private end(failure: WireFailure, at?: Transaction | null): void {
    if (!this.alive) return;
    this.alive = false;
    clearInterval(this.clock);
    this.socket.destroy();
    const open = new Set<Transaction>();
    if (at) open.add(at);
    for (const { transaction } of this.awaited.splice(0)) if (transaction) open.add(transaction);
    for (const transaction of this.queue.splice(0)) open.add(transaction);
    for (const transaction of open) {
      const { refused } = transaction;
      if (refused) this.settleRefused(transaction, refused);
      else transaction.settle(failedOutcome(!at || transaction === at ? failure : BROKEN, transaction));
    }
  }
}

type DsnParameters = readonly [mail: string, rcpt: string];
const NO_DSN: DsnParameters = ['', ''];

function dsnParameters(id: string, to: string): DsnParameters {
  const recipient = originalRecipient(to);
  return [` RET=HDRS ENVID=${xtext(id)}`, ` NOTIFY=${NOTIFY_ON}${recipient ? ` ORCPT=${xtext(recipient)}` : ''}`];
}

/** RFC 3461 section 4: `+` and `=` would mean something else. */
function xtext(text: string): string {
  return text.replace(/[^!-*,-<>-~]/g, (char) => `+${char.charCodeAt(0).toString(16).toUpperCase().padStart(2, '0')}`);
}

const BROKEN: WireFailure = {
  text: 'The server closed the connection.',
  command: 'CONN',
  code: 'ECONNECTION',
  reply: null,
};
