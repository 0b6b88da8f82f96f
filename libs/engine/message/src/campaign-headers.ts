import { parseAddress } from '#engine/address';
import { formatPhrase } from './mailbox.js';
import { MessageError } from './message-error.js';

export interface CampaignHeaderOptions {
  /** RFC 2919 list identifier without brackets: stable, in a domain of the sender, e.g. `7.lists.example.com`. */
  listId: string;
  listName?: string;
  /** Acts on POST only (RFC 8058). */
  unsubscribeUrl: string;
  /** Address that unsubscribes whom its token names; left out where no mail can come in. */
  unsubscribeMailto?: string;
  /** `campaign:customer:type:sender`, as Gmail's feedback loop reads it; up to four fields, the last one constant. */
  feedbackId?: string;
  /** Mass mail: adds `Precedence: bulk`, which stops vacation replies of older systems. Not for triggered mail. */
  bulk?: boolean;
  /** Sent by a rule without a person's doing (RFC 3834): adds `Auto-Submitted: auto-generated`. Not for campaigns. */
  automatic?: boolean;
}

/**
 * The headers that make a message recognisable and leavable as list mail, as [name, value] for composeMessage.
 * One-click (RFC 8058) is promised only where it is allowed: with https, or on the machine itself, so that the whole
 * loop can be tried with the sandbox.
 */
export function campaignHeaders(options: CampaignHeaderOptions): Array<[string, string]> {
  const headers: Array<[string, string]> = [['List-Id', listIdValue(options)]];
  const ways = [`<${checkedUrl(options.unsubscribeUrl)}>`];
  if (options.unsubscribeMailto !== undefined) ways.push(`<${mailto(options.unsubscribeMailto)}>`);
  headers.push(['List-Unsubscribe', ways.join(', ')]);
  if (/^(?:https:|http:\/\/(?:localhost|127\.0\.0\.1|\[::1\])[:/])/i.test(options.unsubscribeUrl)) {
    headers.push(['List-Unsubscribe-Post', 'List-Unsubscribe=One-Click']);
  }
  if (options.feedbackId !== undefined) {
    if (!/^[\x21-\x39\x3B-\x7E]{0,60}(?::[\x21-\x39\x3B-\x7E]{0,60}){0,3}$/.test(options.feedbackId)) {
      throw refused('feedbackId', 'give up to four fields of printable ASCII with colons between them.');
    }
    headers.push(['Feedback-ID', options.feedbackId]);
  }
  if (options.bulk) headers.push(['Precedence', 'bulk']);
  if (options.automatic) headers.push(['Auto-Submitted', 'auto-generated']);
  return headers;
}

function listIdValue({ listId, listName }: CampaignHeaderOptions): string {
  if (listId.length > 255 || !/^[A-Za-z0-9_-]+(?:\.[A-Za-z0-9_-]+)+$/.test(listId)) {
    throw refused('listId', 'use letters, digits and hyphens with dots between, as in news.example.com.');
  }
  const name = formatPhrase(listName ?? '', 'listName', 'List-Id: '.length);
  return name === '' ? `<${listId}>` : `${name} <${listId}>`;
}

function checkedUrl(url: string): string {
  if (url.length > 900 || !/^https?:\/\/[\x21\x23-\x2B\x2D-\x3B\x3D\x3F-\x7E]+$/i.test(url)) {
    throw refused(
      'unsubscribeUrl',
      'give an http or https URL of at most 900 ASCII characters, without < > " or comma.',
    );
  }
  return url;
}

function mailto(address: string): string {
  const parsed = parseAddress(address);
  if (!parsed.ok) throw refused('unsubscribeMailto', parsed.message);
  // RFC 6068: what has a meaning in a URL is escaped.
  const local = encodeURIComponent(parsed.value.local);
  return `mailto:${local}@${parsed.value.domain}?subject=unsubscribe`;
}

function refused(property: string, message: string): MessageError {
  return new MessageError('HEADER_INVALID', property, message);
}
