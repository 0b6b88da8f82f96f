import { sendTimeOf, timeProblem } from './send-time.js';

const NOON_UTC = Date.parse('2027-03-01T12:00:00Z');

describe('the time a campaign leaves', () => {
  it('is judged by the clock of its zone, not by the one of the reader', () => {
    const at = '2027-03-01T20:30:00';
    expect(timeProblem({ kind: 'at', at, timezone: 'Asia/Shanghai' }, NOON_UTC)).toBeNull();
    expect(timeProblem({ kind: 'at', at, timezone: 'Asia/Tokyo' }, NOON_UTC)).toBe('past');
    expect(timeProblem({ kind: 'at', at: null, timezone: 'Asia/Tokyo' }, NOON_UTC)).toBe('missing');
    expect(timeProblem({ kind: 'now' }, NOON_UTC)).toBeNull();
  });

  it('is refused where clocks go forward over it', () => {
    const at = '2027-03-28T02:30:00';
    expect(timeProblem({ kind: 'at', at, timezone: 'Europe/Berlin' }, NOON_UTC)).toBe('skipped');
    expect(timeProblem({ kind: 'at', at, timezone: 'Asia/Shanghai' }, NOON_UTC)).toBeNull();
  });

  it('on each recipient’s clock is past once it is so in the last zone on earth', () => {
    const time = (at: string) => ({ kind: 'at', at, timezone: 'Asia/Tokyo', ofRecipient: true }) as const;
    expect(timeProblem(time('2027-03-01T00:30:00'), NOON_UTC)).toBeNull();
    expect(timeProblem(time('2027-03-01T00:00:00'), NOON_UTC)).toBe('past');
    expect(timeProblem(time('2027-03-28T02:30:00'), NOON_UTC)).toBeNull();
  });

  it('stands again where it was when the schedule has been taken back', () => {
    expect(
      sendTimeOf({ scheduledAt: '2027-03-01T15:05:00.000Z', timezone: 'Asia/Kolkata', recipientTime: null }),
    ).toEqual({
      kind: 'at',
      at: '2027-03-01T20:35:00',
      timezone: 'Asia/Kolkata',
    });
    const taken = {
      scheduledAt: '2027-03-01T15:05:00.000Z',
      timezone: 'Asia/Kolkata',
      recipientTime: '2027-03-01T09:00:00',
    };
    expect(sendTimeOf(taken)).toEqual({
      kind: 'at',
      at: '2027-03-01T09:00:00',
      timezone: 'Asia/Kolkata',
      ofRecipient: true,
    });
    expect(sendTimeOf({ scheduledAt: null, timezone: 'Asia/Kolkata', recipientTime: null })).toEqual({ kind: 'now' });
    expect(sendTimeOf({ scheduledAt: '2027-03-01T15:05:00.000Z', timezone: null, recipientTime: null })).toEqual({
      kind: 'now',
    });
  });
});
