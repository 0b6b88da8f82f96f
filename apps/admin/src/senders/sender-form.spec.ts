import { NEW_ACCOUNT, bodyOf, readVolumes, type Values } from './sender-form.js';

const values = {
  ...NEW_ACCOUNT,
  name: 'Main',
  host: 'smtp.example.com',
  auth: { method: 'plain', user: 'me', password: '' },
  limits: { perSecond: 5, perHour: null },
  returnPathDomain: ' ',
} as Values;

describe('the form of a delivery channel', () => {
  it('leaves an empty password out, so that the stored one stays', () => {
    expect(bodyOf(values).auth).toEqual({ method: 'plain', user: 'me' });
  });

  it('drops empty limits and turns blanks into null', () => {
    expect(bodyOf(values)).toMatchObject({ limits: { perSecond: 5 }, returnPathDomain: null });
  });

  it('sends a warm-up plan from midnight of its first day, with volumes only where they are one’s own', () => {
    const warmup = { preset: 'usual' as const, startOn: '2026-11-22', volumes: '50, 100' };
    expect(bodyOf({ ...values, warms: false, warmup }).warmup).toBeNull();
    expect(bodyOf({ ...values, warms: true, warmup }).warmup).toEqual({
      preset: 'usual',
      startAt: new Date('2026-11-22T00:00').toISOString(),
      volumes: [],
    });
    const own = { ...warmup, preset: 'own' as const };
    expect(bodyOf({ ...values, warms: true, warmup: own }).warmup?.volumes).toEqual([50, 100]);
  });

  it.each([
    ['50, 100 200', [50, 100, 200]],
    ['50，100、200；400', [50, 100, 200, 400]],
    ['', null],
    ['50, many', null],
    ['0', null],
    ['1.5', null],
    [Array.from({ length: 91 }, () => '1').join(' '), null],
  ])('reads the volumes "%s"', (text, volumes) => {
    expect(readVolumes(text)).toEqual(volumes);
  });
});
