import fc from 'fast-check';
import { answersSince, emptyUnit, grantUnit, learn, noAnswers, rateOf } from './index.js';
import type { Answers, UnitPace } from './index.js';

const START = 1_764_000_000_000;
const some = (change: Partial<Answers>): Answers => ({ ...noAnswers(), ...change });
const SAID = '450 Mail frequency limited';

/** A provider that takes so many a second and answers each further one that it is too fast. */
class Provider {
  private taken: number[] = [];
  constructor(public limit: number) {}

  answer(nowMs: number): 'accepted' | 'slowed' {
    this.taken = this.taken.filter((at) => at > nowMs - 1_000);
    if (this.taken.length >= this.limit) return 'slowed';
    this.taken.push(nowMs);
    return 'accepted';
  }
}

/** A sender that always has mail: asks every 50 ms, sends what is granted at once (at most `most`). */
function run(unit: UnitPace, provider: Provider, from: number, seconds: number, most = 20) {
  const sum = noAnswers();
  let state = unit;
  for (let now = from; now < from + seconds * 1_000; now += 50) {
    const grant = grantUnit(state, now, most);
    const answers = noAnswers();
    for (let sent = 0; sent < grant.granted; sent += 1) answers[provider.answer(now)] += 1;
    if (answers.slowed > 0) answers.said = SAID;
    state = grant.granted > 0 ? learn(grant.unit, answers, now, 2) : grant.unit;
    for (const kind of ['accepted', 'slowed'] as const) sum[kind] += answers[kind];
  }
  return { state, ...sum };
}

describe('the pace of a provider', () => {
  it('is not restricted until it complains', () => {
    const unit = learn(emptyUnit(), some({ accepted: 500, rejected: 40, deferred: 10, failed: 3 }), START, 2);
    expect(rateOf(unit, START)).toBeNull();
    expect(grantUnit(unit, START + 1, 700)).toMatchObject({ granted: 700, waitMs: 0 });
    expect(unit.events).toEqual([]);
  });

  it('begins again with what the table says once it complains, and tells when, how fast and in its words', () => {
    let unit = learn(emptyUnit(), some({ accepted: 500 }), START, 2);
    unit = learn(unit, some({ slowed: 3, said: SAID }), START + 100, 2);
    expect(rateOf(unit, START + 100)).toBe(2);
    expect(unit.events).toEqual([{ at: START + 100, kind: 'slowed', rate: 2, said: SAID }]);
    const first = grantUnit(unit, START + 100, 100);
    expect(first.granted).toBe(1);
    expect(grantUnit(first.unit, START + 101, 100)).toMatchObject({ granted: 0 });
  });

  it('takes many 421, 450 or 4.7.x at once for a complaint, and one of them for none', () => {
    const one = learn(emptyUnit(), some({ accepted: 2, hinted: 1 }), START, 2);
    expect(rateOf(one, START)).toBeNull();
    expect(rateOf(learn(one, some({ hinted: 6 }), START + 500, 2), START + 500)).toBe(0.5);
    const rare = learn(emptyUnit(), some({ accepted: 300, hinted: 8 }), START, 2);
    expect(rateOf(rare, START)).toBeNull();
  });

  it('does not shrink twice for the answers to one burst', () => {
    let unit = learn(emptyUnit(), some({ accepted: 50, slowed: 1 }), START, 4);
    const rate = rateOf(unit, START);
    for (let ms = 10; ms < 1_000; ms += 10) unit = learn(unit, some({ slowed: 5 }), START + ms, 4);
    expect(rateOf(unit, START + 999)).toBe(rate);
  });

  it('gives way a little to one complaint among hundreds of messages, and is back within half a minute', () => {
    const warm = run(emptyUnit(), new Provider(Infinity), START, 10);
    let unit = learn(warm.state, some({ slowed: 1 }), START + 10_000, 2);
    const rate = rateOf(unit, START + 10_000) ?? 0;
    expect(rate).toBeGreaterThan(0.7 * 400);
    expect(rate).toBeLessThan(400);
    unit = run(unit, new Provider(Infinity), START + 10_000, 30).state;
    expect(rateOf(unit, START + 40_000)).toBeNull();
  });

  it('gives way as ever once it was no single complaint', () => {
    const warm = run(emptyUnit(), new Provider(Infinity), START, 10);
    const one = learn(warm.state, some({ slowed: 1 }), START + 10_000, 2);
    const flood = learn(one, some({ slowed: 30, said: SAID }), START + 10_100, 2);
    expect(rateOf(flood, START + 10_100)).toBe(2);
  });

  it('finds a steady limit: most of it is used, and one in ten at most is refused', () => {
    for (const limit of [1, 5, 30, 100]) {
      const warm = run(emptyUnit(), new Provider(Infinity), START, 5);
      const search = run(warm.state, new Provider(limit), START + 5_000, 120);
      const steady = run(search.state, new Provider(limit), START + 125_000, 300);
      expect(steady.accepted / (limit * 300)).toBeGreaterThan(0.7);
      expect(steady.slowed / steady.accepted).toBeLessThan(0.1);
    }
  });

  it('is down to the limit within seconds', () => {
    const warm = run(emptyUnit(), new Provider(Infinity), START, 5);
    const { slowed, state } = run(warm.state, new Provider(3), START + 5_000, 5);
    expect(slowed).toBeLessThan(40);
    expect(rateOf(state, START + 10_000)).toBeLessThanOrEqual(6);
  });

  it('recovers by itself and says so', () => {
    const warm = run(emptyUnit(), new Provider(Infinity), START, 5);
    const slow = run(warm.state, new Provider(3), START + 5_000, 60);
    const { state } = run(slow.state, new Provider(Infinity), START + 65_000, 180);
    expect(rateOf(state, START + 245_000)).toBeNull();
    expect(state.events.map(({ kind }) => kind)).toEqual(expect.arrayContaining(['slowed', 'easing', 'freed']));
    expect(state.events.at(-1)).toMatchObject({ kind: 'freed', rate: null });
  });

  it('of which nothing is known, since it complains from the start, is back within two minutes too', () => {
    const slow = run(emptyUnit(), new Provider(3), START, 20);
    const { state } = run(slow.state, new Provider(Infinity), START + 20_000, 120);
    expect(rateOf(state, START + 140_000)).toBeNull();
  });

  it('is forgiven after an hour without a complaint, whether or not anything was sent', () => {
    const unit = learn(emptyUnit(), some({ slowed: 1 }), START, 2);
    expect(rateOf(unit, START + 3_599_000)).not.toBeNull();
    expect(grantUnit(unit, START + 3_600_000, 50).granted).toBe(50);
  });

  it('never stands still and never grows beyond bounds, whatever it is told', () => {
    const event = fc.record({
      after: fc.integer({ min: 0, max: 120_000 }),
      answers: fc.record({
        accepted: fc.nat(2_000),
        slowed: fc.nat(50),
        hinted: fc.nat(50),
        deferred: fc.nat(50),
        rejected: fc.nat(50),
        failed: fc.nat(50),
      }),
    });
    fc.assert(
      fc.property(fc.array(event, { maxLength: 60 }), (story) => {
        let unit = emptyUnit();
        let now = START;
        for (const { after, answers } of story) {
          now += after;
          unit = learn(unit, answers, now, 2);
          const rate = rateOf(unit, now);
          if (rate !== null) expect(rate).toBeGreaterThanOrEqual(1 / 60);
          const grant = grantUnit(unit, now, 100);
          unit = grant.unit;
          // Who is not let through now is let through in a good minute at the latest.
          if (grant.granted === 0) {
            expect(grant.waitMs).toBeLessThanOrEqual(62_000);
            expect(grantUnit(unit, now + grant.waitMs, 1).granted).toBe(1);
          }
        }
        expect(unit.events.length).toBeLessThanOrEqual(12);
        expect(unit.buckets.length).toBeLessThanOrEqual(31);
        expect(JSON.stringify(unit).length).toBeLessThan(8_000);
        expect(JSON.parse(JSON.stringify(unit))).toEqual(unit);
      }),
    );
  });

  it('counts the answers of the last minutes by kind', () => {
    let unit = learn(emptyUnit(), some({ accepted: 5, rejected: 1 }), START, 2);
    unit = learn(unit, some({ accepted: 7, deferred: 2 }), START + 60_000, 2);
    expect(answersSince(unit, START)).toEqual({ ...noAnswers(), accepted: 12, rejected: 1, deferred: 2 });
    expect(answersSince(unit, START + 30_000)).toEqual({ ...noAnswers(), accepted: 7, deferred: 2 });
  });
});
