import type { SendOutcome } from '#contracts';
import { SmtpSession } from './session.js';
import type { OpenResult, SendHooks } from './session.js';
import type { Envelope, SmtpTarget } from './target.js';

export interface SmtpPoolOptions {
  /** Most connections open at once. */
  connections: number;
  /** Transactions after which a connection is closed and another opened. */
  messagesPerConnection: number;
  /** A connection without work is closed after this many milliseconds. */
  idleMs: number;
}

/** Connections to one server, shared by whoever has a message for it. */
export class SmtpPool {
  private readonly idle = new Map<SmtpSession, NodeJS.Timeout>();
  private readonly waiting: (() => void)[] = [];
  private readonly onDrained: (() => void)[] = [];
  private busy = 0;
  private draining = false;

  constructor(
    private readonly target: SmtpTarget,
    private readonly options: SmtpPoolOptions,
  ) {}

  /** Messages on the wire now. */
  get active(): number {
    return this.busy;
  }

  /**
   * Sends one message over a free connection, opens one, or waits for one. A kept connection that turns out to be
   * gone before the body began is replaced once: nothing was transferred on it.
   */
  async send(envelope: Envelope, body: Buffer, hooks: SendHooks): Promise<SendOutcome> {
    if (!(await this.takeTurn())) return { kind: 'unreachable', text: 'The sender is shutting down.' };
    let given = false;
    const watched: SendHooks = { beforeBody: () => (given = true) && hooks.beforeBody() };
    try {
      const kept = this.takeIdle();
      if (kept) {
        const outcome = await this.use(kept, envelope, body, watched);
        if (given || !isGone(outcome)) return outcome;
      }
      const opened = await this.open();
      return opened.ok ? await this.use(opened.session, envelope, body, watched) : opened.outcome;
    } finally {
      this.endTurn();
    }
  }

  /** Lets what is on the wire finish, closes every connection, and refuses what comes after. */
  async drain(): Promise<void> {
    this.draining = true;
    for (const wake of this.waiting.splice(0)) wake();
    for (const session of [...this.idle.keys()]) this.retire(session);
    if (this.busy > 0) await new Promise<void>((resolve) => this.onDrained.push(resolve));
  }

  private open(): Promise<OpenResult> {
    return SmtpSession.open(this.target);
  }

  private async use(session: SmtpSession, envelope: Envelope, body: Buffer, hooks: SendHooks): Promise<SendOutcome> {
    try {
      return await session.send(envelope, body, hooks);
    } finally {
      this.keep(session);
    }
  }

  private keep(session: SmtpSession): void {
    if (!session.usable) return;
    if (this.draining || session.sent >= this.options.messagesPerConnection) return session.close();
    this.idle.set(
      session,
      setTimeout(() => this.retire(session), this.options.idleMs),
    );
  }

  /** The connection used last is the one least likely to be gone. */
  private takeIdle(): SmtpSession | undefined {
    for (const session of [...this.idle.keys()].reverse()) {
      clearTimeout(this.idle.get(session));
      this.idle.delete(session);
      if (session.usable) return session;
    }
    return undefined;
  }

  private retire(session: SmtpSession): void {
    clearTimeout(this.idle.get(session));
    this.idle.delete(session);
    session.close();
  }

  /** One of `connections` turns; false when the pool drains meanwhile. The wait is bounded by the time-outs in use. */
  private async takeTurn(): Promise<boolean> {
    while (!this.draining && this.busy >= this.options.connections) {
      await new Promise<void>((resolve) => this.waiting.push(resolve));
    }
    if (this.draining) return false;
    this.busy += 1;
    return true;
  }

  private endTurn(): void {
    this.busy -= 1;
    this.waiting.shift()?.();
    if (this.busy === 0) for (const drained of this.onDrained.splice(0)) drained();
  }
}

/** The connection was closed or ended by 421, rather than something refused. */
function isGone(outcome: SendOutcome): boolean {
  return outcome.kind === 'unreachable' && (outcome.code === undefined || outcome.code === 421);
}
