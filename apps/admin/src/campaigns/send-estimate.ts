import type { Resource } from '../api/types.js';
import type { Draft } from './draft.js';

type Account = Resource<'SmtpAccount'>;

/** Messages a second that one connection carries to a server some way off. */
const PER_CONNECTION = 5;

/** Seconds a campaign takes over the accounts that may carry it, roughly; null where none may. */
export function secondsToSend(
  count: number,
  accounts: readonly Account[],
  { from, smtpAccounts, hourlyLimit }: Pick<Draft, 'from' | 'smtpAccounts' | 'hourlyLimit'>,
): number | null {
  const domain = from.address.slice(from.address.lastIndexOf('@') + 1).toLowerCase();
  const real = accounts.some(({ kind }) => kind === 'smtp');
  const usable = accounts.filter(
    ({ id, kind, enabled, fromDomains }) =>
      enabled &&
      (kind === 'smtp') === real &&
      (smtpAccounts.length === 0 || smtpAccounts.includes(id)) &&
      (!fromDomains || fromDomains.length === 0 || fromDomains.includes(domain)),
  );
  const carried = usable.reduce((sum, account) => sum + rateOf(account), 0);
  const perSecond = Math.min(carried, (hourlyLimit ?? Infinity) / 3_600);
  return perSecond > 0 ? Math.ceil(count / perSecond) : null;
}

function rateOf({ connections, limits, warmupState }: Account): number {
  const { perSecond, perMinute, perHour, perDay } = limits ?? {};
  const bounds = [
    (connections ?? 1) * PER_CONNECTION,
    perSecond,
    perMinute && perMinute / 60,
    perHour && perHour / 3_600,
    perDay && perDay / 86_400,
    warmupState?.volume && warmupState.volume / 86_400,
  ];
  return Math.min(...bounds.filter((bound): bound is number => typeof bound === 'number' && bound > 0));
}
