import fc from 'fast-check';
import { HELD_OUT, REST, armSizes, splitCycle } from './split.js';
import { upperQuantile, upperTail } from './normal.js';
import { detectableRise, neededPerVariant } from './sample-size.js';
import { LEVEL, judgeVariants, rateInterval } from './verdict.js';
import type { ArmCounts } from './verdict.js';

const SHARES = fc
  .record({ variants: fc.integer({ min: 2, max: 4 }), sample: fc.integer({ min: 1, max: 100 }) })
  .chain(({ variants, sample }) =>
    fc.record({ variants: fc.constant(variants), sample: fc.constant(sample), holdOut: fc.nat(100 - sample) }),
  );

describe('the split of an audience', () => {
  it('gives everyone one arm, each arm its share, and the variants the same', () => {
    fc.assert(
      fc.property(SHARES, fc.nat(100_000), (shares, people) => {
        const sizes = armSizes(shares, people);
        const { variants, sample, holdOut } = shares;
        const shareOf = (arm: number) =>
          arm === HELD_OUT ? holdOut : arm === REST ? 100 - sample - holdOut : sample / variants;
        const wrong = [...sizes].filter(([arm, size]) => Math.abs(size - (people * shareOf(arm)) / 100) >= 2);
        expect({ shares, people, wrong }).toEqual({ shares, people, wrong: [] });
        expect([...sizes.values()].reduce((sum, size) => sum + size, 0)).toBe(people);
        const tested = Array.from({ length: variants }, (_, variant) => sizes.get(variant) ?? 0);
        expect(Math.max(...tested) - Math.min(...tested)).toBeLessThanOrEqual(1);
      }),
    );
  });

  it('is exact over a whole cycle, which is short, and its sizes are those of its places', () => {
    fc.assert(
      fc.property(SHARES, fc.nat(500), (shares, people) => {
        const cycle = splitCycle(shares);
        expect(cycle.length).toBeLessThanOrEqual(400);
        const count = (arm: number) => cycle.filter((each) => each === arm).length;
        expect(count(HELD_OUT) * 100).toBe(shares.holdOut * cycle.length);
        expect(count(0) * 100 * shares.variants).toBe(shares.sample * cycle.length);
        const places = Array.from({ length: people }, (_, at) => cycle[at % cycle.length]);
        for (const [arm, size] of armSizes(shares, people)) {
          expect(places.filter((each) => each === arm)).toHaveLength(size);
        }
      }),
    );
  });
});

describe('the normal distribution', () => {
  it('has the tails of the tables', () => {
    expect(upperTail(1.959964)).toBeCloseTo(0.025, 6);
    expect(upperTail(-1)).toBeCloseTo(0.8413447, 6);
    expect(upperQuantile(0.025)).toBeCloseTo(1.959964, 5);
  });
});

/** Chance with a seed (mulberry32). */
function chance(seed: number): () => number {
  let state = seed;
  return () => {
    state = (state + 0x6d2b79f5) | 0;
    let mixed = Math.imul(state ^ (state >>> 15), 1 | state);
    mixed = (mixed + Math.imul(mixed ^ (mixed >>> 7), 61 | mixed)) ^ mixed;
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 2 ** 32;
  };
}

function act(delivered: number, rate: number, random: () => number): ArmCounts {
  let acted = 0;
  for (let person = 0; person < delivered; person += 1) if (random() < rate) acted += 1;
  return { delivered, acted };
}

const TESTS = 1_000;

/** In how many tests each variant won. */
function winners(rates: readonly number[], delivered: number, seed: number): number[] {
  const random = chance(seed);
  const won = rates.map(() => 0);
  for (let test = 0; test < TESTS; test += 1) {
    const { winner } = judgeVariants(rates.map((rate) => act(delivered, rate, random)));
    if (winner !== null) won[winner] = (won[winner] ?? 0) + 1;
  }
  return won;
}

describe('the verdict', () => {
  it.each([
    [2, 0.03, 400],
    [2, 0.3, 150],
    [3, 0.05, 400],
    [4, 0.2, 200],
  ])('names a winner among %i equal variants no more often than it says (rate %f, %i each)', (variants, rate, each) => {
    const won = winners(Array(variants).fill(rate), each, 7 * variants + each);
    expect(won.reduce((sum, n) => sum + n, 0) / TESTS).toBeLessThanOrEqual(LEVEL);
  });

  it('finds a large difference, and the right one', () => {
    const [none, better = 0] = winners([0.03, 0.06], 1_500, 1);
    expect(none).toBe(0);
    expect(better / TESTS).toBeGreaterThan(0.9);
    const [a, b, c = 0] = winners([0.05, 0.05, 0.12], 800, 2);
    expect([a, b]).toEqual([0, 0]);
    expect(c / TESTS).toBeGreaterThan(0.9);
  });

  it('says nothing where too few were reached or too few acted', () => {
    const silent = { winner: null, reason: 'too_few', comparisons: [] };
    expect(judgeVariants([])).toEqual(silent);
    expect(judgeVariants([act(0, 0, chance(1)), act(0, 0, chance(1))])).toEqual(silent);
    expect(
      judgeVariants([
        { delivered: 99, acted: 0 },
        { delivered: 5_000, acted: 2_000 },
      ]),
    ).toEqual(silent);
    expect(
      judgeVariants([
        { delivered: 2_000, acted: 0 },
        { delivered: 2_000, acted: 7 },
      ]),
    ).toEqual(silent);
  });

  it('has no winner where two are equally good, though both are better than the third', () => {
    const verdict = judgeVariants([
      { delivered: 2_000, acted: 60 },
      { delivered: 2_000, acted: 180 },
      { delivered: 2_000, acted: 182 },
    ]);
    expect(verdict).toMatchObject({ winner: null, reason: 'not_apart' });
    expect(verdict.comparisons.map(({ p }) => p <= LEVEL)).toEqual([true, true, false]);
  });

  it('agrees with a worked example: 2 × 2 table of 15 of 120 and 33 of 130, chi-squared with correction 5.87', () => {
    const [pair] = judgeVariants([
      { delivered: 120, acted: 15 },
      { delivered: 130, acted: 33 },
    ]).comparisons;
    expect(pair?.p).toBeCloseTo(0.0153, 3);
  });

  it('gives intervals that hold the rate and stay between none and all', () => {
    expect(rateInterval({ delivered: 0, acted: 0 })).toBeNull();
    // Newcombe 1998, table I: 81 of 263.
    expect(rateInterval({ delivered: 263, acted: 81 })?.low).toBeCloseTo(0.2553, 4);
    expect(rateInterval({ delivered: 263, acted: 81 })?.high).toBeCloseTo(0.3662, 4);
    expect(rateInterval({ delivered: 10, acted: 0 })?.low).toBe(0);
  });
});

describe('the size of a sample', () => {
  it('finds the difference it promises in four tests of five', () => {
    const needed = neededPerVariant(2, 0.05, 0.08);
    const [, won = 0] = winners([0.05, 0.08], needed, 3);
    expect(won / TESTS).toBeGreaterThan(0.76);
    expect(won / TESTS).toBeLessThan(0.86);
  });

  it('tells the smallest rise that so many can show', () => {
    const rise = detectableRise(2, 0.03, 1_000) ?? 0;
    expect(neededPerVariant(2, 0.03, 0.03 + rise)).toBeLessThanOrEqual(1_000);
    expect(neededPerVariant(2, 0.03, 0.03 + rise * 0.98)).toBeGreaterThan(1_000);
    expect(detectableRise(2, 0.03, 99)).toBeNull();
    expect(detectableRise(4, 0.03, 1_000)).toBeGreaterThan(rise);
  });
});
