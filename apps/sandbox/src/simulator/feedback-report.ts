import type { Field } from './mime.js';
import { composeMail, encodeText, foldField, formatDate, text } from './mime.js';
import { returnedMessage } from './delivery-report.js';
import type { ReportContext, SimulatedMail } from './report-context.js';
import { domainOf } from './report-context.js';

/** A recipient pressed "spam": the provider's abuse report (ARF, RFC 5965) to the envelope sender. */
export function complaintMail(context: ReportContext): SimulatedMail {
  const { record, recipient, at, key, plan } = context;
  if (!record.envelopeFrom) return undefined;
  const reporter = `feedback@${domainOf(recipient)}`;
  const received = formatDate(Date.parse(record.receivedAt));
  const notice = [
    `This is an email abuse report for a message received from IP 192.0.2.10 on ${received}.`,
    'For more information about this format please see RFC 5965.',
    '',
  ].join('\n');
  const feedback: Field[] = [
    ['Feedback-Type', 'abuse'],
    ['User-Agent', 'HongyanSandbox/1.0'],
    ['Version', '1'],
    ['Original-Mail-From', `<${record.envelopeFrom}>`],
    ['Original-Rcpt-To', `<${recipient}>`],
    ['Arrival-Date', received],
    ['Reporting-MTA', `dns; ${plan.provider.mx}`],
    ['Source-IP', '192.0.2.10'],
    ['Reported-Domain', domainOf(record.envelopeFrom)],
  ];
  const fields: Field[] = [
    ['Date', formatDate(at)],
    ['From', reporter],
    ['To', record.envelopeFrom],
    ['Subject', encodeText(`FW: ${record.subject}`)],
    ['Message-ID', `<${key}@${plan.provider.mx}>`],
    ['Auto-Submitted', 'auto-generated'],
  ];
  const parts = [
    text('text/plain', notice),
    { type: 'message/feedback-report', body: Buffer.from(feedback.map(foldField).join('')) },
    returnedMessage(context),
  ];
  const raw = composeMail(fields, { subtype: 'report; report-type=feedback-report', parts }, `=_${key}`);
  return { envelope: { from: reporter, to: record.envelopeFrom }, raw };
}
