import fc from 'fast-check';
import { emptyPace, grantTokens, spacingMs } from './index.js';
import type { PaceState, RateLimits } from './index.js';

const START = Date.parse('2026-11-22T05:25:16Z');
const LENGTHS = { perSecond: 1_000, perMinute: 60_000, perHour: 3_600_000, perDay: 86_400_000 };

/** One grant as a sink would see it. */
interface Use {
  at: number;
  tokens: number;
}

/** A caller's doings: every grant, once as used at the instant it was given and once spread as agreed. */
class Caller {
  state: PaceState = emptyPace();
  now = START;
  readonly atOnce: Use[] = [];
  readonly spread: Use[] = [];

  constructor(readonly limits: RateLimits) {}

  ask(want: number, aheadMs = 0) {
    // Through JSON, as the token store keeps it.
    this.state = JSON.parse(JSON.stringify(this.state)) as PaceState;
    const grant = grantTokens(this.state, this.limits, this.now, want, aheadMs);
    this.state = grant.state;
    if (grant.granted > 0) {
      this.atOnce.push({ at: grant.startMs, tokens: grant.granted });
      for (let k = 0; k < grant.granted; k++) {
        this.spread.push({ at: grant.startMs + k * spacingMs(this.limits), tokens: 1 });
      }
    }
    return grant;
  }

  /** Asks for ever: takes what it gets, waits as long as it is told. Returns the messages a window of `ms` held. */
  run(ms: number, want: number): number {
    const end = this.now + ms;
    while (this.now < end) {
      const { granted, waitMs } = this.ask(want);
      if (granted === 0) this.now += waitMs;
    }
    return this.spread.filter(({ at }) => at < end).length;
  }
}

/** The most tokens that any sliding window of `length`, both ends included, holds. */
function most(uses: readonly Use[], length: number): number {
  let first = 0;
  let held = 0;
  let highest = 0;
  for (const use of uses) {
    held += use.tokens;
    while ((uses[first]?.at ?? 0) < use.at - length) held -= uses[first++]?.tokens ?? 0;
    highest = Math.max(highest, held);
  }
  return highest;
}

function expectWithinLimits(caller: Caller) {
  for (const [name, length] of Object.entries(LENGTHS)) {
    const limit = caller.limits[name as keyof RateLimits] ?? Infinity;
    expect(most(caller.atOnce, length)).toBeLessThanOrEqual(Math.ceil(limit));
    expect(most(caller.spread, length)).toBeLessThanOrEqual(Math.ceil(limit));
  }
}

const anyLimits = fc.record(
  {
    perSecond: fc.oneof(fc.integer({ min: 1, max: 30 }), fc.double({ min: 0.05, max: 5, noNaN: true })),
    perMinute: fc.integer({ min: 1, max: 300 }),
    perHour: fc.integer({ min: 1, max: 2_000 }),
    perDay: fc.integer({ min: 1, max: 9_000 }),
  },
  { requiredKeys: [] },
);

describe('grantTokens', () => {
  it('never gives more than a limit to any sliding window, whatever the limits and the requests', () => {
    const pause = fc.oneof(
      { weight: 6, arbitrary: fc.constant('as told' as const) },
      { weight: 3, arbitrary: fc.double({ min: 0, max: 1_500, noNaN: true }) },
      { weight: 1, arbitrary: fc.constantFrom(59_999, 60_000, 450_000, 3_600_000, 43_200_000) },
    );
    const request = fc.record({
      want: fc.oneof(fc.integer({ min: 1, max: 5 }), fc.integer({ min: 1, max: 3_000 })),
      ahead: fc.constantFrom(0, 0, 20, 1_000),
      pause,
    });
    fc.assert(
      fc.property(anyLimits, fc.array(request, { minLength: 20, maxLength: 250 }), (limits, requests) => {
        // Unlimited asks prove nothing and cost memory.
        fc.pre(Object.keys(limits).length > 0);
        const caller = new Caller(limits);
        for (const { want, ahead, pause: gap } of requests) {
          const { granted, waitMs } = caller.ask(want, ahead);
          expect(granted).toBeLessThanOrEqual(want);
          expect(granted === 0).toBe(waitMs > 0);
          caller.now += gap === 'as told' ? waitMs : gap;
        }
        expectWithinLimits(caller);
      }),
      { numRuns: 300 },
    );
  });

  it('gives at least one after the wait it named', () => {
    fc.assert(
      fc.property(
        anyLimits,
        fc.integer({ min: 1, max: 500 }),
        fc.integer({ min: 1, max: 60 }),
        (limits, want, times) => {
          fc.pre(Object.keys(limits).length > 0);
          const caller = new Caller(limits);
          for (let i = 0; i < times; i++) {
            const { granted, waitMs } = caller.ask(want);
            if (granted > 0) continue;
            caller.now += waitMs;
            expect(caller.ask(want).granted).toBeGreaterThan(0);
          }
        },
      ),
    );
  });

  it.each<[RateLimits, number, number, number]>([
    // limits, want, milliseconds to run, what the limits would allow in that time
    [{ perSecond: 1 }, 1, 100_000, 100],
    [{ perSecond: 3 }, 10, 100_000, 300],
    [{ perSecond: 0.2 }, 1, 1_000_000, 200],
    [{ perSecond: 100 }, 5, 20_000, 2_000],
    [{ perSecond: 100 }, 1_000, 20_000, 2_000],
    [{ perSecond: 1_000 }, 1, 5_000, 5_000],
    [{ perSecond: 5_000 }, 250, 5_000, 25_000],
    [{ perMinute: 60 }, 10, 1_200_000, 1_200],
    [{ perMinute: 1_000 }, 50, 600_000, 10_000],
    [{ perHour: 200 }, 50, 72_000_000, 4_000],
    [{ perDay: 500 }, 100, 20 * 86_400_000, 10_000],
    [{ perSecond: 10, perMinute: 120 }, 10, 1_200_000, 2_400],
    [{ perMinute: 30, perHour: 600 }, 10, 36_000_000, 6_000],
  ])('uses at least 95 %% of %j when always asked for %d', (limits, want, ms, allowed) => {
    const caller = new Caller(limits);
    const sent = caller.run(ms, want);
    expect(sent).toBeGreaterThanOrEqual(0.95 * allowed);
    expectWithinLimits(caller);
  });

  it('saves nothing up: after 450 idle seconds a second holds no more than before', () => {
    const caller = new Caller({ perSecond: 20 });
    caller.run(5_000, 50);
    caller.now += 450_000;
    caller.run(5_000, 50);
    expectWithinLimits(caller);
    caller.now += 450_000;
    expect(caller.ask(10_000).granted).toBeLessThanOrEqual(20);
  });

  it('holds grants to one second of messages, so that a pause is noticed in time', () => {
    expect(new Caller({ perSecond: 50 }).ask(10_000).granted).toBe(49);
    expect(new Caller({ perMinute: 30 }).ask(10_000).granted).toBe(1);
  });

  it('lets a caller fetch the next grant ahead, to begin exactly where the present one ends', () => {
    const caller = new Caller({ perSecond: 100 });
    const first = caller.ask(5);
    caller.now += 30;
    expect(caller.ask(5).granted).toBe(0);
    const second = caller.ask(5, 25);
    expect(second).toMatchObject({ granted: 5, waitMs: 0 });
    expect(second.startMs).toBeCloseTo(first.startMs + 5 * spacingMs(caller.limits), 2);
  });

  it('gives a caller who keeps the spacing 99 % of the second, and never more than the second holds', () => {
    const limits = { perSecond: 20 };
    const uses: Use[] = [];
    let state = emptyPace();
    let now = START;
    while (now < START + 20_000) {
      const grant = grantTokens(state, limits, now, 11, 100, true);
      state = grant.state;
      for (let k = 0; k < grant.granted; k++) uses.push({ at: grant.startMs + k * spacingMs(limits), tokens: 1 });
      now += Math.max(1, grant.waitMs);
    }
    expect(uses.filter(({ at }) => at < START + 20_000).length).toBeGreaterThanOrEqual(0.98 * 400);
    expect(most(uses, 1_000)).toBeLessThanOrEqual(20);
  });

  it('gives everything asked for where there is no limit', () => {
    expect(grantTokens(emptyPace(), {}, START, 100_000)).toMatchObject({ granted: 100_000, waitMs: 0 });
  });

  it('goes on within two windows after the clock was set back a day', () => {
    const caller = new Caller({ perSecond: 10, perMinute: 100 });
    caller.run(120_000, 10);
    caller.now -= 86_400_000;
    const before = caller.now;
    let granted = 0;
    while (granted === 0) {
      const grant = caller.ask(1);
      granted = grant.granted;
      caller.now += grant.waitMs;
    }
    expect(caller.now - before).toBeLessThanOrEqual(120_000);
  });

  it('keeps to a limit that was lowered, counting what was sent before', () => {
    const fast = new Caller({ perMinute: 600 });
    fast.run(60_000, 10);
    const { granted, waitMs } = grantTokens(fast.state, { perMinute: 60 }, fast.now, 10);
    expect(granted).toBe(0);
    expect(waitMs).toBeGreaterThan(50_000);
  });

  it('counts a message when it leaves, not when it was granted', () => {
    const minute = Math.ceil(START / 60_000) * 60_000;
    const slow = { perSecond: 10, perMinute: 9 };
    const first = grantTokens(emptyPace(), slow, minute + 999, 9);
    expect(first.granted).toBe(9);
    const lastLeft = first.startMs + 8 * spacingMs(slow);
    // A faster pace since: nine at once, of which none may share a minute with more than the limit.
    const later = grantTokens(first.state, { perSecond: 1_000, perMinute: 9 }, minute + 61_000, 9);
    expect(later.granted).toBeLessThan(9);
    expect(grantTokens(later.state, { perSecond: 1_000, perMinute: 9 }, lastLeft + 61_000, 9).granted).toBeGreaterThan(
      0,
    );
  });

  it('changes nothing it was given', () => {
    const first = grantTokens(emptyPace(), { perSecond: 5, perMinute: 9 }, START, 2).state;
    const copy = JSON.stringify(first);
    grantTokens(first, { perSecond: 5, perMinute: 9 }, START + 5_000, 2);
    expect(JSON.stringify(first)).toBe(copy);
  });

  it('remembers at most about 320 numbers', () => {
    const limits = { perSecond: 50, perMinute: 2_000, perHour: 100_000, perDay: 500_000 };
    const caller = new Caller(limits);
    let largest = 0;
    // Every stretch of time that fills one more kind of bucket.
    for (const [times, gap] of [
      [160, 600_000],
      [70, 60_000],
      [70, 1_000],
      [120, 20],
    ] as const) {
      for (let i = 0; i < times; i++) {
        caller.ask(1);
        caller.now += gap;
        const numbers = Object.values(caller.state.windows).reduce((sum, each) => sum + each.counts.length, 0);
        largest = Math.max(largest, numbers);
      }
    }
    expect(largest).toBeGreaterThan(250);
    expect(largest).toBeLessThanOrEqual(330);
  });

  it.each<[string, RateLimits, number, number]>([
    ['a limit of 0', { perSecond: 0 }, 1, 0],
    ['a negative limit', { perDay: -1 }, 1, 0],
    ['a limit that is no number', { perMinute: NaN }, 1, 0],
    ['half a message a minute', { perMinute: 0.5 }, 1, 0],
    ['a want of 0', {}, 0, 0],
    ['a want of 1.5', {}, 1.5, 0],
    ['looking an hour ahead', {}, 1, 3_600_000],
  ])('refuses %s', (_title, limits, want, ahead) => {
    expect(() => grantTokens(emptyPace(), limits, START, want, ahead)).toThrow(RangeError);
  });
});

describe('spacingMs', () => {
  it('spaces by the second, else by the minute, and not by hours and days', () => {
    expect(spacingMs({ perSecond: 10, perMinute: 6 })).toBeCloseTo(101);
    expect(spacingMs({ perMinute: 60 })).toBeCloseTo(1_010);
    expect(spacingMs({ perHour: 10, perDay: 10 })).toBe(0);
    expect(spacingMs({})).toBe(0);
  });
});
