import type { DomainRecord } from '#contracts';
import { expectedRecords, spfMechanismFor } from '#engine/sender-auth';
import type { ExpectedRecord } from '#engine/sender-auth';
import type { DkimKeyRow } from './sending-domain.repository.js';
import type { SmtpAccountRow } from './smtp-account.repository.js';

/** Where this installation is reached from outside. */
export interface Hosts {
  /** Takes mail that comes back. */
  inbound: string;
  tracking: string;
}

/** What a domain needs in the DNS, by its keys and by the accounts that may send from it. */
export function recordsToPublish(
  domain: string,
  keys: readonly DkimKeyRow[],
  accounts: readonly SmtpAccountRow[],
  hosts: Hosts,
): ExpectedRecord[] {
  const carriers = accounts.filter(
    ({ kind, enabled, fromDomains }) =>
      kind === 'smtp' && enabled && (fromDomains.length === 0 || fromDomains.includes(domain)),
  );
  const returnPaths = carriers.flatMap(({ returnPath, returnPathDomain }) =>
    returnPath === 'verp' && returnPathDomain ? [returnPathDomain] : [],
  );
  return expectedRecords({
    domain,
    keys: keys.flatMap(({ selector, state, record }) => (state === 'retired' ? [] : [{ selector, state, record }])),
    mechanisms: [...new Set(carriers.map(({ host }) => spfMechanismFor(host)))],
    returnPaths: [...new Set(returnPaths)],
    inboundHost: hosts.inbound,
    trackingHost: hosts.tracking,
  });
}

/** The records as they are to be now, each as it was judged last, if it was. */
export function asJudged(expected: readonly ExpectedRecord[], stored: readonly DomainRecord[]): DomainRecord[] {
  return expected.map(({ kind, type, name, value }) => {
    const judged = stored.find(
      (record) => record.name === name && record.type === type && (type !== 'TXT' || sameKey(record, kind, value)),
    );
    return judged
      ? { ...judged, kind }
      : { kind, type, name, value, state: 'unchecked', code: '', params: {}, found: [] };
  });
}

/** A key that was made anew under its selector has not been looked for yet. */
function sameKey(record: DomainRecord, kind: string, value: string): boolean {
  return !kind.startsWith('dkim') || record.value === value;
}
