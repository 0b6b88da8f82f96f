import type { SendOutcome } from '#contracts';
import {
  answersSince,
  emptyUnit,
  grantUnit,
  learn,
  noAnswers,
  paceAfterSlowDown,
  paceUnit,
  rateOf,
  readAnswer,
} from '#engine/pace';
import type { AnswerKind, Answers, UnitPace } from '#engine/pace';
import type { PaceStore } from './pace-store.js';

/** What senders share about the answers to one SMTP account: a pace per provider, or per domain of the long tail. */
export interface AccountAnswers {
  units: Record<string, UnitPace>;
  /** The last day in half hours, oldest first: number of the half hour, then answered, refused, deferred. */
  day: [number, number, number, number][];
}

/** The answers of the last 24 hours, as far as a warm-up plan goes by them. */
export interface DayAnswers {
  answered: number;
  refused: number;
  deferred: number;
}

const HALF_HOUR_MS = 1_800_000;

/** Key of an account's answers in the shared state. */
export function answersKey(accountId: string): string {
  return `answers:${accountId}`;
}

/** Answers that change nothing are told to the other senders together, after this. */
const FLUSH_MS = 1_000;
/** In the long tail so many hints of one domain at once are told as a complaint; single ones are nothing but deferrals. */
const TAIL_HINTS = 5;
const TAIL_FADE_MS = 5_000;
const TAIL_MAX = 2_000;
/** Bound of what is kept per account; the units heard of longest ago go first, restricted ones last. */
const UNITS_MAX = 60;
/** Soundness is by answers of so long, if they are so many, and counted anew after this. */
const SOUND_WINDOW_MS = 300_000;
const SOUND_FEWEST = 20;
const SOUND_MS = 1_000;

/** What this process knows of an account. */
interface Known {
  units: Record<string, UnitPace>;
  day: AccountAnswers['day'];
  /** Not told to the others yet. */
  pending: Map<string, Answers>;
  /** Until then (`performance.now()`) the unit has no room. */
  restsUntil: Map<string, number>;
  flushing: NodeJS.Timeout | undefined;
  /** Domains of the long tail of late: what went well and what hinted at a limit, fading. */
  tail: Map<string, { at: number; accepted: number; hinted: number }>;
  /** Set once it is known what the others have learned. */
  read: boolean;
  /** Soundness as last counted. */
  sound: { at: number; part: number };
}

/**
 * The pace per account × provider. A unit that nobody complained about costs nothing: its answers are told to the other
 * senders once a second for all units of an account together. Only a restricted one asks the shared state for tokens.
 */
export class ProviderPaces {
  private readonly accounts = new Map<string, Known>();

  /** @param told called whenever the answers of an account have been told to the others, and theirs are known */
  constructor(
    private readonly store: PaceStore,
    private readonly told: (accountId: string) => void = () => undefined,
  ) {}

  /** When (`performance.now()`) a unit may be asked for again; 0 where it may be now. */
  restsUntil(accountId: string, unit: string): number {
    return this.accounts.get(accountId)?.restsUntil.get(unit) ?? 0;
  }

  /** True while a unit's pace is below what the account allows, as far as this process knows. */
  isRestricted(accountId: string, unit: string): boolean {
    return Boolean(this.accounts.get(accountId)?.units[unit]?.restriction);
  }

  /** Learns what the other senders know, once per account. */
  async ready(accountId: string): Promise<void> {
    if (!this.known(accountId).read) await this.change(accountId, () => undefined);
  }

  /** Messages of a unit that may start now: all of them unless it is restricted. */
  async grant(accountId: string, unit: string, want: number): Promise<{ granted: number; waitMs: number }> {
    await this.ready(accountId);
    const known = this.known(accountId);
    if (!known.units[unit]?.restriction) return { granted: want, waitMs: 0 };
    const rests = this.restsUntil(accountId, unit) - performance.now();
    if (rests > 0) return { granted: 0, waitMs: rests };
    const { granted, waitMs } = await this.change(accountId, (units, nowMs, share) => {
      const before = units[unit] ?? emptyUnit();
      const { restriction } = before;
      const mine = restriction && share < 1 ? { ...restriction, rate: restriction.rate * share } : restriction;
      const grant = grantUnit({ ...before, restriction: mine }, nowMs, want);
      const left = grant.unit.restriction && restriction;
      units[unit] = { ...grant.unit, restriction: left ? { ...grant.unit.restriction!, rate: left.rate } : null };
      return { granted: grant.granted, waitMs: grant.waitMs };
    });
    if (granted === 0) known.restsUntil.set(unit, performance.now() + waitMs);
    return { granted, waitMs };
  }

  /**
   * Notes what servers answered. A complaint is told to the other senders at once, the rest within a second.
   * @param provider of all the answers, as stored with the recipients
   */
  async answered(
    accountId: string,
    provider: string,
    answers: ReadonlyArray<{ email: string; outcome: SendOutcome }>,
  ): Promise<void> {
    if (answers.length === 0) return;
    const known = this.known(accountId);
    let urgent = false;
    for (const { email, outcome } of answers) {
      const kind = readAnswer(outcome);
      const unit = paceUnit(provider, email);
      if (provider === 'other' && !known.units[unit]) urgent = noteTail(known, unit, kind, outcome) || urgent;
      else {
        const sum = note(known, unit, kind);
        if (kind !== 'slowed' && kind !== 'hinted') continue;
        sum.said = outcome.text;
        urgent = true;
      }
    }
    if (urgent) await this.flush(accountId);
    else known.flushing ??= setTimeout(() => void this.flush(accountId), FLUSH_MS).unref();
  }

  /** What the account's servers answered in the last 24 hours, all senders together, without the half hour of `since`. */
  lastDay(accountId: string, since: number): DayAnswers {
    const sum: DayAnswers = { answered: 0, refused: 0, deferred: 0 };
    for (const [number, answered, refused, deferred] of this.known(accountId).day) {
      if (number <= since / HALF_HOUR_MS) continue;
      sum.answered += answered;
      sum.refused += refused;
      sum.deferred += deferred;
    }
    return sum;
  }

  /**
   * The part of an account's answers of the last minutes that speaks for it: all but complaints and failures. 1 where
   * they are too few to say.
   */
  soundness(accountId: string): number {
    const known = this.known(accountId);
    const now = Date.now();
    if (now - known.sound.at > SOUND_MS) known.sound = { at: now, part: soundPart(known.units, now) };
    return known.sound.part;
  }

  /** Tells the other senders what is still untold. */
  async drain(): Promise<void> {
    await Promise.all([...this.accounts.keys()].map((id) => this.flush(id)));
  }

  private async flush(accountId: string): Promise<void> {
    const known = this.known(accountId);
    clearTimeout(known.flushing);
    known.flushing = undefined;
    if (known.pending.size > 0) await this.change(accountId, () => undefined);
  }

  /** Tells what is pending, changes the shared units, and takes over what the others have learned. */
  private async change<R>(
    accountId: string,
    work: (units: Record<string, UnitPace>, nowMs: number, share: number) => R,
  ): Promise<R> {
    const known = this.known(accountId);
    const pending = [...known.pending];
    known.pending.clear();
    const { result, units, day } = await this.store.update<AccountAnswers, AccountAnswers & { result: R }>(
      answersKey(accountId),
      (before, nowMs, alone) => {
        const units = { ...(before ?? alone?.lost)?.units };
        for (const [unit, answers] of pending) {
          units[unit] = learn(units[unit] ?? emptyUnit(), answers, nowMs, paceAfterSlowDown(unit));
        }
        const result = work(units, nowMs, alone?.share ?? 1);
        const known = { units: bounded(units, nowMs), day: addToDay(before?.day ?? [], pending, nowMs) };
        return { state: known, result: { ...known, result } };
      },
    );
    known.units = units;
    known.day = day;
    known.read = true;
    for (const unit of known.restsUntil.keys()) if (!units[unit]?.restriction) known.restsUntil.delete(unit);
    if (pending.length > 0) this.told(accountId);
    return result;
  }

  private known(accountId: string): Known {
    let known = this.accounts.get(accountId);
    if (!known) {
      known = {
        units: {},
        day: [],
        pending: new Map(),
        restsUntil: new Map(),
        flushing: undefined,
        tail: new Map(),
        read: false,
        sound: { at: 0, part: 1 },
      };
      this.accounts.set(accountId, known);
    }
    return known;
  }
}

function soundPart(units: Record<string, UnitPace>, nowMs: number): number {
  let all = 0;
  let against = 0;
  for (const unit of Object.values(units)) {
    const { accepted, slowed, hinted, deferred, rejected, failed } = answersSince(unit, nowMs - SOUND_WINDOW_MS);
    all += accepted + slowed + hinted + deferred + rejected + failed;
    against += slowed + hinted + failed;
  }
  return all < SOUND_FEWEST ? 1 : 1 - against / all;
}

function addToDay(day: AccountAnswers['day'], pending: [string, Answers][], nowMs: number): AccountAnswers['day'] {
  const number = Math.floor(nowMs / HALF_HOUR_MS);
  const kept = day.filter(([at]) => at > number - 48 && at < number);
  const [, ...before] = day.find(([at]) => at === number) ?? [number, 0, 0, 0];
  const sum: [number, number, number, number] = [number, ...before];
  for (const [, { accepted, rejected, slowed, hinted, deferred }] of pending) {
    sum[1] += accepted + rejected + slowed + hinted + deferred;
    sum[2] += rejected;
    sum[3] += slowed + hinted + deferred;
  }
  return [...kept, sum];
}

function note(known: Known, unit: string, kind: AnswerKind): Answers {
  const sum = known.pending.get(unit) ?? noAnswers();
  sum[kind] += 1;
  known.pending.set(unit, sum);
  return sum;
}

/**
 * A domain of the long tail is no unit of its own until it complains; until then it is counted with all the others.
 * @returns true when it complains
 */
function noteTail(known: Known, domain: string, kind: AnswerKind, outcome: SendOutcome): boolean {
  const now = performance.now();
  const before = known.tail.get(domain) ?? { at: now, accepted: 0, hinted: 0 };
  const left = Math.exp((before.at - now) / TAIL_FADE_MS);
  const accepted = before.accepted * left + (kind === 'accepted' ? 1 : 0);
  const hinted = before.hinted * left + (kind === 'hinted' ? 1 : 0);
  known.tail.delete(domain);
  known.tail.set(domain, { at: now, accepted, hinted });
  if (known.tail.size > TAIL_MAX) known.tail.delete(known.tail.keys().next().value ?? '');
  const complains = kind === 'slowed' || (kind === 'hinted' && hinted >= TAIL_HINTS);
  if (!complains) {
    note(known, 'other', kind === 'hinted' ? 'deferred' : kind);
    return false;
  }
  const sum = note(known, domain, kind);
  sum.hinted += kind === 'hinted' ? Math.floor(hinted) - 1 : 0;
  sum.went = accepted;
  sum.said = outcome.text;
  known.tail.delete(domain);
  return true;
}

function bounded(units: Record<string, UnitPace>, nowMs: number): Record<string, UnitPace> {
  const entries = Object.entries(units);
  if (entries.length <= UNITS_MAX) return units;
  const weight = (unit: UnitPace) => (rateOf(unit, nowMs) === null ? 0 : 1e15) + unit.at;
  return Object.fromEntries(entries.sort(([, one], [, other]) => weight(other) - weight(one)).slice(0, UNITS_MAX));
}
