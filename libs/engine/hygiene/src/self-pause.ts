import type { RuleSetting } from './table.js';

/** Fewer answers of a provider prove nothing about it. */
const PROVIDER_LEAST = 50;
/** All the small ones together are not one provider. */
const LONG_TAIL = 'other';

/** Answers of one mailbox provider among the last of a campaign. */
export interface ProviderAnswers {
  provider: string;
  /** All that were settled. */
  settled: number;
  /** Those of them by which we are refused. */
  blocked: number;
}

/** Why a campaign pauses itself: overall, or at one provider. */
export interface SelfPause {
  provider: string | null;
  blocked: number;
  of: number;
}

/** The least number of refusals that can pause a campaign at all: below it nothing need be looked at. */
export function fewestToPause(setting: RuleSetting): number {
  const { percent = 100, providerPercent = 100, messages = Infinity } = setting.parameters;
  return Math.floor(Math.min((percent / 100) * messages, (providerPercent / 100) * PROVIDER_LEAST)) + 1;
}

/**
 * Whether the last messages of a campaign were refused too often. A share is taken of a whole window, so that the
 * first few answers of a campaign don't stop it.
 */
export function selfPause(setting: RuleSetting, last: readonly ProviderAnswers[]): SelfPause | null {
  if (!setting.enabled) return null;
  const { percent = 100, providerPercent = 100, messages = Infinity } = setting.parameters;
  const sum = (key: 'settled' | 'blocked') => last.reduce((total, row) => total + row[key], 0);
  if (sum('blocked') > (percent / 100) * messages)
    return { provider: null, blocked: sum('blocked'), of: sum('settled') };
  const worst = last
    .filter(
      (row) =>
        row.provider !== LONG_TAIL &&
        row.settled >= PROVIDER_LEAST &&
        row.blocked > (providerPercent / 100) * row.settled,
    )
    .sort((a, b) => b.blocked / b.settled - a.blocked / a.settled)[0];
  return worst ? { provider: worst.provider, blocked: worst.blocked, of: worst.settled } : null;
}
