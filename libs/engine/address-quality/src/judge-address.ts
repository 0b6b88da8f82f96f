import type { AddressReason, AddressVerdict, DomainMail } from '#contracts';
import { ADDRESS_REASONS, VERDICT_OF_REASON } from '#contracts';
import { isReservedDomain, parseAddress, suggestDomain } from '#engine/address';
import { isDisposableDomain } from './disposable-domains.js';
import { nearMiss } from './near-miss.js';
import { isRoleName } from './role-names.js';

/** What an address has done so far, as the ledger and the suppression list tell. */
export interface PastBehaviour {
  /** It is barred, or was told gone, for a reason that a look at the address itself can't show. */
  hardBounced: boolean;
  complained: boolean;
  /** Temporary failures in a row, without a message accepted and kept after them. */
  softBounces: number;
  /** Messages that were accepted and not bounced. */
  mails: number;
  /** Any open, click or reply by a person. */
  engaged: boolean;
}
/** From which counts on the past speaks against an address. */
export interface PastLimits {
  softBounces: number;
  /** So many mails without a sign of life. */
  silentMails: number;
}
export const PAST_LIMITS: PastLimits = { softBounces: 3, silentMails: 10 };

export interface Judgement {
  verdict: AddressVerdict;
  /** The gravest first; empty for a valid address. */
  reasons: AddressReason[];
  /** The whole address that was probably meant, when a slip in the domain is among the reasons. */
  suggestion: string | null;
}

/**
 * Judges one address by what is known without asking its server: syntax (RFC 5321, 6531; IDN as A-labels), slips in the
 * domain, whether the domain takes mail (RFC 7505), roles (RFC 2142), throw-away domains and the past.
 * @param mail what the DNS said about its domain; null where it was not asked or gave no answer: then it says nothing
 * @param past null for an address nobody has mailed
 */
export function judgeAddress(
  address: string,
  mail: DomainMail | null,
  past: PastBehaviour | null,
  limits: PastLimits = PAST_LIMITS,
): Judgement {
  const parsed = parseAddress(address);
  if (!parsed.ok) return { verdict: 'invalid', reasons: ['syntax'], suggestion: null };
  return judgeParsed(parsed.value, mail, past, limits);
}

/** The same for an address that the parser has just passed. */
export function judgeParsed(
  { local, domain }: { local: string; domain: string },
  mail: DomainMail | null,
  past: PastBehaviour | null,
  limits: PastLimits = PAST_LIMITS,
): Judgement {
  const found = new Set<AddressReason>(past ? pastReasons(past, limits) : []);
  const gone = isReservedDomain(domain) ? null : domainReason(mail);
  if (gone) found.add(gone);
  const meant = suggestDomain(domain) ?? (gone ? nearMiss(domain) : null);
  if (meant) found.add('typo');
  if (isRoleName(local)) found.add('role');
  if (isDisposableDomain(domain)) found.add('disposable');
  const reasons = ADDRESS_REASONS.filter((reason) => found.has(reason));
  const verdict = reasons.reduce<AddressVerdict>(
    (worst, reason) => (worst === 'invalid' ? worst : VERDICT_OF_REASON[reason]),
    'valid',
  );
  return { verdict, reasons, suggestion: meant ? `${local}@${meant}` : null };
}

function domainReason(mail: DomainMail | null): AddressReason | null {
  if (mail === 'no-such-domain') return 'domain_gone';
  if (mail === 'refused') return 'null_mx';
  return mail === 'nothing' ? 'no_mx' : null;
}

function pastReasons(past: PastBehaviour, limits: PastLimits): AddressReason[] {
  const reasons: AddressReason[] = [];
  if (past.complained) reasons.push('complained');
  if (past.hardBounced) reasons.push('bounced');
  if (past.softBounces >= limits.softBounces) reasons.push('soft_bounced');
  if (!past.engaged && past.mails >= limits.silentMails) reasons.push('silent');
  return reasons;
}
