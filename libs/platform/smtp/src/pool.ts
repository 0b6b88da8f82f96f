import type { SendOutcome } from '#contracts';
import type { MailSession, SendHooks } from './mail-session.js';
import { openSession } from './open-session.js';
import type { Envelope, SmtpTarget } from './target.js';

export interface SmtpPoolOptions {
  /** Most connections open at once, until `resize`. */
  connections: number;
  /** Transactions after which a connection is closed and another opened. */
  messagesPerConnection: number;
  /** A connection without work is closed after this many milliseconds. */
  idleMs: number;
}

export interface PoolHooks extends SendHooks {
  /** Called once there is room on a connection; false gives the message back, and nothing of it leaves. */
  mayBegin?(): boolean;
}

/** An open connection and the messages on it. */
interface Slot {
  session: MailSession;
  inFlight: number;
  idle: NodeJS.Timeout | undefined;
}

/** A server that wants no more connections is asked for another after this. */
const CROWDED_MS = 60_000;
/** Words of a greeting that refuses nothing but one connection more. */
const CROWDED =
  /too many (?:concurrent |simultaneous |open )?(?:smtp )?(?:connections?|sessions?)|max(?:imum)?(?: number of)? (?:concurrent |simultaneous )?(?:connections|sessions)/i;

/** Other kept connections that may have gone with the first one. */
const REPLACED_MAX = 5;

/** Connections to one server, shared by whoever has a message for it. */
export class SmtpPool {
  private readonly slots = new Set<Slot>();
  /** Who waits for room: woken to look again, or told why there will be none. */
  private readonly waiting: ((failure?: SendOutcome) => void)[] = [];
  private readonly onDrained: (() => void)[] = [];
  private readonly onOpened: ((failure: SendOutcome | null) => void)[] = [];
  private opening = 0;
  private busy = 0;
  private draining = false;
  private connections: number;
  /** What the server takes, as far as it has said so, and until when that is believed (`performance.now()`). */
  private crowded = { most: Infinity, until: 0 };

  constructor(
    private readonly target: SmtpTarget,
    private readonly options: SmtpPoolOptions,
  ) {
    this.connections = options.connections;
  }

  /** Messages on the wire now. */
  get active(): number {
    return this.busy;
  }

  /**
   * Sends one message over a free connection, opens one, or waits for one. A kept connection that turns out to be
   * gone before the body began is replaced: nothing was transferred on it.
   * @returns null when `mayBegin` said no, or the pool is being drained: nothing was sent, and it says nothing of the
   * server
   */
  async send(envelope: Envelope, body: Buffer, hooks: PoolHooks): Promise<SendOutcome | null> {
    let given = false;
    const watched: SendHooks = {
      beforeBody: () => (given = true) && hooks.beforeBody(),
      answered: (outcome) => hooks.answered?.(outcome),
    };
    for (let replaced = 0; ; replaced += 1) {
      const slot = await this.take();
      if (!slot || 'kind' in slot) return slot;
      const kept = slot.session.sent > 0;
      try {
        if (hooks.mayBegin?.() === false) return null;
        const sending = slot.session.send(envelope, body, watched);
        // The connection may have room for the next one behind this.
        this.waiting.shift()?.();
        const outcome = await sending;
        if (given || !kept || !isGone(outcome) || replaced === REPLACED_MAX) return outcome;
      } finally {
        this.give(slot);
      }
    }
  }

  /** Changes how many connections may be open; those too many are closed once nothing is on their wire. */
  resize(connections: number): void {
    if (connections === this.connections) return;
    this.connections = connections;
    for (const slot of this.slots) if (slot.inFlight === 0 && this.hasTooMany()) this.retire(slot);
    for (let room = connections - this.slots.size - this.opening; room > 0; room -= 1) this.waiting.shift()?.();
  }

  /** Lets what is on the wire finish, closes every connection, and refuses what comes after. */
  async drain(): Promise<void> {
    this.draining = true;
    for (const wake of this.waiting.splice(0)) wake();
    for (const slot of this.slots) if (slot.inFlight === 0) this.retire(slot);
    if (this.busy + this.opening > 0) await new Promise<void>((resolve) => this.onDrained.push(resolve));
  }

  /**
   * Has a connection open before the first message, whose place in a pace may not wait for the greeting.
   * @returns why none could be opened, found by one try whoever asks; otherwise null
   */
  async warm(): Promise<SendOutcome | null> {
    if (this.draining || this.slots.size > 0) return null;
    if (this.opening === 0) void this.open();
    return new Promise((resolve) => this.onOpened.push(resolve));
  }

  /**
   * Room for one message, or why there is none to be had: on whatever connection is free first, a new one or one in use
   * now. The wait is bounded by the time-outs in use.
   */
  private async take(): Promise<Slot | SendOutcome | null> {
    while (!this.draining) {
      const slot = this.choose();
      if (slot) return this.reserve(slot);
      if (this.mayOpen() && this.opening <= this.waiting.length) void this.open();
      const failure = await new Promise<SendOutcome | undefined>((resolve) => this.waiting.push(resolve));
      if (failure) return failure;
    }
    return null;
  }

  private reserve(slot: Slot): Slot {
    clearTimeout(slot.idle);
    slot.inFlight += 1;
    this.busy += 1;
    return slot;
  }

  /** A connection without work, the one used last first; once no more may be opened, one that holds another message. */
  private choose(): Slot | null {
    for (const slot of this.slots) if (!slot.session.usable && slot.inFlight === 0) this.retire(slot);
    const mayOpen = this.mayOpen();
    let found: Slot | null = null;
    let places = this.connections;
    for (const slot of this.slots) {
      // Those too many since a resize get nothing more, and close when they are through.
      if ((places -= 1) < 0) break;
      const { session, inFlight } = slot;
      if (!session.usable || session.sent >= this.options.messagesPerConnection) continue;
      if (inFlight >= (mayOpen ? 1 : session.depth)) continue;
      if (!found || inFlight <= found.inFlight) found = slot;
    }
    return found;
  }

  private mayOpen(): boolean {
    const { most, until } = this.crowded;
    const limit = performance.now() < until ? Math.min(most, this.connections) : this.connections;
    return this.slots.size + this.opening < limit;
  }

  private hasTooMany(): boolean {
    return this.slots.size + this.opening > this.connections;
  }

  /**
   * Opens one more connection for whoever waits first. A failure is told to one while others are open (the server may
   * want no more of them), else to everybody: a refused password is not tried once for each message.
   */
  private async open(): Promise<void> {
    this.opening += 1;
    const opened = await openSession(this.target);
    this.opening -= 1;
    const others = this.slots.size + this.opening;
    if (!opened.ok && others > 0 && CROWDED.test(opened.outcome.text)) {
      // It is no complaint about the mail: whoever waits takes one of the others.
      this.crowded = { most: others, until: performance.now() + CROWDED_MS };
      this.waiting.shift()?.();
      return this.tellDrained();
    }
    if (!opened.ok) {
      const told = this.slots.size > 0 ? 1 : this.waiting.length;
      for (const wake of this.waiting.splice(0, told)) wake(opened.outcome);
    } else if (this.draining || others >= this.connections) {
      // Made smaller meanwhile.
      opened.session.close();
    } else {
      const slot: Slot = { session: opened.session, inFlight: 0, idle: undefined };
      this.slots.add(slot);
      slot.idle = setTimeout(() => this.retire(slot), this.options.idleMs);
    }
    this.waiting.shift()?.();
    for (const tell of this.onOpened.splice(0)) tell(opened.ok ? null : opened.outcome);
    this.tellDrained();
  }

  private give(slot: Slot): void {
    slot.inFlight -= 1;
    this.busy -= 1;
    const { session } = slot;
    if (!session.usable) this.slots.delete(slot);
    else if (slot.inFlight === 0) {
      // Behind the others: the connection used last is the one least likely to be gone.
      this.slots.delete(slot);
      this.slots.add(slot);
      const spent = session.sent >= this.options.messagesPerConnection;
      if (this.draining || spent || this.hasTooMany()) this.retire(slot);
      else slot.idle = setTimeout(() => this.retire(slot), this.options.idleMs);
    }
    this.waiting.shift()?.();
    this.tellDrained();
  }

  private retire(slot: Slot): void {
    clearTimeout(slot.idle);
    this.slots.delete(slot);
    slot.session.close();
  }

  private tellDrained(): void {
    if (this.draining && this.busy + this.opening === 0) for (const drained of this.onDrained.splice(0)) drained();
  }
}

/** The connection was closed or ended by 421, rather than something refused. */
function isGone(outcome: SendOutcome): boolean {
  return outcome.kind === 'unreachable' && (outcome.code === undefined || outcome.code === 421);
}
