import { fillText } from '#engine/simulated-providers';
import type { ReplyText } from '#engine/simulated-providers';
import type { Field, Leaf } from './mime.js';
import { foldField, formatDate, headerBytes } from './mime.js';
import type { ReportContext } from './report-context.js';
import { zoneOf } from './report-context.js';

/** Why a report says the message was not delivered. */
export type BounceReason = 'unknown' | 'full' | 'expired';

/** A bounce in terms every provider's form is made from. */
export interface Bounce extends ReportContext {
  reason: BounceReason;
  reply: ReplyText;
}

const STATUS: Record<BounceReason, string> = { unknown: '5.1.1', full: '5.2.2', expired: '5.4.7' };
const MAX_RETURNED = 64 * 1024;

/** The provider's own words for the reason. */
export function bounceOf(context: ReportContext, reason: BounceReason): Bounce {
  const { texts, mx } = context.plan.provider;
  const expired: ReplyText = { code: 451, lines: [`4.4.1 connect to ${mx}[192.0.2.25]:25: Connection timed out`] };
  return { ...context, reason, reply: fillText(reason === 'expired' ? expired : texts[reason], context.recipient) };
}

/** Enhanced status code (RFC 3463): the one in the reply where it tells one and is final, else that of the reason. */
export function statusOf({ reply, reason }: Bounce): string {
  return /^5\.\d{1,3}\.\d{1,3}(?= )/.exec(reply.lines[0] ?? '')?.[0] ?? STATUS[reason];
}

/** The reply on one line, each of its lines with the code, as relays quote it. */
export function quoteReply({ code, lines }: ReplyText): string {
  return lines.map((line, index) => `${code}${index < lines.length - 1 ? '-' : ' '}${line}`).join(' ');
}

/**
 * The machine-readable part (RFC 3464).
 * @param status replaces the status where a provider always tells the same
 */
export function deliveryStatus(bounce: Bounce, status = statusOf(bounce)): Leaf {
  const { recipient, plan, record, reason, reply } = bounce;
  const arrival = formatDate(Date.parse(record.receivedAt), zoneOf(plan));
  const perMessage: Field[] = [
    ['Reporting-MTA', `dns; ${plan.provider.mx}`],
    ['Arrival-Date', arrival],
  ];
  const perRecipient: Field[] = [
    ['Final-Recipient', typedAddress(recipient)],
    ['Original-Recipient', typedAddress(recipient)],
    ['Action', 'failed'],
    ['Status', status],
    ...(reason === 'expired' ? [] : [['Remote-MTA', `dns; ${plan.provider.mx}`] as Field]),
    ['Diagnostic-Code', `smtp; ${quoteReply(reply)}`],
  ];
  const body = perMessage.map(foldField).join('') + '\r\n' + perRecipient.map(foldField).join('');
  return { type: 'message/delivery-status', description: 'Delivery report', body: Buffer.from(body, 'utf8') };
}

/** The returned message: its header block (`text/rfc822-headers`, RFC 6522). */
export function returnedHeaders({ raw }: ReportContext): Leaf {
  return { type: 'text/rfc822-headers', description: 'Undelivered Message Headers', body: headerBytes(raw) };
}

/** The returned message, whole up to 64 kB and only its headers beyond. */
export function returnedMessage(context: ReportContext, disposition?: string): Leaf {
  if (context.raw.length > MAX_RETURNED) return returnedHeaders(context);
  return { type: 'message/rfc822', body: context.raw, disposition };
}

/** Address with its type (RFC 3464 section 2.3.2; for international addresses RFC 6533 section 3). */
export function typedAddress(address: string): string {
  if (/^[\x20-\x7e]*$/.test(address)) return `rfc822; ${address}`;
  const escaped = Array.from(address, (character) =>
    /[\x21-\x7e]/.test(character) ? character : `\\x{${character.codePointAt(0)!.toString(16).toUpperCase()}}`,
  );
  return `utf-8; ${escaped.join('')}`;
}
