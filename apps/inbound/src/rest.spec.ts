import { restSeconds } from './rest.js';

it('rests longer with each failure in a row, up to a bound, and never in step with others', () => {
  expect([0, 1, 2, 3].map((failures) => restSeconds('timed-out', failures, 0.5))).toEqual([5, 10, 20, 40]);
  expect(restSeconds('timed-out', 1_000, 0.5)).toBe(900);
  expect([restSeconds('timed-out', 0, 0), restSeconds('timed-out', 0, 1)]).toEqual([3.75, 6.25]);
});

it('tries a refused login seldom', () => {
  expect(restSeconds('auth-failed', 0, 0.5)).toBe(300);
  expect(restSeconds('unsafe-login', 20, 0.5)).toBe(21_600);
});
