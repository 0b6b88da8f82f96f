import type { DomainRecord } from '#contracts';
import { dmarcFallbackName, judgeRecord } from '#engine/sender-auth';
import type { ExpectedRecord, JudgedRecord } from '#engine/sender-auth';
import type { DnsRecords } from '#platform/egress';

/**
 * Asks the DNS for every record, all at once, and judges what it says. What it does not answer stays as it was judged
 * before: a name server that is away for an hour takes nobody's domain away.
 */
export function checkRecords(
  dns: DnsRecords,
  domain: string,
  expected: readonly ExpectedRecord[],
  before: readonly DomainRecord[],
): Promise<DomainRecord[]> {
  return Promise.all(
    expected.map(async (record) => {
      const judged = judgeRecord(record, await dns.ask(record.name, record.type));
      if (judged.code === 'DMARC_MISSING') return (await inheritedPolicy(dns, domain, record)) ?? judged;
      if (judged.state !== 'unanswered') return judged;
      return before.find(({ kind, name, value }) => kind === record.kind && name === record.name && value) ?? judged;
    }),
  );
}

/** A subdomain without a policy of its own has that of its organisation. */
async function inheritedPolicy(dns: DnsRecords, domain: string, record: ExpectedRecord): Promise<JudgedRecord | null> {
  const name = dmarcFallbackName(domain);
  if (name === null) return null;
  const judged = judgeRecord(record, await dns.ask(name, 'TXT'));
  if (judged.state !== 'ok') return null;
  return { ...judged, code: 'DMARC_INHERITED', params: { ...judged.params, name } };
}

const MINUTE = 60;
const HOUR = 60 * MINUTE;

/** When a domain is looked at again by itself: often while somebody is at it, then ever more rarely. */
export function secondsUntilNextCheck(status: string, ageSeconds: number): number {
  if (status === 'verified') return 24 * HOUR;
  if (ageSeconds < HOUR) return MINUTE;
  return ageSeconds < 48 * HOUR ? 10 * MINUTE : 6 * HOUR;
}
