import { grantTokens } from './grant-tokens.js';
import type { PaceState } from './grant-tokens.js';
import { emptyPace } from './grant-tokens.js';
import type { AnswerKind } from './read-answer.js';

/** How many answers of each kind came since the last time. */
export type Answers = Record<AnswerKind, number> & {
  /** Words of the last one that asked to slow down. */
  said?: string;
  /** Messages that went well in the last seconds and are counted elsewhere. */
  went?: number;
};

/** One thing that happened to a pace, newest last. */
export interface PaceEvent {
  /** Epoch milliseconds. */
  at: number;
  /** `slowed`: less from here on; `easing`: twice as fast as at the last event; `freed`: only the account's limits. */
  kind: 'slowed' | 'easing' | 'freed';
  /** Messages per second from then on; null for no limit. */
  rate: number | null;
  /** With `slowed`: the server's own words. */
  said?: string;
}

/** While a unit has asked to slow down: the pace, and what it grows by. */
export interface Restriction {
  /** Messages per second. */
  rate: number;
  /** Up to here the pace doubles, from here on it feels its way. */
  target: number;
  /** At this pace, the one before it was asked to slow down, the restriction ends. */
  open: number;
  /** Of the last complaint, of the last time the pace went down, and of its last change. */
  slowedAt: number;
  shrunkAt: number;
  changedAt: number;
  /** The pace went down by a little only, since nearly everything was taken. */
  gently: boolean;
  /** Pace told by the last event. */
  told: number;
  lane: PaceState;
}

/** What pacing remembers of one account × provider (or domain of the long tail). Plain JSON, at most about 600 numbers. */
export interface UnitPace {
  /** Epoch milliseconds of the last answer or grant. */
  at: number;
  /** Answers of about the last five seconds, fading: what went well, what hints at a limit, and what names one. */
  fading: { at: number; accepted: number; hinted: number; slowed: number };
  restriction: Restriction | null;
  /** Ten seconds each, oldest first: number of the bucket, then accepted, slowed, hinted, deferred, rejected, failed. */
  buckets: number[][];
  events: PaceEvent[];
}

const FADE_MS = 5_000;
/** A pace is changed at most this often, so that the answers to one change are in before the next. */
const STEP_MS = 1_000;
/** In the search for the limit the step doubles in this time without a complaint. */
const EASE_MS = 20_000;
/** A complaint right after another means that the pace is far too fast; one after a while, that the limit is near. */
const AGAIN_MS = 3_000;
/** One complaint among so many messages that went well: the pace is right but for a little. */
const FEW = 200;
/** What is then left of the pace. */
const GENTLY = 0.85;
/** Complaints so close together are told as one event. */
const ONE_EVENT_MS = 60_000;
/** A unit that nobody has complained about for so long is not restricted any more. */
const FORGIVEN_MS = 3_600_000;
/** The slowest pace: one message a minute, which is how it is found out that the limit is over. */
const SLOWEST = 1 / 60;
/** So many hints (421, 450, 4.7.x without known words) are a complaint, if at most thrice as many messages went well. */
const HINTS = 5;
const SAID_MAX = 200;
const EVENTS_MAX = 12;
/** Answers are counted in steps of so long. */
export const ANSWER_STEP_MS = 10_000;
const BUCKETS_MAX = 31;
const KINDS = ['accepted', 'slowed', 'hinted', 'deferred', 'rejected', 'failed'] as const;

export function emptyUnit(): UnitPace {
  return { at: 0, fading: { at: 0, accepted: 0, hinted: 0, slowed: 0 }, restriction: null, buckets: [], events: [] };
}

export function noAnswers(): Answers {
  return { accepted: 0, slowed: 0, hinted: 0, deferred: 0, rejected: 0, failed: 0 };
}

/**
 * What a unit's answers make of its pace. A complaint (known words, or many 421/450/4.7.x at once) takes a part of it
 * away, at most once a second; the first one starts from what went through before, or from `afterSlowDown` where that
 * is slower, unless it stands alone among hundreds that went well: then it takes a little. Success doubles the pace up
 * to half of what was too fast, then raises it slowly and ever faster, until it is what it was before: then nothing but
 * the account's own limits holds. Pure; `nowMs` must not be from different clocks.
 */
export function learn(unit: UnitPace, answers: Answers, nowMs: number, afterSlowDown: number): UnitPace {
  const fading = fade(unit, answers, nowMs);
  const next: UnitPace = { ...unit, at: nowMs, fading, buckets: count(unit.buckets, answers, nowMs) };
  const hinted = answers.hinted > 0 && fading.hinted >= HINTS && fading.hinted * 3 >= fading.accepted;
  if (answers.slowed > 0 || hinted) return slowDown(next, answers.said ?? '', nowMs, afterSlowDown);
  return answers.accepted > 0 ? easeOff(next, nowMs, afterSlowDown) : next;
}

/**
 * Tokens of a restricted unit: at most `want` messages that may start now, or none and how long to wait. A grant is used
 * at once and covers at most half a second; an unrestricted unit grants all.
 */
export function grantUnit(
  unit: UnitPace,
  nowMs: number,
  want: number,
): { unit: UnitPace; granted: number; waitMs: number } {
  const { restriction } = unit;
  if (!restriction || forgiven(restriction, nowMs)) {
    return { unit: restriction ? { ...unit, restriction: null } : unit, granted: want, waitMs: 0 };
  }
  const most = Math.max(1, Math.floor(restriction.rate / 2));
  const { state, granted, waitMs } = grantTokens(
    restriction.lane,
    { perSecond: restriction.rate },
    nowMs,
    Math.min(want, most),
  );
  return { unit: { ...unit, at: nowMs, restriction: { ...restriction, lane: state } }, granted, waitMs };
}

/** Messages per second that a unit may take now; null where only the account's limits hold. */
export function rateOf(unit: UnitPace, nowMs: number): number | null {
  return unit.restriction && !forgiven(unit.restriction, nowMs) ? unit.restriction.rate : null;
}

/** Answers by kind since `sinceMs`, in steps of ten seconds. */
export function answersSince(unit: UnitPace, sinceMs: number): Record<AnswerKind, number> {
  const sum = noAnswers();
  for (const [number = 0, ...counts] of unit.buckets) {
    if ((number + 1) * ANSWER_STEP_MS <= sinceMs) continue;
    for (const [index, kind] of KINDS.entries()) sum[kind] += counts[index] ?? 0;
  }
  return sum;
}

function slowDown(unit: UnitPace, said: string, nowMs: number, afterSlowDown: number): UnitPace {
  const known = unit.restriction && !forgiven(unit.restriction, nowMs) ? unit.restriction : null;
  const gently = unit.fading.slowed > 0 && unit.fading.slowed * FEW <= unit.fading.accepted;
  // Where more complaints follow a single one, it was the first of a flood and not of a limit that is near.
  const before = known?.gently && !gently ? null : known;
  if (before && nowMs - before.shrunkAt < STEP_MS) return { ...unit, restriction: { ...before, slowedAt: nowMs } };
  const went = (unit.fading.accepted * 1_000) / FADE_MS;
  const part = before && nowMs - before.slowedAt > AGAIN_MS ? 0.7 : 0.5;
  let rate: number;
  if (gently) rate = Math.min(went, before?.rate ?? went) * GENTLY;
  else if (before) rate = Math.max(SLOWEST, before.rate * part);
  // What went before is not known yet where the complaint is the answer to a beginning.
  else rate = Math.min(afterSlowDown, Math.max(went / 2, afterSlowDown / 4));
  const restriction: Restriction = {
    rate,
    target: before ? rate : Math.max(rate, went / 2),
    open: Math.max(known?.open ?? 0, went, 2 * afterSlowDown),
    slowedAt: nowMs,
    shrunkAt: nowMs,
    changedAt: nowMs,
    gently,
    told: rate,
    lane: known?.lane ?? { ...emptyPace(), next: nowMs },
  };
  const event: PaceEvent = { at: nowMs, kind: 'slowed', rate, said: said.slice(0, SAID_MAX) };
  return { ...unit, restriction, events: withEvent(unit.events, event) };
}

function easeOff(unit: UnitPace, nowMs: number, afterSlowDown: number): UnitPace {
  const { restriction } = unit;
  if (!restriction || nowMs - Math.max(restriction.changedAt, restriction.slowedAt) < STEP_MS) return unit;
  const { rate: before, target, slowedAt } = restriction;
  const faster = 2 ** Math.min((nowMs - slowedAt) / EASE_MS, 30);
  const step = Math.max(target * 0.02, Math.min(afterSlowDown * 0.01, before / 4));
  const rate = before < target ? Math.min(target, before * 2) : before + Math.min(before / 2, step * faster);
  if (rate >= restriction.open || forgiven(restriction, nowMs)) {
    return {
      ...unit,
      restriction: null,
      events: withEvent(unit.events, { at: nowMs, kind: 'freed', rate: null }),
    };
  }
  const eased: Restriction = { ...restriction, rate, changedAt: nowMs };
  if (rate < restriction.told * 2) return { ...unit, restriction: eased };
  const events = withEvent(unit.events, { at: nowMs, kind: 'easing', rate });
  return { ...unit, restriction: { ...eased, told: rate }, events };
}

function forgiven({ slowedAt }: Restriction, nowMs: number): boolean {
  return nowMs - slowedAt >= FORGIVEN_MS;
}

function fade({ fading }: UnitPace, answers: Answers, nowMs: number): UnitPace['fading'] {
  const left = Math.exp(-Math.max(0, nowMs - fading.at) / FADE_MS);
  return {
    at: nowMs,
    accepted: fading.accepted * left + answers.accepted + (answers.went ?? 0),
    hinted: fading.hinted * left + answers.hinted,
    slowed: (fading.slowed || 0) * left + answers.slowed,
  };
}

function count(buckets: number[][], answers: Answers, nowMs: number): number[][] {
  const number = Math.floor(nowMs / ANSWER_STEP_MS);
  const kept = buckets.filter(([at = 0]) => at > number - BUCKETS_MAX && at <= number);
  const last = kept.at(-1);
  const added = [
    number,
    ...KINDS.map((kind, index) => (last?.[0] === number ? (last[index + 1] ?? 0) : 0) + answers[kind]),
  ];
  return last?.[0] === number ? [...kept.slice(0, -1), added] : [...kept, added];
}

/** A run of easings, or of complaints within a minute, is one event: since when, and the newest pace and words. */
function withEvent(events: PaceEvent[], event: PaceEvent): PaceEvent[] {
  const last = events.at(-1);
  if (last?.kind !== event.kind || (event.kind === 'slowed' && event.at - last.at > ONE_EVENT_MS)) {
    return [...events, event].slice(-EVENTS_MAX);
  }
  return [...events.slice(0, -1), { ...event, at: last.at }];
}
