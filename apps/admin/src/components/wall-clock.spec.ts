import { instantOf, wallClock } from './wall-clock.js';

it.each([
  ['2027-03-01T00:00:00', 'Asia/Shanghai', '2027-02-28T16:00:00.000Z'],
  ['2027-03-28T01:59:00', 'Europe/Berlin', '2027-03-28T00:59:00.000Z'],
  ['2027-03-28T03:00:00', 'Europe/Berlin', '2027-03-28T01:00:00.000Z'],
  ['2027-10-31T02:30:00', 'Europe/Berlin', '2027-10-31T00:30:00.000Z'],
  ['2027-10-31T03:00:00', 'Europe/Berlin', '2027-10-31T02:00:00.000Z'],
  ['2027-11-07T12:00:00', 'America/Los_Angeles', '2027-11-07T20:00:00.000Z'],
])('%s in %s is %s', (at, zone, instant) => {
  expect(new Date(instantOf(at, zone)).toISOString()).toBe(instant);
  expect(wallClock(Date.parse(instant), zone)).toBe(at);
});
