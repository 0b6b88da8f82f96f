import {
  detectChallengeMail,
  detectMachineAnswer,
  detectMachineMail,
  detectReceipt,
  detectReply,
  detectUnsubscribe,
  unrecognised,
} from './kinds/person.js';
import { detectComplaint } from './kinds/complaint.js';
import { detectDeliveryReport } from './kinds/delivery-report.js';
import { detectFreeForm } from './kinds/free-form.js';
import { detectSesNotification } from './kinds/ses-notification.js';
import { wordsToMatch } from '#engine/bounce-rules';
import { openMail } from './reading.js';
import { canonicalAddress, tidyAddress } from './address.js';
import { authenticReporter } from './reporters.js';
import { tokenCandidates } from './tokens.js';
import type { Envelope, Finding, Reading } from './reading.js';
import type { InboundVerdict } from '#contracts';

type Detector = (reading: Reading) => Finding | null;

/** Asked in this order; the first that finds something decides. */
const DETECTORS: Detector[] = [
  detectComplaint,
  detectReceipt,
  detectDeliveryReport,
  detectSesNotification,
  detectFreeForm,
  detectMachineAnswer,
  detectChallengeMail,
  detectUnsubscribe,
  detectMachineMail,
  detectReply,
];

/**
 * Says what one raw mail is. Never throws and ends in time linear in its size, whatever the bytes; a mail that nothing
 * recognises is `other`.
 */
export function readMail(raw: Buffer, envelope: Envelope): InboundVerdict {
  const reading = openMail(raw, envelope);
  const finding = detect(reading);
  const { headers } = reading.mail;
  return {
    kind: finding.kind,
    rule: finding.rule,
    recipients: (finding.recipients ?? []).map((one) => ({ ...one, address: canonicalAddress(one.address) })),
    tokenCandidates: tokenCandidates(reading, reading.split.original),
    from: tidyAddress(reading.from),
    subject: reading.subject.slice(0, 500),
    messageId: headers.get('message-id')?.slice(0, 320) ?? null,
    visibleReply: finding.visibleReply ?? null,
    awayUntil: finding.awayUntil ?? null,
    leftCompany: finding.leftCompany ?? null,
    reporter: finding.kind === 'complaint' ? authenticReporter(headers, envelope.authservId ?? '') : null,
    feedbackType: finding.feedbackType ?? null,
    words: wordsToMatch(
      [reading.subject, ...(finding.recipients ?? []).slice(0, 3).map(said), reading.split.head].join('\n'),
    ),
  };
}

const said = ({ diagnostic }: { diagnostic: string }): string => diagnostic.slice(0, 500);

function detect(reading: Reading): Finding {
  for (const detector of DETECTORS) {
    const finding = detector(reading);
    if (finding) return finding;
  }
  return unrecognised(reading);
}
