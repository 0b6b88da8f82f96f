import { PROVIDERS } from './provider-table.js';
import type { MailboxProvider } from './provider-table.js';

const ENTRIES = Object.entries(PROVIDERS) as [MailboxProvider, (typeof PROVIDERS)[MailboxProvider]][];

/** The table's domains as rows, for joins in SQL; domains that are not in it belong to `other`. */
export const PROVIDER_DOMAINS: ReadonlyArray<{ domain: string; provider: MailboxProvider }> = ENTRIES.flatMap(
  ([provider, { domains }]) => domains.map((domain) => ({ domain, provider })),
);

const BY_DOMAIN = new Map(PROVIDER_DOMAINS.map(({ domain, provider }) => [domain, provider]));
const BY_EXCHANGER = new Map(ENTRIES.flatMap(([provider, { mx }]) => mx.map((end) => [end, provider] as const)));

/** The provider of a mailbox domain (A-labels, any case); `other` for the long tail. */
export function providerOf(domain: string): MailboxProvider {
  return BY_DOMAIN.get(domain.toLowerCase()) ?? 'other';
}

/**
 * The provider that runs a domain's mailboxes, by the names of its mail exchangers, the most preferred first; the
 * longest known end of a name decides. `other` where none is known.
 */
export function providerOfExchangers(names: readonly string[]): MailboxProvider {
  for (const name of names) {
    const labels = name.toLowerCase().replace(/\.$/, '').split('.');
    for (let from = 0; from < labels.length; from += 1) {
      const provider = BY_EXCHANGER.get(labels.slice(from).join('.'));
      if (provider) return provider;
    }
  }
  return 'other';
}

/**
 * What is paced together at one account: a provider, or in the long tail one domain (names of providers hold no dot).
 * @param provider as stored with the recipient
 * @param email its address
 */
export function paceUnit(provider: string, email: string): string {
  return provider === 'other' ? email.slice(email.lastIndexOf('@') + 1).toLowerCase() : provider;
}

/** Messages per second with which a unit is tried again after it asked to slow down. */
export function paceAfterSlowDown(unit: string): number {
  const known = Object.hasOwn(PROVIDERS, unit) ? PROVIDERS[unit as MailboxProvider] : PROVIDERS.other;
  return known.afterSlowDown;
}
