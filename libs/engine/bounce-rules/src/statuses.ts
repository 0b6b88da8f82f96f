/** What remains when no words decide: the enhanced status (RFC 3463, RFC 7505, the IANA registry), then the code. */
import type { BounceReason } from '#contracts';

/** Subject and detail (`1.1`) to reason. `0.0` is missing on purpose: it says nothing. */
// prettier-ignore
const DETAIL: Record<string, BounceReason> = {
  '1.0': 'onhold', '1.1': 'userunknown', '1.2': 'hostunknown', '1.3': 'userunknown', '1.4': 'filtered',
  '1.6': 'hasmoved', '1.7': 'rejected', '1.8': 'rejected', '1.9': 'rejected', '1.10': 'notaccept',
  '2.0': 'filtered', '2.1': 'suspend', '2.2': 'mailboxfull', '2.3': 'exceedlimit', '2.4': 'filtered',
  '3.0': 'systemerror', '3.1': 'systemfull', '3.2': 'systemerror', '3.3': 'systemerror', '3.4': 'mesgtoobig',
  '3.5': 'systemerror', '4.0': 'networkerror', '4.1': 'expired', '4.2': 'expired', '4.3': 'systemerror',
  '4.4': 'hostunknown', '4.5': 'systemfull', '4.6': 'networkerror', '4.7': 'expired', '4.8': 'networkerror',
  '5.0': 'systemerror', '5.1': 'syntaxerror', '5.2': 'syntaxerror', '5.3': 'ratelimited', '5.4': 'syntaxerror',
  '5.5': 'syntaxerror', '6.0': 'contenterror', '6.1': 'contenterror', '6.2': 'contenterror',
  '6.3': 'contenterror', '6.4': 'contenterror', '6.5': 'contenterror', '6.6': 'contenterror',
  '6.7': 'contenterror', '6.9': 'contenterror', '7.0': 'policyviolation', '7.1': 'rejected', '7.2': 'rejected',
  '7.3': 'securityerror', '7.4': 'securityerror', '7.5': 'securityerror', '7.6': 'securityerror',
  '7.7': 'securityerror', '7.8': 'securityerror', '7.9': 'policyviolation', '7.10': 'failedstarttls',
  '7.11': 'securityerror', '7.13': 'suspend', '7.14': 'securityerror', '7.15': 'securityerror',
  '7.16': 'securityerror', '7.17': 'hasmoved', '7.18': 'hasmoved', '7.20': 'authfailure', '7.21': 'authfailure',
  '7.22': 'authfailure', '7.23': 'authfailure', '7.24': 'authfailure', '7.25': 'requireptr',
  '7.26': 'authfailure', '7.27': 'notaccept', '7.28': 'ratelimited', '7.29': 'authfailure',
  '7.30': 'failedstarttls', '7.509': 'authfailure', '7.57': 'securityerror', '7.60': 'authfailure',
  '7.64': 'norelaying', '7.133': 'securityerror', '7.500': 'ratelimited', '7.501': 'spamdetected',
  '7.502': 'spamdetected', '7.503': 'spamdetected', '7.511': 'blocked', '7.515': 'authfailure',
  '7.650': 'badreputation', '7.705': 'ratelimited', '7.708': 'blocked', '7.750': 'blocked',
};

/** Microsoft's block of numbers for banned addresses (`5.7.606` to `5.7.649`). */
const MICROSOFT_BANNED = /^7\.6(?:0[6-9]|[1-4]\d)$/;

/** Reply codes where they alone are known. 550 and 553 say too many things to condemn an address. */
// prettier-ignore
const CODE: Record<number, BounceReason> = {
  421: 'blocked', 422: 'mailboxfull', 426: 'expired', 432: 'systemerror', 441: 'expired', 450: 'onhold',
  451: 'systemerror', 452: 'systemfull', 454: 'failedstarttls', 500: 'syntaxerror', 501: 'syntaxerror',
  502: 'syntaxerror', 503: 'syntaxerror', 504: 'syntaxerror', 510: 'userunknown', 511: 'userunknown',
  512: 'hostunknown', 515: 'userunknown', 521: 'notaccept', 523: 'mesgtoobig', 525: 'suspend',
  530: 'securityerror', 535: 'securityerror', 541: 'spamdetected', 551: 'hasmoved',
  552: 'mailboxfull', 553: 'onhold', 554: 'rejected', 556: 'notaccept',
};

/** Details so particular that nobody sends them by accident: they outweigh general words. */
// prettier-ignore
const TELLING = new Set([
  '1.2', '1.6', '1.7', '1.8', '2.2', '2.3', '3.4', '4.7', '6.0', '6.1', '6.3', '7.13', '7.17', '7.20', '7.21',
  '7.22', '7.23', '7.24', '7.25', '7.26', '7.28', '7.29', '7.30', '7.509', '7.515', '7.57', '7.9', '7.650', '7.705', '7.708', '7.750',
]);

/** Reason by enhanced status where the status is particular enough to outweigh general words; else null. */
export function reasonOfTellingStatus(status: string): BounceReason | null {
  const detail = status.slice(2);
  return TELLING.has(detail) || MICROSOFT_BANNED.test(detail) ? reasonOfStatus(status) : null;
}

/** Reason by enhanced status alone; null where it says nothing (`5.0.0`). */
export function reasonOfStatus(status: string): BounceReason | null {
  const detail = status.slice(2);
  if (DETAIL[detail]) return DETAIL[detail];
  return MICROSOFT_BANNED.test(detail) ? 'blocked' : null;
}

/** Reason by reply code alone; null where it is not in the table. */
export function reasonOfCode(code: number): BounceReason | null {
  return CODE[code] ?? null;
}
