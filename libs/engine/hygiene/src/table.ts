import type { HitReason, HygieneRule } from '#contracts';

/** A number of a rule that a workspace may change, within its bounds. */
export interface Parameter {
  default: number;
  min: number;
  max: number;
  unit: 'times' | 'days' | 'hours' | 'percent' | 'messages';
}

/** One row of the decision table. */
export interface TableRow {
  reasons: readonly HitReason[];
  /** Whether a workspace may switch the row off, so that its reasons are only logged. */
  optional: boolean;
  parameters: Readonly<Record<string, Parameter>>;
}

const of = (unit: Parameter['unit'], value: number, min: number, max: number): Parameter => ({
  default: value,
  min,
  max,
  unit,
});

/**
 * What each reason does, with the defaults of the product. Every reason stands in exactly one row. `blocked` is about
 * us and never about the contact: nothing in it can suppress anybody, whatever is set.
 */
export const HYGIENE_TABLE = {
  // The address does not exist. Once is enough, but for somebody who clicked or replied in the last `activeDays`: then
  // at the `activeTimes`th, at least `activeHours` after the first.
  no_mailbox: {
    reasons: ['userunknown', 'hostunknown', 'hasmoved', 'notaccept', 'suppressed'],
    optional: false,
    parameters: {
      activeDays: of('days', 30, 0, 365),
      activeTimes: of('times', 2, 1, 5),
      activeHours: of('hours', 72, 0, 720),
    },
  },
  // Locked or filtered: suppressed at `times` within `withinDays`.
  suspended: {
    reasons: ['suspend', 'filtered'],
    optional: true,
    parameters: { times: of('times', 2, 1, 10), withinDays: of('days', 30, 1, 365) },
  },
  // An automatic reply says that the person is no longer there. It counts as suspended once, and so together with those.
  left_company: {
    reasons: ['leftcompany'],
    optional: true,
    parameters: { times: of('times', 2, 1, 10), withinDays: of('days', 30, 1, 365) },
  },
  // Left alone for `backOffDays`; suppressed at `times` over at least `spanDays`.
  mailbox_full: {
    reasons: ['mailboxfull'],
    optional: true,
    parameters: {
      backOffDays: of('days', 7, 1, 60),
      times: of('times', 5, 2, 20),
      spanDays: of('days', 21, 0, 365),
    },
  },
  // Nobody answers for the domain: counted by domain, which is quarantined at `times` over at least `spanDays`.
  unreachable: {
    reasons: ['expired', 'networkerror', 'systemerror', 'systemfull', 'mailererror'],
    optional: true,
    parameters: {
      times: of('times', 7, 2, 100),
      spanDays: of('days', 14, 1, 90),
      quarantineDays: of('days', 30, 1, 365),
    },
  },
  // We are refused: a campaign pauses itself above `percent` of its last `messages`, or `providerPercent` at a provider.
  blocked: {
    reasons: [
      ...([
        'blocked',
        'badreputation',
        'rejected',
        'spamdetected',
        'policyviolation',
        'authfailure',
        'requireptr',
      ] as const),
      ...(['notcompliantrfc', 'norelaying', 'securityerror', 'virusdetected', 'speeding', 'toomanyconn'] as const),
      ...(['ratelimited', 'failedstarttls', 'mesgtoobig', 'exceedlimit', 'contenterror', 'syntaxerror'] as const),
    ],
    optional: true,
    parameters: {
      percent: of('percent', 5, 1, 100),
      providerPercent: of('percent', 20, 1, 100),
      messages: of('messages', 500, 100, 5000),
    },
  },
  // Not understood: kept for a person.
  other: { reasons: ['undefined', 'onhold'], optional: false, parameters: {} },
} as const satisfies Record<HygieneRule, TableRow>;

/** How a workspace has set one row. */
export interface RuleSetting {
  enabled: boolean;
  parameters: Readonly<Record<string, number>>;
}

const RULE_OF = new Map<HitReason, HygieneRule>(
  (Object.keys(HYGIENE_TABLE) as HygieneRule[]).flatMap((rule) =>
    HYGIENE_TABLE[rule].reasons.map((reason): [HitReason, HygieneRule] => [reason, rule]),
  ),
);

/** The row a reason stands in. */
export function ruleOf(reason: HitReason): HygieneRule {
  return RULE_OF.get(reason) ?? 'other';
}

const COUNT_TOGETHER: readonly HygieneRule[] = ['suspended', 'left_company'];

/** The rows whose hits count under a row: its own, and of those that count together with it the ones that are in use. */
export function rowsCounted(rule: HygieneRule, settings: (rule: HygieneRule) => RuleSetting): HygieneRule[] {
  const others = COUNT_TOGETHER.includes(rule) ? COUNT_TOGETHER : [];
  return [rule, ...others.filter((other) => other !== rule && settings(other).enabled)];
}

/** A row as the product has it. */
export function defaultSetting(rule: HygieneRule): RuleSetting {
  const parameters: Record<string, Parameter> = HYGIENE_TABLE[rule].parameters;
  return {
    enabled: true,
    parameters: Object.fromEntries(Object.entries(parameters).map(([name, { default: value }]) => [name, value])),
  };
}

/** The default with what a workspace stored; what is no longer in the table or out of bounds does not count. */
export function settingOf(rule: HygieneRule, stored?: Partial<RuleSetting> | null): RuleSetting {
  const row: TableRow = HYGIENE_TABLE[rule];
  const base = defaultSetting(rule);
  const parameters: Record<string, number> = { ...base.parameters };
  for (const [name, { min, max }] of Object.entries(row.parameters)) {
    const value = stored?.parameters?.[name];
    if (value !== undefined && Number.isInteger(value) && value >= min && value <= max) parameters[name] = value;
  }
  return { enabled: row.optional ? (stored?.enabled ?? true) : true, parameters };
}

/** What is wrong with a setting a person gives, by parameter: its bounds, or that the row has no such one. */
export function problemsOf(
  rule: HygieneRule,
  setting: RuleSetting,
): { name: string; bounds: { min: number; max: number } | null }[] {
  const row: TableRow = HYGIENE_TABLE[rule];
  const unknown = Object.keys(setting.parameters).filter((name) => !Object.hasOwn(row.parameters, name));
  const outside = Object.entries(row.parameters).filter(([name, { min, max }]) => {
    const value = setting.parameters[name];
    return value === undefined || !Number.isInteger(value) || value < min || value > max;
  });
  return [
    ...unknown.map((name) => ({ name, bounds: null })),
    ...outside.map(([name, { min, max }]) => ({ name, bounds: { min, max } })),
  ];
}
