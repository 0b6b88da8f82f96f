import { Resolver } from 'node:dns/promises';

/** Names of a domain's mail exchangers, the most preferred first (none: it takes no mail); or why they are not known. */
export type MailExchangers =
  { ok: true; names: string[] } | { ok: false; reason: 'no-such-domain' | 'no-answer'; detail: string };

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
      return { ok: true, names: names.slice(0, NAMES_MAX) };
    } catch (error) {
      const { code = '', message } = error as NodeJS.ErrnoException;
      if (code === 'ENODATA') return { ok: true, names: [] };
      return { ok: false, reason: NOTHING.has(code) ? 'no-such-domain' : 'no-answer', detail: message };
    }
  }

  /** Ends what is under way. */
  cancel(): void {
    this.resolver.cancel();
  }
}
