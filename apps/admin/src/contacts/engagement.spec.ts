import { starsOf } from './engagement.js';

it('gives stars by the days since somebody was last active', () => {
  const now = Date.parse('2026-11-23T09:00:00Z');
  const before = (days: number) => new Date(now - days * 86_400_000).toISOString();
  const stars = [0, 7, 8, 30, 31, 90, 91, 180, 181, 3000].map((days) => starsOf(before(days), now));
  expect(stars).toEqual([5, 5, 4, 4, 3, 3, 2, 2, 1, 1]);
  expect(starsOf(null, now)).toBe(0);
});
