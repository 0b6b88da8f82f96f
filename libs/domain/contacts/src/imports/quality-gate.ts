import type { AddressReason, DomainMail } from '#contracts';
import { judgeParsed } from '#engine/address-quality';
import type { Database } from '#platform/database';
import { isKnownDomain, lookUpMissing, mailOfDomains } from '../domains/mail-domains.js';
import type { LookUp } from '../domains/mail-domains.js';

/** Domains remembered during one import; beyond that the cache in the database is asked again. */
const REMEMBERED_MAX = 200_000;
/** Domains between two calls of `alive`: none may take longer than the lease even when all keep silent. */
const AT_ONCE = 100;

/** Tells of the addresses an import brings which are not valid, and counts them by reason. One per run. */
export class QualityGate {
  readonly counts: Partial<Record<AddressReason, number>> = {};
  private readonly mail = new Map<string, DomainMail | null>();
  private readonly watch = { silent: 0 };

  /** @param lookUp asks the DNS; null where it may not be asked */
  constructor(
    private readonly db: Database,
    private readonly lookUp: LookUp | null,
  ) {}

  /** Learns about domains that were not seen before. @param alive is called between slow look-ups; throws to stop */
  async learn(domains: Iterable<string>, alive: () => Promise<void>): Promise<void> {
    const fresh = [...new Set(domains)].filter((domain) => !isKnownDomain(domain) && !this.mail.has(domain));
    if (fresh.length === 0) return;
    if (this.mail.size > REMEMBERED_MAX) this.mail.clear();
    for (let at = 0; at < fresh.length; at += AT_ONCE) {
      const some = fresh.slice(at, at + AT_ONCE);
      if (this.lookUp) {
        if (at > 0) await alive();
        await lookUpMissing(this.db, some, this.lookUp, this.watch);
      }
      const known = await mailOfDomains(this.db, some);
      for (const domain of some) this.mail.set(domain, known.get(domain) ?? null);
    }
  }

  /** The gravest reason against an address that was parsed, which is counted; null for a valid one. */
  judge(email: string, domain: string): AddressReason | null {
    const local = email.slice(0, email.lastIndexOf('@'));
    const [gravest = null] = judgeParsed({ local, domain }, this.mail.get(domain) ?? null, null).reasons;
    if (gravest) this.counts[gravest] = (this.counts[gravest] ?? 0) + 1;
    return gravest;
  }
}
