/**
 * Why an address should not be mailed as it stands, the gravest first: one that has several counts under the first.
 * `silent` is somebody who got many mails and never opened, clicked or answered one.
 */
export const ADDRESS_REASONS = [
  'complained',
  'bounced',
  'syntax',
  'typo',
  'domain_gone',
  'null_mx',
  'no_mx',
  'disposable',
  'soft_bounced',
  'silent',
  'role',
] as const;
export type AddressReason = (typeof ADDRESS_REASONS)[number];

export const ADDRESS_VERDICTS = ['valid', 'risky', 'invalid'] as const;
export type AddressVerdict = (typeof ADDRESS_VERDICTS)[number];

/** What a reason alone makes of an address; of several the worst counts. */
export const VERDICT_OF_REASON: Record<AddressReason, 'risky' | 'invalid'> = {
  complained: 'invalid',
  bounced: 'invalid',
  syntax: 'invalid',
  typo: 'risky',
  domain_gone: 'invalid',
  null_mx: 'invalid',
  no_mx: 'invalid',
  disposable: 'risky',
  soft_bounced: 'risky',
  silent: 'risky',
  role: 'risky',
};

/**
 * What the DNS says about a domain's mail: it names exchangers; it has none, but an address (RFC 5321 section 5.1); it
 * refuses mail (null MX, RFC 7505); it has neither; it does not exist.
 */
export const DOMAIN_MAIL = ['exchangers', 'address', 'refused', 'nothing', 'no-such-domain'] as const;
export type DomainMail = (typeof DOMAIN_MAIL)[number];
