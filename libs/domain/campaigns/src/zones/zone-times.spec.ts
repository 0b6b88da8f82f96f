import { beginningOf, zoneTime } from './zone-times.js';

const iso = (at: number | null | undefined) => (at === null || at === undefined ? null : new Date(at).toISOString());
const NINE = '2027-03-01T09:00:00';

describe('an hour of the recipient’s time zone', () => {
  it.each([
    ['Asia/Shanghai', NINE, '2027-03-01T01:00:00.000Z'],
    ['Asia/Kolkata', NINE, '2027-03-01T03:30:00.000Z'],
    ['Asia/Kathmandu', NINE, '2027-03-01T03:15:00.000Z'],
    ['Pacific/Kiritimati', NINE, '2027-02-28T19:00:00.000Z'],
    ['Etc/GMT+12', NINE, '2027-03-01T21:00:00.000Z'],
    // Skipped: an hour later. Twice: the first.
    ['Europe/Berlin', '2027-03-28T02:30:00', '2027-03-28T01:30:00.000Z'],
    ['Europe/Berlin', '2027-10-31T02:30:00', '2027-10-31T00:30:00.000Z'],
    ['Australia/Lord_Howe', '2027-04-04T01:45:00', '2027-04-03T14:45:00.000Z'],
  ])('in %s at %s', (zone, wall, expected) => {
    expect(iso(zoneTime(zone, wall, null)?.at)).toBe(expected);
  });

  it('that has passed is that of the next day, by the clock on the wall', () => {
    const berlin = zoneTime('Europe/Berlin', '2027-03-27T09:00:00', Date.parse('2027-03-27T09:00:00Z'));
    // 23 hours later, since the clocks are put forward in between.
    expect([iso(berlin?.at), berlin?.nextDay]).toEqual(['2027-03-28T07:00:00.000Z', true]);
    const earliest = zoneTime('Pacific/Kiritimati', NINE, Date.parse('2027-03-01T21:00:00Z'));
    expect(iso(earliest?.at)).toBe('2027-03-02T19:00:00.000Z');
  });

  it('that has just passed still counts, since a click and a start take a moment', () => {
    expect(zoneTime('Asia/Shanghai', NINE, Date.parse('2027-03-01T01:00:30Z'))?.nextDay).toBe(false);
  });

  it('begins with the first zone that is still to come, and nowhere when all have passed', () => {
    const zones = ['Asia/Shanghai', 'Europe/Berlin', 'America/New_York'];
    expect(iso(beginningOf(zones, NINE, Date.parse('2027-02-28T00:00:00Z')))).toBe('2027-03-01T01:00:00.000Z');
    expect(iso(beginningOf(zones, NINE, Date.parse('2027-03-01T02:00:00Z')))).toBe('2027-03-01T08:00:00.000Z');
    expect(beginningOf(zones, NINE, Date.parse('2027-03-01T20:00:00Z'))).toBeNull();
  });

  it('is not known for a zone that is none', () => {
    expect(zoneTime('Mars/Olympus', NINE, null)).toBeNull();
  });
});
