import type { RateLimits } from '#contracts';
import { Rehearsal } from './index.js';
import type { RehearsalPlan, RehearsalResult } from './index.js';

const HOUR = 3_600_000;
const ACCOUNT = { id: '1', limits: {}, warmup: null, connections: 10, roundTripMs: 100, weight: 1 };
const PLAN: RehearsalPlan = {
  seed: 7,
  startMs: Date.parse('2026-03-02T08:00:00Z'),
  deadlineMs: 48 * HOUR,
  accounts: [ACCOUNT],
  groups: [{ provider: 'sandbox', recipients: 10_000, accounts: ['1'], receivers: 1 }],
  limitScale: 1,
  messagesPerSecond: Infinity,
  retryDelay: (earlier, random) => 60 * (earlier + 1) * (0.8 + 0.4 * random),
  slowedDelay: (random) => 5 + 15 * random,
};

function rehearse(more: Partial<RehearsalPlan>): RehearsalResult {
  const rehearsal = new Rehearsal({ ...PLAN, ...more });
  while (rehearsal.advance(10_000));
  return rehearsal.result();
}

/** Everybody has exactly one outcome. */
const settled = ({ accepted, rejected, expired }: RehearsalResult) => accepted + rejected + expired;

it('without limits the connections and their round trips decide how long it takes', () => {
  const result = rehearse({});
  expect(result).toMatchObject({ accepted: 10_000, expired: 0, slowed: 0, bouncedHard: 0 });
  // Ten connections of ten messages a second each.
  expect(result.durationMs / 1_000).toBeCloseTo(100, -1);
});

it.each<[RateLimits, number]>([
  [{ perSecond: 5 }, 2_000],
  [{ perMinute: 120 }, 5_000],
])('an account of %j takes about %d seconds for ten thousand, and never more than its limit', (limits, seconds) => {
  const result = rehearse({ accounts: [{ ...ACCOUNT, limits }] });
  expect(settled(result)).toBe(10_000);
  expect(Math.abs(result.durationMs / 1_000 / seconds - 1)).toBeLessThan(0.03);
  expect(result.peakPerMinute).toBeLessThanOrEqual(limits.perMinute ?? (limits.perSecond ?? 0) * 60);
});

it('a day’s limit stretches it over days, and what is not through by the deadline expires', () => {
  const day = rehearse({ accounts: [{ ...ACCOUNT, limits: { perDay: 6_000 } }] });
  expect(day.accepted).toBe(10_000);
  expect(day.durationMs).toBeGreaterThan(24 * HOUR);
  expect(day.durationMs).toBeLessThan(26 * HOUR);
  expect(day.accounts[0]?.heldMs).toBeGreaterThan(22 * HOUR);
  const expired = rehearse({ accounts: [{ ...ACCOUNT, limits: { perDay: 3_000 } }] });
  expect(expired.accepted).toBeLessThanOrEqual(9_000);
  expect(settled(expired)).toBe(10_000);
  expect(expired.expired).toBeGreaterThan(900);
});

it('a warm-up lets more through each day', () => {
  const warmup = { preset: 'own' as const, startAt: '2026-03-02T08:00:00Z', volumes: [20, 40] };
  const { accepted, durationMs } = rehearse({
    accounts: [{ ...ACCOUNT, warmup }],
    groups: [{ provider: 'sandbox', recipients: 50, accounts: ['1'], receivers: 1 }],
  });
  expect(accepted).toBe(50);
  expect(durationMs).toBeGreaterThan(24 * HOUR);
  expect(durationMs).toBeLessThan(26 * HOUR);
});

it('a strict provider is slowed down by its own words, and the others keep their speed', () => {
  const groups = [
    { provider: 'qq', recipients: 3_000, accounts: ['1'], receivers: 1 },
    { provider: 'gmail', recipients: 3_000, accounts: ['1'], receivers: 1 },
  ];
  // QQ takes 120 a minute then, Gmail 240.
  const result = rehearse({ groups, limitScale: 0.02 });
  expect(settled(result)).toBe(6_000);
  const [qq, gmail] = result.providers;
  expect(qq).toMatchObject({ provider: 'qq', expired: 0, said: expect.stringContaining('frequency limited') });
  expect(qq?.slowed).toBeGreaterThan(0);
  expect(qq?.firstSlowedMs).toBeLessThan(60_000);
  expect(qq?.slowestPerSecond).toBeLessThan(3);
  // No faster than QQ takes them, and not much slower either.
  expect(qq?.durationMs).toBeGreaterThan((3_000 / 132 - 1) * 60_000);
  expect(qq?.durationMs).toBeLessThan((3_000 / 120) * 60_000 * 2);
  expect(gmail?.durationMs).toBeLessThan(qq?.durationMs ?? 0);
  // Refusals are few beside what went through: the pace is found, not hammered at.
  expect(qq?.slowed).toBeLessThan(1_500);
});

it('bounces and complaints come in the shares of the simulated providers', () => {
  const groups = [{ provider: 'netease', recipients: 100_000, accounts: ['1'], receivers: 1 }];
  const result = rehearse({ groups, accounts: [{ ...ACCOUNT, connections: 200 }] });
  expect(result.bouncedHard / result.accepted).toBeCloseTo(0.01, 2);
  expect(result.bouncedSoft / result.accepted).toBeCloseTo(0.004, 2);
  expect(result.complained).toBeLessThan(100);
});

it('newcomers at companies are put off now and then, and come through at a later try', () => {
  const result = rehearse({ groups: [{ provider: 'other', recipients: 2_000, accounts: ['1'], receivers: 1 }] });
  expect(result).toMatchObject({ accepted: 2_000, expired: 0 });
  expect(result.deferred / 2_000).toBeCloseTo(0.05, 1);
});

it('in the long tail every domain takes as much as one provider', () => {
  const group = { provider: 'other', recipients: 3_000, accounts: ['1'] };
  // One company takes 240 a minute then, three hundred companies whatever comes.
  const one = rehearse({ groups: [{ ...group, receivers: 1 }], limitScale: 0.02 });
  const many = rehearse({ groups: [{ ...group, receivers: 300 }], limitScale: 0.02 });
  expect(one.slowed).toBeGreaterThan(0);
  expect(many.slowed).toBe(0);
  expect(many.durationMs).toBeLessThan(one.durationMs / 2);
});

it('two accounts share by their weights, and reserved recipients stay with the sandbox', () => {
  const accounts = [
    { ...ACCOUNT, id: '1', weight: 3, limits: { perSecond: 50 } },
    { ...ACCOUNT, id: '2', weight: 1, limits: { perSecond: 10 } },
    { ...ACCOUNT, id: 'sandbox' },
  ];
  const groups = [
    { provider: 'gmail', recipients: 6_000, accounts: ['1', '2'], receivers: 1 },
    { provider: 'sandbox', recipients: 500, accounts: ['sandbox'], receivers: 1 },
  ];
  const sent = rehearse({ accounts, groups }).accounts;
  expect(sent.map((account) => account.id)).toEqual(['1', '2', 'sandbox']);
  expect((sent[0]?.sent ?? 0) / (sent[1]?.sent ?? 1)).toBeCloseTo(5, 0);
  expect(sent[2]?.sent).toBe(500);
});

it('what can be made per second bounds everything', () => {
  const result = rehearse({ messagesPerSecond: 20, accounts: [{ ...ACCOUNT, connections: 1_000 }] });
  expect(Math.abs(result.durationMs / 500_000 - 1)).toBeLessThan(0.02);
});

it('the same seed tells the same story, another one another', () => {
  const groups = [{ provider: 'other', recipients: 3_000, accounts: ['1'], receivers: 1 }];
  expect(rehearse({ groups })).toEqual(rehearse({ groups }));
  expect(rehearse({ groups, seed: 8 })).not.toEqual(rehearse({ groups }));
});

it('the timeline has at most sixty steps and holds every acceptance', () => {
  const result = rehearse({
    accounts: [{ ...ACCOUNT, limits: { perSecond: 1 } }],
    groups: [{ ...PLAN.groups[0]!, recipients: 4_500 }],
  });
  expect(result.timeline.length).toBeLessThanOrEqual(60);
  expect(result.timeline.reduce((sum, step) => sum + step.accepted, 0)).toBe(result.accepted);
});

it('nobody to send to is over at once, and hours of sending are a few thousand steps', () => {
  expect(rehearse({ groups: [] })).toMatchObject({ durationMs: 0, accepted: 0, timeline: [{ accepted: 0 }] });
  const steps = new Rehearsal({
    ...PLAN,
    groups: [{ provider: 'gmail', recipients: 100_000, accounts: ['1'], receivers: 1 }],
    accounts: [{ ...ACCOUNT, limits: { perSecond: 20 } }],
  });
  let chunks = 0;
  while (steps.advance(1_000)) chunks += 1;
  expect(chunks).toBeLessThan(20);
  expect(steps.left).toBe(0);
});
