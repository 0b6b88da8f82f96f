import type { RateLimits, WarmupPlan } from '#contracts';
import {
  emptyPace,
  emptyUnit,
  grantTokens,
  grantUnit,
  learn,
  limitsNow,
  paceAfterSlowDown,
  rateOf,
} from '#engine/pace';
import type { PaceState, UnitPace } from '#engine/pace';
import { seeded } from './random.js';
import { Receiver } from './receiver.js';
import type { Reception } from './receiver.js';
import { Tally } from './tally.js';
import { WaitingRoom } from './waiting-room.js';

/** An SMTP account as far as its pace goes. */
export interface RehearsalAccount {
  id: string;
  limits: RateLimits;
  /** Its volumes hold by the virtual day. */
  warmup: WarmupPlan | null;
  connections: number;
  /** Time one connection needs for one message. */
  roundTripMs: number;
  weight: number;
}

/** Recipients of one provider and the accounts that may carry them. */
export interface RehearsalGroup {
  provider: string;
  recipients: number;
  accounts: readonly string[];
  /** How many of them judge by themselves: the domains of the long tail; 1 for a provider. */
  receivers: number;
}

export interface RehearsalPlan {
  /** The same seed and plan give the same result. */
  seed: number;
  /** Epoch milliseconds of the virtual start: hour and day limits count from it. */
  startMs: number;
  deadlineMs: number;
  accounts: readonly RehearsalAccount[];
  groups: readonly RehearsalGroup[];
  /** Factor on the simulated providers' limits; below 1 they are stricter. */
  limitScale: number;
  /** Messages per second that can be made; Infinity where that never holds anything back. */
  messagesPerSecond: number;
  /** Waits of the sending engine in seconds; `random` in [0, 1). */
  retryDelay: (earlierAttempts: number, random: number) => number;
  slowedDelay: (random: number) => number;
}

interface Group {
  provider: string;
  accounts: ReadonlySet<string>;
  room: WaitingRoom;
  recipients: number;
  receivers: number;
  tally: Tally;
  slowest: number | null;
}

interface Account extends RehearsalAccount {
  pace: PaceState;
  units: Map<string, UnitPace>;
  receivers: Map<string, Receiver>;
  restsUntil: number;
  sent: number;
  /** Virtual milliseconds during which its own limits held it back. */
  heldMs: number;
}

const TICK_MS = 500;
/** As the senders do: leave is asked for a little ahead, so that asking costs no throughput. */
const AHEAD_MS = 250;

/**
 * A campaign against simulated providers in virtual time: the pace engine that sends also grants here, the receivers
 * answer as the sandbox's do, and whoever is put off waits as in the sending engine. Pure: no clock, no chance but the
 * seed's.
 */
export class Rehearsal {
  private readonly random: () => number;
  private readonly accounts: Account[];
  private readonly groups: Group[];
  private readonly total = new Tally();
  private nowMs: number;
  private spare = 0;

  constructor(private readonly plan: RehearsalPlan) {
    this.random = seeded(plan.seed);
    this.nowMs = plan.startMs;
    this.accounts = plan.accounts.map((account) => ({
      ...account,
      pace: emptyPace(),
      units: new Map(),
      receivers: new Map(),
      restsUntil: 0,
      sent: 0,
      heldMs: 0,
    }));
    this.groups = plan.groups.map(({ provider, recipients, receivers, accounts }) => ({
      provider,
      recipients,
      receivers,
      accounts: new Set(accounts),
      room: new WaitingRoom(recipients),
      tally: new Tally(),
      slowest: null,
    }));
  }

  /** Recipients without a final outcome. */
  get left(): number {
    return this.groups.reduce((sum, { room }) => sum + room.left, 0);
  }

  /** Lets the virtual time go on by at most so many steps. @returns false when it is over */
  advance(steps: number): boolean {
    for (let step = 0; step < steps; step += 1) {
      if (this.over()) return false;
      this.tick();
    }
    return !this.over();
  }

  private over(): boolean {
    return this.left === 0 || this.nowMs >= this.plan.startMs + this.plan.deadlineMs;
  }

  private tick(): void {
    const budget = this.spare + (this.plan.messagesPerSecond * TICK_MS) / 1_000;
    let made = Math.floor(budget);
    let moved = 0;
    for (const account of this.byWeight()) {
      if (made <= 0) break;
      const sent = this.send(account, made);
      made -= sent;
      moved += sent;
    }
    this.spare = Number.isFinite(budget) ? Math.min(made, budget) : 0;
    this.nowMs = moved > 0 ? this.nowMs + TICK_MS : this.nextMs();
  }

  /** While nobody can be sent to, time flies to when somebody may be. */
  private nextMs(): number {
    const end = this.plan.startMs + this.plan.deadlineMs;
    const ready = this.groups.some(({ room }) => room.readyAt(this.nowMs) > 0);
    const rests = this.accounts.map(({ restsUntil }) => restsUntil).filter((until) => until > this.nowMs);
    const retry = Math.min(...this.groups.map(({ room }) => room.nextAt()));
    const next = ready ? Math.min(retry, ...(rests.length === this.accounts.length ? rests : [0])) : retry;
    return Math.min(end, next > this.nowMs ? Math.max(next, this.nowMs + 1) : this.nowMs + TICK_MS);
  }

  /** Random order in which an account stands first as often as its weight says. */
  private byWeight(): Account[] {
    if (this.accounts.length < 2) return this.accounts;
    return this.accounts
      .map((account) => ({ account, key: account.weight > 0 ? this.random() ** (1 / account.weight) : -1 }))
      .sort((a, b) => b.key - a.key)
      .map(({ account }) => account);
  }

  private send(account: Account, made: number): number {
    if (account.restsUntil > this.nowMs) return 0;
    const capacity = Math.min(made, Math.ceil((account.connections * TICK_MS) / account.roundTripMs));
    const wanted = this.groups
      .filter(({ accounts, room }) => accounts.has(account.id) && room.readyAt(this.nowMs) > 0)
      .map((group) => ({ group, want: this.roomFor(account, group, capacity) }))
      .filter(({ want }) => want > 0);
    const wish = Math.min(
      capacity,
      wanted.reduce((sum, { want }) => sum + want, 0),
    );
    if (wish === 0) return 0;
    const granted = this.leave(account, wish);
    let left = granted;
    for (const [index, { group, want }] of wanted.entries()) {
      const rest = wanted.slice(index).reduce((sum, other) => sum + other.want, 0);
      const share = Math.min(want, Math.ceil((left * want) / rest));
      if (share > 0) this.handOver(account, group, share);
      left -= share;
    }
    account.sent += granted - left;
    return granted - left;
  }

  /** Who of a provider may be sent to over this account now, by the pace its answers have led to. */
  private roomFor(account: Account, group: Group, capacity: number): number {
    const want = Math.min(capacity, group.room.readyAt(this.nowMs));
    const unit = account.units.get(group.provider);
    if (!unit?.restriction) return want;
    const grant = grantUnit(unit, this.nowMs, want);
    account.units.set(group.provider, grant.unit);
    return grant.granted;
  }

  private leave(account: Account, want: number): number {
    const limits = limitsNow(account, this.nowMs);
    if (Object.keys(limits).length === 0) return want;
    const grant = grantTokens(account.pace, limits, this.nowMs, want, AHEAD_MS, true);
    account.pace = grant.state;
    if (grant.granted > 0) return grant.granted;
    account.restsUntil = this.nowMs + grant.waitMs;
    account.heldMs += grant.waitMs;
    return 0;
  }

  private handOver(account: Account, group: Group, count: number): void {
    const { provider, room, tally, receivers } = group;
    let receiver = account.receivers.get(provider);
    if (!receiver) {
      receiver = new Receiver(provider, this.plan.limitScale * receivers, this.random);
      account.receivers.set(provider, receiver);
    }
    const afterMs = this.nowMs - this.plan.startMs;
    for (const { count: some, attempts } of room.take(count)) {
      const reception = receiver.take(some, attempts === 0 ? some : 0, this.nowMs);
      tally.add(reception, afterMs);
      this.total.add(reception, afterMs);
      this.learn(account, group, reception);
      room.putOff(reception.slowed, attempts + 1, this.nowMs + 1_000 * this.plan.slowedDelay(this.random()));
      const wait = 1_000 * this.plan.retryDelay(attempts, this.random());
      room.putOff(reception.deferred, attempts + 1, this.nowMs + wait);
    }
  }

  private learn(account: Account, group: Group, { answers }: Reception): void {
    const { provider } = group;
    const before = account.units.get(provider) ?? emptyUnit();
    const unit = learn(before, answers, this.nowMs, paceAfterSlowDown(provider));
    account.units.set(provider, unit);
    const rate = rateOf(unit, this.nowMs);
    if (rate !== null && rate < (group.slowest ?? Infinity)) group.slowest = rate;
  }

  /** What has happened so far; the prediction once {@link advance} has said that it is over. */
  result() {
    const { startMs } = this.plan;
    const durationMs = this.left === 0 ? this.total.lastMs : this.nowMs - startMs;
    return {
      durationMs,
      ...this.total.counts,
      expired: this.left,
      peakPerMinute: this.total.peakPerMinute,
      timeline: this.total.timeline(durationMs),
      providers: this.groups.map(({ provider, recipients, tally, room, slowest }) => ({
        provider,
        recipients,
        ...tally.counts,
        expired: room.left,
        durationMs: tally.lastMs,
        peakPerMinute: tally.peakPerMinute,
        firstSlowedMs: tally.firstSlowedMs,
        slowestPerSecond: slowest,
        said: tally.said,
      })),
      accounts: this.accounts.map(({ id, sent, heldMs }) => ({ id, sent, heldMs })),
    };
  }
}

export type RehearsalResult = ReturnType<Rehearsal['result']>;
