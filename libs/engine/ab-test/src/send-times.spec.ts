import { timeProblems } from './send-times.js';

const HOUR = 3_600_000;
const now = Date.parse('2027-03-01T08:00:00Z');
const problems = (begins: number | null, ...others: number[]) => timeProblems({ now, begins, others });

it('lets variants leave after A, within a week of it', () => {
  expect(problems(now + HOUR, now + 2 * HOUR, now + 169 * HOUR)).toEqual([null, null]);
  expect(problems(now, now + HOUR, now + 168 * HOUR)).toEqual([null, null]);
});

it('tells a time that has passed, one that is not after A’s and one that is too far from it', () => {
  expect(problems(now, now, now + 169 * HOUR)).toEqual(['past', 'far']);
  expect(problems(now + 5 * HOUR, now - HOUR, now + 5 * HOUR, now + HOUR)).toEqual(['past', 'early', 'early']);
  expect(problems(now + HOUR, now + HOUR + 168 * HOUR + 1)).toEqual(['far']);
});

it('asks only whether they have passed while A’s own time is open', () => {
  expect(problems(null, now - 1, now + 1, now + 1_000 * HOUR)).toEqual(['past', null, null]);
});
