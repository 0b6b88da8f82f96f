import { Resolver } from 'node:dns/promises';
import type { DomainMail } from '#contracts';

/** Names of a domain's mail exchangers, the most preferred first, and whether it takes mail; or why that is not known. */
export type MailExchangers =
  | { ok: true; names: string[]; mail: Exclude<DomainMail, 'no-such-domain'> }
  | { ok: false; reason: 'no-such-domain' | 'no-answer'; detail: string };

const NAMES_MAX = 20;
/** Codes of c-ares for an answer that is one: the name does not exist, or has no such record. */
const NOTHING = new Set(['ENOTFOUND', 'ENODATA']);

/** Asks the DNS who takes a domain's mail (RFC 5321 section 5.1). */
export class MailExchangerLookup {
  private readonly resolver: Resolver;

  /**
   * @param timeoutMs for the whole of one look-up
   * @param servers `address:port` of resolvers; the system's where absent
   */
  constructor(timeoutMs: number, servers?: readonly string[]) {
    this.resolver = new Resolver({ timeout: timeoutMs, tries: 1 });
    if (servers) this.resolver.setServers(servers);
  }

  async lookUp(domain: string): Promise<MailExchangers> {
    try {
      const records = await this.resolver.resolveMx(domain);
      const names = records
        .toSorted((one, other) => one.priority - other.priority)
        .map(({ exchange }) => exchange.toLowerCase())
        .filter((name) => name !== '' && name !== '.');
      // RFC 7505: a single exchanger without a name.
      return { ok: true, names: names.slice(0, NAMES_MAX), mail: names.length > 0 ? 'exchangers' : 'refused' };
    } catch (error) {
      const { code = '', message } = error as NodeJS.ErrnoException;
      if (code === 'ENODATA') return this.lookUpAddress(domain);
      return { ok: false, reason: NOTHING.has(code) ? 'no-such-domain' : 'no-answer', detail: message };
    }
  }

  /** A domain without MX takes mail at its own address, where it has one (RFC 5321 section 5.1). */
  private async lookUpAddress(domain: string): Promise<MailExchangers> {
    const answers = await Promise.allSettled([this.resolver.resolve4(domain), this.resolver.resolve6(domain)]);
    if (answers.some((answer) => answer.status === 'fulfilled')) return { ok: true, names: [], mail: 'address' };
    for (const answer of answers) {
      const { code = '', message } = (answer as PromiseRejectedResult).reason as NodeJS.ErrnoException;
      if (!NOTHING.has(code)) return { ok: false, reason: 'no-answer', detail: message };
    }
    return { ok: true, names: [], mail: 'nothing' };
  }

  /** Ends what is under way. */
  cancel(): void {
    this.resolver.cancel();
  }
}
