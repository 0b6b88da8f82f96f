/** Complaints: ARF (RFC 5965, 6591) and Microsoft's JMRP, which has no report part. */
import { findAddresses, tidyAddress } from '../address.js';
import type { Finding, Reading } from '../reading.js';
import type { InboundRecipient } from '#contracts';
import type { MailHeaders } from '../mime/headers.js';

const MAX_RECIPIENTS = 50;

/** A complaint with its feedback type, or null. */
export function detectComplaint(reading: Reading): Finding | null {
  return readArf(reading) ?? readJmrp(reading);
}

function readArf({ mail }: Reading): Finding | null {
  const report = mail.feedbackReport;
  const declared = /report-type\s?=\s?"?feedback-report/i.test(mail.headers.get('content-type') ?? '');
  if (!report && !declared) return null;
  const feedbackType = (report?.get('feedback-type') ?? 'abuse').trim().toLowerCase().slice(0, 40) || 'abuse';
  const named = ['original-rcpt-to', 'removal-recipient'].flatMap((name) => report?.all(name) ?? []);
  const addresses = unique(named.map((value) => tidyAddress(value)));
  const [original] = mail.originals;
  const chosen = addresses.length > 0 ? addresses : recipientsOfOriginal(original);
  return {
    kind: 'complaint',
    rule: `arf.${feedbackType.replace(/[^a-z-]/g, '')}`,
    feedbackType,
    recipients: chosen.map(complainant),
  };
}

/** `From: staff@hotmail.com`, multipart/mixed, the original with `X-HmXmrOriginalRecipient`. */
function readJmrp({ mail, from, subject }: Reading): Finding | null {
  const original = mail.originals.find((headers) => headers.has('x-hmxmroriginalrecipient'));
  const bySender = /staff@hotmail\.com/i.test(from) && /^complaint about message from/i.test(subject);
  if (!original && !bySender) return null;
  const named = tidyAddress(original?.get('x-hmxmroriginalrecipient') ?? '');
  return {
    kind: 'complaint',
    rule: 'jmrp',
    feedbackType: 'abuse',
    recipients: (named ? [named] : []).map(complainant),
  };
}

function recipientsOfOriginal(original: MailHeaders | undefined): string[] {
  const to = (original?.all('to') ?? []).join(',').slice(0, 16_384);
  return findAddresses(to, MAX_RECIPIENTS);
}

function unique(addresses: (string | null)[]): string[] {
  const byKey = new Map<string, string>();
  for (const address of addresses)
    if (address) byKey.set(address.toLowerCase(), byKey.get(address.toLowerCase()) ?? address);
  return [...byKey.values()].slice(0, MAX_RECIPIENTS);
}

/** Reason and group say nothing here: what a complaint does follows from its feedback type. */
function complainant(address: string): InboundRecipient {
  return {
    address,
    action: 'unknown',
    status: null,
    replyCode: null,
    diagnostic: '',
    reason: 'undefined',
    group: 'unknown',
    rule: 'none',
  };
}
