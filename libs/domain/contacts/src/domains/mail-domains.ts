import type { DomainMail } from '#contracts';
import { isReservedDomain } from '#engine/address';
import { PROVIDER_DOMAINS, providerOfExchangers } from '#engine/pace';
import type { Sql } from '#platform/database';
import type { MailExchangers } from '#platform/egress';

/** Domains looked up at once. */
const AT_ONCE = 20;
const DAY = 86_400;
/** After so many domains in a row without any answer the DNS is not to be reached. */
const SILENT_MAX = 60;
const KNOWN = new Set(PROVIDER_DOMAINS.map(({ domain }) => domain));

/** Asks who takes a domain's mail. */
export type LookUp = (domain: string) => Promise<MailExchangers>;

/**
 * Looks up who runs some of the domains that no table knows and that wait for it; what it finds holds for the next
 * preparation. A look-up that had no answer is tried again in an hour. Any number of processes may do it at once.
 * @returns how many there were, and how many of them had no answer (all of many: the DNS is not to be reached)
 */
export async function lookUpDomains(sql: Sql, lookUp: LookUp): Promise<{ tried: number; silent: number }> {
  const due = await sql.rows<{ domain: string }>(
    `UPDATE mail_domains SET retry_at = now() + interval '1 hour'
     WHERE domain IN (SELECT domain FROM mail_domains WHERE retry_at <= now() ORDER BY retry_at LIMIT $1
                      FOR UPDATE SKIP LOCKED)
     RETURNING domain`,
    [AT_ONCE],
  );
  const answered = await Promise.all(due.map(({ domain }) => lookUpOne(sql, domain, lookUp)));
  return { tried: due.length, silent: answered.filter((found) => !found).length };
}

/** Whether there was an answer, which is kept then. */
async function lookUpOne(sql: Sql, domain: string, lookUp: LookUp): Promise<boolean> {
  const found = await lookUp(domain);
  if (!found.ok && found.reason === 'no-answer') return false;
  const provider = found.ok ? providerOfExchangers(found.names) : 'other';
  const mail: DomainMail = found.ok ? found.mail : 'no-such-domain';
  await sql.run(
    `UPDATE mail_domains SET provider = $2, mail = $3, checked_at = now(), retry_at = now() + make_interval(secs => $4)
     WHERE domain = $1`,
    [domain, provider === 'other' ? null : provider, mail, (found.ok ? 30 : 1) * DAY],
  );
  return true;
}

/** True for a domain whose mail needs no look-up: a large provider's, or one that can be nobody's. */
export function isKnownDomain(domain: string): boolean {
  return KNOWN.has(domain) || isReservedDomain(domain);
}

/**
 * Looks up those of the domains that the cache does not answer for, now, for somebody who waits. A domain that gave no
 * answer is left to the watch beside the sending.
 * @param watch its `silent` counts domains in a row without an answer, over calls; past a limit nothing is asked any more
 * @returns how many were asked and gave an answer
 */
export async function lookUpMissing(
  sql: Sql,
  domains: readonly string[],
  lookUp: LookUp,
  watch: { silent: number },
): Promise<number> {
  if (watch.silent >= SILENT_MAX) return 0;
  const missing = await sql.rows<{ domain: string }>(
    `INSERT INTO mail_domains AS d (domain, retry_at) SELECT unnest($1::text[]), now() + interval '1 hour'
     ON CONFLICT (domain) DO UPDATE SET retry_at = now() + interval '1 hour'
     WHERE d.mail IS NULL OR d.retry_at <= now() RETURNING domain`,
    [[...new Set(domains.filter((domain) => !isKnownDomain(domain)))].sort()],
  );
  let answered = 0;
  for (let at = 0; at < missing.length && watch.silent < SILENT_MAX; at += AT_ONCE) {
    const some = missing.slice(at, at + AT_ONCE);
    const found = await Promise.all(some.map(({ domain }) => lookUpOne(sql, domain, lookUp)));
    const ofSome = found.filter(Boolean).length;
    answered += ofSome;
    watch.silent = ofSome > 0 ? 0 : watch.silent + some.length;
  }
  return answered;
}

/** What is known about the mail of domains; those nobody has looked up are not in it. */
export async function mailOfDomains(sql: Sql, domains: readonly string[]): Promise<Map<string, DomainMail>> {
  const rows = await sql.rows<{ domain: string; mail: DomainMail }>(
    'SELECT domain, mail FROM mail_domains WHERE domain = ANY ($1::text[]) AND mail IS NOT NULL',
    [domains],
  );
  return new Map(rows.map(({ domain, mail }) => [domain, mail]));
}
