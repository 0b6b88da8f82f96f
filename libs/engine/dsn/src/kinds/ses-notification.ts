/** Amazon SES notifications that SNS sends as mail: JSON in the body. */
import { classifyDiagnostic } from '../diagnostic.js';
import { tidyAddress } from '../address.js';
import type { Finding, Reading } from '../reading.js';
import type { InboundRecipient } from '#contracts';

interface SesRecipient {
  emailAddress?: unknown;
  action?: unknown;
  status?: unknown;
  diagnosticCode?: unknown;
}
interface SesNotification {
  notificationType?: unknown;
  eventType?: unknown;
  bounce?: { bounceType?: unknown; bouncedRecipients?: SesRecipient[] };
  complaint?: { complaintFeedbackType?: unknown; complainedRecipients?: SesRecipient[] };
  delivery?: { recipients?: unknown[] };
}

const MAX_JSON = 65_536;
const MAX_RECIPIENTS = 200;

/** Verdict of an SES notification, or null when the text is not one. */
export function detectSesNotification({ text }: Reading): Finding | null {
  const start = text.trimStart();
  if (!start.startsWith('{') || !/(?:notification|event)Type/.test(start.slice(0, MAX_JSON))) return null;
  const notification = parse(start.slice(0, MAX_JSON));
  const type = notification?.notificationType ?? notification?.eventType;
  if (notification && type === 'Bounce') {
    const list = notification.bounce?.bouncedRecipients;
    return { kind: 'bounce', rule: 'ses.bounce', recipients: array(list).map((one) => toRecipient(one, 'failed')) };
  }
  if (notification && type === 'Complaint') {
    const feedback = notification.complaint?.complaintFeedbackType;
    const recipients = array(notification.complaint?.complainedRecipients).map((one) => toRecipient(one, 'unknown'));
    return {
      kind: 'complaint',
      rule: 'ses.complaint',
      recipients,
      feedbackType: typeof feedback === 'string' ? feedback : 'abuse',
    };
  }
  if (notification && type === 'Delivery') {
    const recipients = array(notification.delivery?.recipients).map((one) =>
      toRecipient({ emailAddress: one }, 'delivered'),
    );
    return { kind: 'other', rule: 'ses.delivery', recipients };
  }
  return null;
}

/** The JSON, or the one inside `Message` of the SNS envelope; trailing prose (the footer of SNS) is cut off. */
function parse(text: string): SesNotification | null {
  const footer = text.indexOf('\n--\n');
  const outer = tryParse(footer < 0 ? text : text.slice(0, footer));
  if (outer === null || typeof outer !== 'object') return null;
  const { Message } = outer as { Message?: unknown };
  const inner = typeof Message === 'string' ? tryParse(Message) : outer;
  return inner !== null && typeof inner === 'object' ? (inner as SesNotification) : null;
}

function tryParse(text: string): unknown {
  try {
    // Sendmail breaks lines over 990 characters by "!", a line break and a space.
    return JSON.parse(text.replace(/!\n /g, '').trim());
  } catch {
    return null;
  }
}

function array<T>(value: T[] | undefined): T[] {
  return Array.isArray(value) ? value.slice(0, MAX_RECIPIENTS) : [];
}

function toRecipient(one: SesRecipient, action: InboundRecipient['action']): InboundRecipient {
  const address = text(one.emailAddress);
  const diagnostic = text(one.diagnosticCode).replace(/^smtp;\s?/i, '');
  const judged = classifyDiagnostic({
    diagnostic,
    status: text(one.status) || null,
    remoteMta: '',
    address,
    context: '',
    only: true,
  });
  return { address: tidyAddress(address) ?? address.slice(0, 320), action, ...judged };
}

function text(value: unknown): string {
  return typeof value === 'string' ? value.slice(0, 2_000) : '';
}
