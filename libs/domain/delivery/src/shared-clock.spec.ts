import { SharedClock } from './shared-clock.js';

/** A store's clock that stands so far before `performance.now()`. */
const AHEAD = 1_764_000_000_000;

describe('the clock of the shared state', () => {
  it('is told by the answer that was read soonest, not by those that waited', () => {
    const clock = new SharedClock();
    expect(clock.read(AHEAD + 1_000, 1_090)).toBe(1_090);
    expect(clock.read(AHEAD + 1_100, 1_101)).toBe(1_101);
    expect(clock.read(AHEAD + 1_200, 1_260)).toBe(1_201);
    expect(clock.read(AHEAD + 5_000, 5_040)).toBe(5_001);
  });

  it('forgets what it knew within ten seconds: clocks are set, and drift', () => {
    const clock = new SharedClock();
    clock.read(AHEAD, 0);
    clock.read(AHEAD + 6_000 - 500, 6_000);
    expect(clock.read(AHEAD + 12_000 - 500, 12_000)).toBe(12_000);
    // Set forward, it is believed at once: no answer can be read before it was given.
    expect(clock.read(AHEAD + 13_000 + 700, 13_000)).toBe(13_000);
  });
});
