/** Bounces and delays without a message/delivery-status part: qmail, Exim, Yahoo, NetEase, QQ, Sina and many gateways. */
import { bounceEvidence, fromDaemon } from './bounce-evidence.js';
import { classifyDiagnostic } from '../diagnostic.js';
import { findAddresses, tidyAddress } from '../address.js';
import { namedRecipients } from './recipient-lines.js';
import { parseDeliveryStatus } from '../delivery-status.js';
import { recipientOfGroup } from './delivery-report.js';
import type { Finding, Reading } from '../reading.js';
import type { InboundRecipient } from '#contracts';

/** A bounce or delay by its words, or null. */
export function detectFreeForm(reading: Reading): Finding | null {
  const { head } = reading.split;
  const evidence = bounceEvidence(reading, head);
  const failed = failedRecipientsHeader(reading);
  if (!evidence && (failed.length === 0 || !fromDaemon(reading))) return null;
  const pasted = reportInside(reading);
  const kind = evidence?.kind ?? 'bounce';
  const recipients = pasted.length > 0 ? pasted : fromWords(reading, kind, failed);
  if (pasted.length > 0) return { kind: kindOfPasted(pasted, kind), rule: 'free-form.pasted-report', recipients };
  return { kind, rule: evidence?.rule ?? 'free-form.x-failed-recipients', recipients };
}

/** `X-Failed-Recipients`, written by Exim, Google and others. */
function failedRecipientsHeader({ mail }: Reading): string[] {
  const values = mail.headers.all('x-failed-recipients').join(',').slice(0, 32_768);
  return findAddresses(values, 200);
}

/** A report one level deeper (a gateway wrapped the bounce), or one whose structure was lost. */
function reportInside(reading: Reading): InboundRecipient[] {
  const groups = reading.mail.embeddedStatus.flatMap((text) => parseDeliveryStatus(text).recipients);
  const named = namedRecipients(reading.split.head, ownAddresses(reading)).length > 0;
  if (groups.length > 0 && !named) return groups.map((group) => recipientOfGroup(group, reading, groups.length === 1));
  return pastedReport(reading);
}

/** RFC 3464 fields that stand in the text because a gateway lost the MIME structure. */
function pastedReport(reading: Reading): InboundRecipient[] {
  const text = reading.text.slice(0, 65_536);
  const at = text.search(/^(?:reporting-mta|final-recipient|original-recipient|action):/im);
  if (at < 0 || !/^(?:final|original)-recipient:/im.test(text)) return [];
  const { recipients } = parseDeliveryStatus(text.slice(at));
  return recipients.map((group) => recipientOfGroup(group, reading, recipients.length === 1));
}

function kindOfPasted(recipients: InboundRecipient[], fallback: 'bounce' | 'delay'): 'bounce' | 'delay' {
  if (recipients.some((recipient) => recipient.action === 'failed')) return 'bounce';
  return recipients.every((recipient) => recipient.action === 'delayed') ? 'delay' : fallback;
}

function fromWords(reading: Reading, kind: 'bounce' | 'delay', failed: string[]): InboundRecipient[] {
  const { head } = reading.split;
  const named = namedRecipients(head, ownAddresses(reading));
  const chosen =
    failed.length > 0
      ? failed.map((address) => named.find((one) => same(one.address, address)) ?? { address, about: '' })
      : named;
  const only = chosen.length === 1;
  return chosen.map(({ address, about }) => ({
    address,
    action: kind === 'delay' ? 'delayed' : 'failed',
    ...classifyDiagnostic({
      diagnostic: about,
      status: null,
      remoteMta: '',
      address,
      context: head,
      only,
    }),
  }));
}

function same(a: string, b: string): boolean {
  return a.toLowerCase() === b.toLowerCase();
}

/** The addresses of the report itself cannot have failed: who sent it and whom it went to. */
function ownAddresses(reading: Reading): Set<string> {
  const own = [tidyAddress(reading.from)];
  if (fromDaemon(reading)) own.push(tidyAddress(reading.mail.headers.text('reply-to')));
  return new Set(own.filter((address): address is string => address !== null).map((address) => address.toLowerCase()));
}
