import type { z } from 'zod';
import type { Checklist } from '#contracts';
import { PROVIDER_DOMAINS } from '#engine/pace';
import type { Sql } from '#platform/database';
import { findSigningDomain, hasSmtpAccount } from '#domain/senders';

type Item = z.infer<typeof Checklist>['items'][number];

const FREE_MAIL = new Set(PROVIDER_DOMAINS.map(({ domain }) => domain));

/**
 * Whether receivers can tell that mail from a domain is really its own. All of it is warned of and blocks nothing: a
 * provider may sign in our stead, which the DNS does not tell. While only the sandbox sends, nobody outside is asked.
 */
export async function checkSenderDomain(sql: Sql, workspaceId: string, domain: string): Promise<Item[]> {
  if (!(await hasSmtpAccount(sql, workspaceId))) return [];
  const warning = (code: string, message: string, params: Item['params']): Item[] => [
    { code, severity: 'warning', property: 'from.address', message, ...(params ? { params } : {}) },
  ];
  const own = await findSigningDomain(sql, workspaceId, domain);
  if (!own) {
    return FREE_MAIL.has(domain)
      ? warning('FROM_FREE_MAIL', `Bulk mail from ${domain} is distrusted: use a domain of your own.`, { domain })
      : warning('DOMAIN_UNKNOWN', `${domain} is no sending domain yet: its mail leaves unsigned.`, { domain });
  }
  const about = { domain: own.domain, id: own.id };
  if (own.status === 'verified') return [];
  if (own.status === 'partly') {
    return warning('DOMAIN_PARTLY', `Some DNS records of ${own.domain} need attention.`, about);
  }
  const policy = own.records.find(({ kind }) => kind === 'dmarc')?.params.policy;
  if (own.status === 'unverified' && (policy === 'reject' || policy === 'quarantine')) {
    const message = `The DMARC policy of ${own.domain} has receivers refuse mail whose signature they can't check.`;
    return warning('DMARC_MISALIGNED', message, { ...about, policy });
  }
  return warning('DOMAIN_UNVERIFIED', `The DNS does not prove the signature of ${own.domain} yet.`, about);
}
