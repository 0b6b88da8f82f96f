import { Resolver } from 'node:dns/promises';

/** What a name has of one type; a name that does not exist, or has none, has no values. */
export type DnsValues = { ok: true; values: string[] } | { ok: false; detail: string };

/** Codes of c-ares for an answer that is one: the name does not exist, or has no such record. */
const NOTHING = new Set(['ENOTFOUND', 'ENODATA']);

/** Asks the DNS for the records people publish for their domains. */
export class DnsRecords {
  private readonly resolver: Resolver;

  /**
   * @param timeoutMs for each question
   * @param servers the setting DNS_SERVERS: `address` or `address:port`, comma-separated; empty asks the system's
   */
  constructor(timeoutMs: number, servers: string) {
    this.resolver = new Resolver({ timeout: timeoutMs, tries: 2 });
    const named = servers
      .split(',')
      .map((server) => server.trim())
      .filter(Boolean);
    if (named.length > 0) this.resolver.setServers(named);
  }

  /** The strings of each TXT record joined (RFC 7208 section 3.3), MX hosts the most preferred first, or addresses. */
  async ask(name: string, type: 'TXT' | 'MX' | 'A'): Promise<DnsValues> {
    try {
      return { ok: true, values: await this.values(name, type) };
    } catch (error) {
      const { code = '', message } = error as NodeJS.ErrnoException;
      return NOTHING.has(code) ? { ok: true, values: [] } : { ok: false, detail: code || message };
    }
  }

  private async values(name: string, type: 'TXT' | 'MX' | 'A'): Promise<string[]> {
    if (type === 'TXT') return (await this.resolver.resolveTxt(name)).map((strings) => strings.join(''));
    if (type === 'A') {
      // A host may have IPv6 addresses only.
      return this.resolver.resolve4(name).catch((error: NodeJS.ErrnoException) => {
        if (error.code !== 'ENODATA') throw error;
        return this.resolver.resolve6(name);
      });
    }
    const records = await this.resolver.resolveMx(name);
    const sorted = records.toSorted((one, other) => one.priority - other.priority);
    return sorted.map(({ exchange }) => exchange.toLowerCase()).filter(Boolean);
  }

  /** Ends what is under way. */
  cancel(): void {
    this.resolver.cancel();
  }
}
