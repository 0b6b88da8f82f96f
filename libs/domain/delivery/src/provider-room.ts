import { paceUnit } from '#engine/pace';
import type { ProviderPaces } from './provider-paces.js';

/** Who has no room at a provider of the long tail is looked at again after this at the earliest. */
const LATER_MS = 1_000;

/** Who of a slice may be sent now by the paces of their providers, and who waits how long. */
export interface Room<T> {
  now: T[];
  later: { seq: number; waitMs: number }[];
}

/**
 * Who of a slice may be sent now: all of them, unless their provider (in the long tail: their domain) has asked this
 * account to slow down. Those of one provider that are left over are simply asked for again.
 */
export async function roomAt<T extends { seq: number; email: string }>(
  paces: ProviderPaces,
  accountId: string,
  provider: string,
  recipients: T[],
): Promise<Room<T>> {
  await paces.ready(accountId);
  if (provider !== 'other') {
    const { granted } = await paces.grant(accountId, provider, recipients.length);
    return { now: recipients.slice(0, granted), later: [] };
  }
  const isRestricted = ({ email }: T) => paces.isRestricted(accountId, paceUnit(provider, email));
  const restricted = recipients.filter(isRestricted);
  const room: Room<T> = { now: recipients.filter((recipient) => !isRestricted(recipient)), later: [] };
  const domains = new Map<string, T[]>();
  for (const recipient of restricted) {
    const domain = paceUnit(provider, recipient.email);
    domains.set(domain, [...(domains.get(domain) ?? []), recipient]);
  }
  for (const [domain, those] of domains) {
    const { granted, waitMs } = await paces.grant(accountId, domain, those.length);
    room.now.push(...those.slice(0, granted));
    room.later.push(...those.slice(granted).map(({ seq }) => ({ seq, waitMs: Math.max(waitMs, LATER_MS) })));
  }
  return room;
}
