import fc from 'fast-check';
import { BOUNCE_REASONS, HYGIENE_RULES } from '#contracts';
import type { HitReason, HygieneRule } from '#contracts';
import {
  HYGIENE_TABLE,
  counting,
  decide,
  defaultSetting,
  fewestToPause,
  problemsOf,
  quarantineUntil,
  rowsCounted,
  ruleOf,
  selfPause,
  settingOf,
} from './index.js';

const HOUR = 3_600_000;
const DAY = 24 * HOUR;
const NOW = Date.parse('2026-03-01T08:00:00Z');
const ago = (...days: number[]) => days.map((n) => NOW - n * DAY);
const NO_SIGNS = { active: [], delivered: [] };
const after = (rule: HygieneRule, hits: number[], signs: Partial<typeof NO_SIGNS | { active: number[] }> = {}) =>
  decide(rule, defaultSetting(rule), { hits, signs: { ...NO_SIGNS, ...signs }, at: NOW }).do;

describe('the table', () => {
  it('has every reason in exactly one row', () => {
    const all: HitReason[] = [...Object.values(BOUNCE_REASONS).flat(), 'leftcompany'];
    const placed = HYGIENE_RULES.flatMap((rule) => [...HYGIENE_TABLE[rule].reasons]);
    expect([...placed].sort()).toEqual([...all].sort());
    expect(all.every((reason) => (HYGIENE_TABLE[ruleOf(reason)].reasons as readonly string[]).includes(reason))).toBe(
      true,
    );
  });

  it('starts within its own bounds, and says which number is out of them', () => {
    for (const rule of HYGIENE_RULES) expect(problemsOf(rule, defaultSetting(rule))).toEqual([]);
    const { parameters } = defaultSetting('mailbox_full');
    expect(problemsOf('mailbox_full', { enabled: true, parameters: { ...parameters, times: 1, toString: 4 } })).toEqual(
      [
        { name: 'toString', bounds: null },
        { name: 'times', bounds: { min: 2, max: 20 } },
      ],
    );
    // What was stored by an older version, or by hand, falls back to the default.
    expect(settingOf('mailbox_full', { parameters: { times: 99, spanDays: 30 } }).parameters).toEqual({
      ...parameters,
      spanDays: 30,
    });
    expect(settingOf('no_mailbox', { enabled: false }).enabled).toBe(true);
  });
});

describe('an address', () => {
  it.each<[string, HygieneRule, number[], object, string]>([
    ['unknown', 'no_mailbox', ago(0), {}, 'suppress'],
    ['unknown, clicked last week', 'no_mailbox', ago(0), { active: ago(7) }, 'nothing'],
    ['unknown, clicked long ago', 'no_mailbox', ago(0), { active: ago(31) }, 'suppress'],
    ['unknown twice within a day, clicked last week', 'no_mailbox', ago(1, 0), { active: ago(7) }, 'nothing'],
    ['unknown again after 72 hours, clicked last week', 'no_mailbox', ago(3, 0), { active: ago(7) }, 'suppress'],
    ['unknown again, replied in between', 'no_mailbox', ago(5, 0), { active: ago(7, 2) }, 'nothing'],
    ['suspended once', 'suspended', ago(0), {}, 'nothing'],
    ['suspended twice in a month', 'suspended', ago(29, 0), {}, 'suppress'],
    ['suspended twice in two months', 'suspended', ago(60, 0), {}, 'nothing'],
    ['said to have left the company once', 'left_company', ago(0), {}, 'nothing'],
    ['said to have left the company twice in a month', 'left_company', ago(29, 0), {}, 'suppress'],
    ['said to have left, and clicked in between', 'left_company', ago(29, 0), { active: ago(9) }, 'nothing'],
    ['full', 'mailbox_full', ago(0), {}, 'back-off'],
    ['full four times over a month', 'mailbox_full', ago(30, 20, 10, 0), {}, 'back-off'],
    ['full five times over two weeks', 'mailbox_full', ago(14, 10, 8, 4, 0), {}, 'back-off'],
    ['full five times over three weeks', 'mailbox_full', ago(21, 14, 10, 7, 0), {}, 'suppress'],
    [
      'full, but it took three in between',
      'mailbox_full',
      ago(28, 21, 14, 7, 0),
      { delivered: ago(6, 4, 2) },
      'back-off',
    ],
    ['full, but it took only two', 'mailbox_full', ago(28, 21, 14, 7, 0), { delivered: ago(6, 4) }, 'suppress'],
    [
      'full, three deliveries far apart',
      'mailbox_full',
      ago(28, 21, 14, 7, 0),
      { delivered: ago(25, 15, 5) },
      'suppress',
    ],
    ['unreachable', 'unreachable', ago(9, 8, 7, 6, 5, 4, 3, 2, 1, 0), {}, 'nothing'],
  ])('%s', (_, rule, hits, signs, done) => {
    expect(after(rule, hits, signs)).toBe(done);
  });

  it('counts who has left together with who is suspended, unless that row is switched off', () => {
    const off = (rule: HygieneRule) => ({ ...defaultSetting(rule), enabled: rule !== 'left_company' });
    expect(rowsCounted('suspended', defaultSetting)).toEqual(['suspended', 'left_company']);
    expect(rowsCounted('suspended', off)).toEqual(['suspended']);
    expect(rowsCounted('left_company', off)).toEqual(['left_company', 'suspended']);
    expect(rowsCounted('mailbox_full', defaultSetting)).toEqual(['mailbox_full']);
  });

  const time = fc.integer({ min: NOW - 400 * DAY, max: NOW + 30 * DAY });
  const signs = fc.record({ active: fc.array(time, { maxLength: 5 }), delivered: fc.array(time, { maxLength: 8 }) });
  const setting = (rule: HygieneRule) =>
    fc
      .record(
        Object.fromEntries(
          Object.entries(HYGIENE_TABLE[rule].parameters as Record<string, { min: number; max: number }>).map(
            ([name, { min, max }]) => [name, fc.integer({ min, max })],
          ),
        ),
      )
      .map((parameters) => ({ enabled: true, parameters }));
  const cases = fc
    .constantFrom(...HYGIENE_RULES)
    .chain((rule) => fc.record({ rule: fc.constant(rule), setting: setting(rule), hits: fc.array(time), signs }));

  it('is never touched by what blocks us, whatever is set', () => {
    fc.assert(
      fc.property(setting('blocked'), fc.array(time), signs, (blocked, hits, known) => {
        expect(decide('blocked', blocked, { hits, signs: known, at: NOW }).do).toBe('nothing');
      }),
    );
  });

  it('fares the same in whatever order its bounces become known, and nothing later counts', () => {
    fc.assert(
      fc.property(cases, fc.array(time), ({ rule, setting: own, hits, signs: known }, later) => {
        const now = decide(rule, own, { hits, signs: known, at: NOW });
        const shuffled = [...hits].reverse().concat(later.filter((at) => at > NOW));
        expect(decide(rule, own, { hits: shuffled, signs: known, at: NOW })).toEqual(now);
      }),
    );
  });

  it('begins anew with a click: nothing counts then, and less than without it', () => {
    fc.assert(
      fc.property(cases, ({ rule, setting: own, hits, signs: known }) => {
        const clicked = { ...known, active: [...known.active, NOW] };
        expect(counting(hits, clicked, NOW)).toEqual([]);
        expect(decide(rule, own, { hits, signs: clicked, at: NOW }).do).toBe('nothing');
        expect(counting(hits, known, NOW).length).toBeLessThanOrEqual(hits.length);
      }),
    );
  });
});

describe('a domain', () => {
  const setting = defaultSetting('unreachable');

  it('is quarantined after 7 over 14 days, and for no less', () => {
    expect(quarantineUntil(setting, ago(14, 12, 10, 8, 6, 3, 0), NOW)).toBe(NOW + 30 * DAY);
    expect(quarantineUntil(setting, ago(13, 12, 10, 8, 6, 3, 0), NOW)).toBeNull();
    expect(quarantineUntil(setting, ago(14, 12, 10, 8, 6, 0), NOW)).toBeNull();
    expect(quarantineUntil({ ...setting, enabled: false }, ago(14, 12, 10, 8, 6, 3, 0), NOW)).toBeNull();
  });
});

describe('a campaign', () => {
  const setting = defaultSetting('blocked');
  const at = (provider: string, settled: number, blocked: number) => ({ provider, settled, blocked });

  it('pauses itself above 5 % of its last 500, or 20 % at one provider', () => {
    expect(selfPause(setting, [at('qq', 300, 20), at('gmail', 200, 6)])).toEqual({
      provider: null,
      blocked: 26,
      of: 500,
    });
    expect(selfPause(setting, [at('qq', 300, 20), at('gmail', 200, 5)])).toBeNull();
    expect(selfPause(setting, [at('qq', 60, 13), at('gmail', 440, 0)])).toEqual({
      provider: 'qq',
      blocked: 13,
      of: 60,
    });
    expect(selfPause(setting, [at('qq', 60, 12), at('gmail', 440, 0)])).toBeNull();
    // The long tail is no provider.
    expect(selfPause(setting, [at('other', 60, 13), at('gmail', 440, 0)])).toBeNull();
  });

  it('does not for its first few answers', () => {
    expect(selfPause(setting, [at('qq', 20, 20)])).toBeNull();
    expect(selfPause({ ...setting, enabled: false }, [at('qq', 500, 500)])).toBeNull();
  });

  it('is not looked at below the least that can pause it', () => {
    const share = fc.integer({ min: 1, max: 100 });
    const messages = fc.integer({ min: 100, max: 5000 });
    fc.assert(
      fc.property(
        share,
        share,
        messages,
        fc.nat(200),
        fc.nat(5000),
        (percent, providerPercent, most, blocked, more) => {
          const own = { enabled: true, parameters: { percent, providerPercent, messages: most } };
          if (selfPause(own, [at('qq', blocked + more, blocked)])) {
            expect(blocked).toBeGreaterThanOrEqual(fewestToPause(own));
          }
        },
      ),
    );
  });
});
