import { WARMUP_VOLUMES, limitsNow, volumesOf, warmupDay, warmupStop, warmupVolume } from './index.js';

const START = '2026-11-01T08:00:00.000Z';
const at = (days: number) => Date.parse(START) + days * 86_400_000;

describe('a warm-up plan', () => {
  it('allows its volumes day by day, and nothing of its own before it begins and after it has ended', () => {
    const plan = { preset: 'own', startAt: START, volumes: [50, 100, 400] } as const;
    const own = { ...plan, volumes: [...plan.volumes] };
    expect([-0.1, 0, 0.99, 1, 2.5, 3, 400].map((days) => warmupVolume(own, at(days)))).toEqual([
      ...[null, 50, 50, 100, 400, null, null],
    ]);
    expect(warmupDay(own, at(1.5))).toBe(1);
  });

  it('holds beside the limits of the account, whichever is less', () => {
    const warmup = { preset: 'own' as const, startAt: START, volumes: [50, 100] };
    expect(limitsNow({ limits: { perSecond: 2 }, warmup }, at(0.5))).toEqual({ perSecond: 2, perDay: 50 });
    expect(limitsNow({ limits: { perDay: 70 }, warmup }, at(1.5))).toEqual({ perDay: 70 });
    expect(limitsNow({ limits: { perDay: 70 }, warmup }, at(3))).toEqual({ perDay: 70 });
    expect(limitsNow({ limits: {}, warmup: null }, at(0))).toEqual({});
  });

  it('of each preset grows every day and never more than doubles', () => {
    for (const preset of ['gentle', 'usual', 'brisk'] as const) {
      const volumes = volumesOf({ preset, startAt: START, volumes: [] });
      expect(volumes).toBe(WARMUP_VOLUMES[preset]);
      for (const [day, volume] of volumes.slice(1).entries()) {
        expect(volume).toBeGreaterThan(volumes[day] ?? 0);
        expect(volume).toBeLessThanOrEqual(2 * (volumes[day] ?? 0));
      }
    }
  });

  it('stops itself when too many of the day were refused or deferred, and not for a handful', () => {
    expect(warmupStop({ answered: 49, refused: 49, deferred: 0 })).toBeNull();
    expect(warmupStop({ answered: 100, refused: 5, deferred: 20 })).toBeNull();
    expect(warmupStop({ answered: 100, refused: 6, deferred: 0 })).toEqual({
      code: 'TOO_MANY_REFUSED',
      count: 6,
      of: 100,
    });
    expect(warmupStop({ answered: 100, refused: 0, deferred: 21 })).toEqual({
      code: 'TOO_MANY_DEFERRED',
      count: 21,
      of: 100,
    });
  });
});
