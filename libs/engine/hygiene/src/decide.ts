import type { HygieneRule } from '#contracts';
import type { RuleSetting } from './table.js';

const HOUR = 3_600_000;
const DAY = 24 * HOUR;
/** So many deliveries within so long prove that an address works again. */
const DELIVERIES = 3;
const DELIVERY_SPAN = 14 * DAY;

/** What is known of an address besides its bounces; milliseconds since 1970, in any order. Opens prove nothing. */
export interface Signs {
  /** Clicks and replies of a person. */
  active: readonly number[];
  /** Messages that were accepted and have not bounced. */
  delivered: readonly number[];
}

/** What a bounce does to the address it is about. */
export type Decision =
  | { do: 'nothing'; count: number }
  | { do: 'suppress'; count: number }
  /** No campaign until then. */
  | { do: 'back-off'; count: number; until: number };

/**
 * From when on bounces count: the last click, reply, or third delivery within 14 days before `at`. Null when nothing
 * of the kind is known.
 */
export function resetAt(signs: Signs, at: number): number | null {
  const delivered = signs.delivered.filter((time) => time <= at).sort((a, b) => a - b);
  const proven = delivered.filter(
    (time, index) => index >= DELIVERIES - 1 && time - delivered[index - DELIVERIES + 1]! <= DELIVERY_SPAN,
  );
  const resets = [...signs.active.filter((time) => time <= at), ...proven];
  return resets.length === 0 ? null : Math.max(...resets);
}

/** The bounces that count at `at`: since the last reset, oldest first. */
export function counting(hits: readonly number[], signs: Signs, at: number): number[] {
  const since = resetAt(signs, at) ?? -Infinity;
  return hits.filter((time) => time > since && time <= at).sort((a, b) => a - b);
}

/**
 * What the bounce at `at` does to its address, by the setting of its row.
 * @param hits times of all bounces of this row at the address, the present one among them
 */
export function decide(
  rule: HygieneRule,
  setting: RuleSetting,
  { hits, signs, at }: { hits: readonly number[]; signs: Signs; at: number },
): Decision {
  const counted = counting(hits, signs, at);
  const count = counted.length;
  const nothing: Decision = { do: 'nothing', count };
  const [first] = counted;
  if (!setting.enabled || first === undefined) return nothing;
  const number = (name: string) => setting.parameters[name] ?? Infinity;
  switch (rule) {
    case 'no_mailbox': {
      const active = signs.active.some((time) => time <= first && first - time <= number('activeDays') * DAY);
      const again = count >= number('activeTimes') && at - first >= number('activeHours') * HOUR;
      return !active || number('activeTimes') === 1 || again ? { do: 'suppress', count } : nothing;
    }
    case 'suspended':
    case 'left_company': {
      const recent = counted.filter((time) => at - time <= number('withinDays') * DAY).length;
      return recent >= number('times') ? { do: 'suppress', count: recent } : { do: 'nothing', count: recent };
    }
    case 'mailbox_full':
      return count >= number('times') && at - first >= number('spanDays') * DAY
        ? { do: 'suppress', count }
        : { do: 'back-off', count, until: at + number('backOffDays') * DAY };
    case 'unreachable':
    case 'blocked':
    case 'other':
      return nothing;
  }
}

/**
 * Until when a domain is left alone; null while it is not to be.
 * @param hits times of all bounces that say its servers can't be reached, since the last message it took
 */
export function quarantineUntil(setting: RuleSetting, hits: readonly number[], at: number): number | null {
  const times = hits.filter((time) => time <= at);
  const { times: most = Infinity, spanDays = Infinity, quarantineDays = 0 } = setting.parameters;
  if (!setting.enabled || times.length < most || at - Math.min(...times) < spanDays * DAY) return null;
  return at + quarantineDays * DAY;
}
