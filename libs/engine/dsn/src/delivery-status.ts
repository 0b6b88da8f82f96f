/** message/delivery-status (RFC 3464) and its international form (RFC 6533). */
import { decodeHeaderText } from './mime/encoded-words.js';
import { tidyAddress } from './address.js';
import { parseAddress } from '#engine/address';
import { parseHeaders } from './mime/headers.js';
import type { MailHeaders } from './mime/headers.js';

/** More recipients than any message of ours has; a longer report is cut here and says so. */
const MAX_RECIPIENTS = 1_000;

type DsnAction = 'failed' | 'delayed' | 'delivered' | 'relayed' | 'expanded' | 'unknown';

/** One per-recipient group as the report wrote it. */
export interface DsnRecipient {
  /** Original-Recipient where given (it survives forwards), else Final-Recipient, else X-Actual-Recipient. */
  address: string;
  /** Final-Recipient, when it differs. */
  finalAddress: string | null;
  action: DsnAction;
  status: string | null;
  diagnostic: string;
  remoteMta: string;
}

interface DeliveryStatus {
  reportingMta: string;
  recipients: DsnRecipient[];
  truncated: boolean;
}

/** Reads one report body. Fields without an address are kept out; groups split by stray blank lines are put together. */
export function parseDeliveryStatus(text: string): DeliveryStatus {
  const { groups, truncated } = fieldGroups(text);
  const [message] = groups;
  const recipients: DsnRecipient[] = [];
  for (const group of groups) {
    const recipient = readGroup(group);
    if (recipient) recipients.push(recipient);
  }
  return { reportingMta: mtaName(message?.get('reporting-mta') ?? ''), recipients, truncated };
}

/**
 * Groups are separated by blank lines (section 2.1.1), but servers add blank lines inside groups and leave them out
 * between groups: a recipient field that the current group already has begins a new one, and a group that names nobody
 * belongs to the recipient before it.
 */
function fieldGroups(text: string): { groups: MailHeaders[]; truncated: boolean } {
  const groups: MailHeaders[] = [];
  let truncated = false;
  for (const block of text.replace(/\r+\n|\r/g, '\n').split(/\n[ \t]*\n/)) {
    if (groups.length > MAX_RECIPIENTS) {
      truncated = true;
      break;
    }
    const fields = parseHeaders(block);
    if (fields.size > 0) addFields(groups, fields);
  }
  return { groups, truncated };
}

function addFields(groups: MailHeaders[], fields: MailHeaders): void {
  let current = groups.at(-1);
  const orphan = current !== undefined && groups.length > 1 && !namesRecipient(fields);
  if (!orphan || current === undefined) {
    current = parseHeaders('');
    groups.push(current);
  }
  for (const { name, value } of fields.list) {
    if (name === 'final-recipient' && current.has('final-recipient') && groups.length <= MAX_RECIPIENTS) {
      current = parseHeaders('');
      groups.push(current);
    }
    current.add(name, value);
  }
}

function namesRecipient(fields: MailHeaders): boolean {
  return fields.has('final-recipient') || fields.has('original-recipient') || fields.has('x-actual-recipient');
}

function readGroup(group: MailHeaders): DsnRecipient | null {
  const final = typedAddress(group.get('final-recipient'));
  const original = decodeXtext(typedAddress(group.get('original-recipient')));
  const actual = typedAddress(group.get('x-actual-recipient'));
  // Postfix loses the quotes of `"a..b"@x` in Original-Recipient: what no parser takes is no better than the final one.
  const usable = original !== null && (final === null || parseAddress(original).ok);
  const address = (usable ? original : final) ?? actual;
  if (address === null) return null;
  return {
    address,
    finalAddress: final !== null && final.toLowerCase() !== address.toLowerCase() ? final : null,
    action: readAction(group.get('action')),
    status: readStatus(group.get('status')),
    diagnostic: group
      .all('diagnostic-code')
      .map((value) => decodeHeaderText(value).replace(/^\s*(?!x-unix)[\w.-]{1,30}\s?;\s*/i, ''))
      .join(' ')
      .replace(/\s+/g, ' ')
      .trim(),
    remoteMta: mtaName(group.get('remote-mta') ?? ''),
  };
}

/** `rfc822; a@b` or `utf-8; a@b`. */
function typedAddress(value: string | null): string | null {
  return value === null ? null : tidyAddress(decodeHeaderText(value).replace(/^\s*[\w.-]{1,30}\s?;/, ''));
}

/** xtext (RFC 3461 section 4) of Original-Recipient: `+` and `=` must come encoded, nothing else needs to. */
function decodeXtext(address: string | null): string | null {
  return address === null ? null : address.replace(/\+2B/g, '+').replace(/\+3D/g, '=');
}

function mtaName(value: string): string {
  return value
    .replace(/^\s*[\w.-]{1,30}\s?;\s*/, '')
    .trim()
    .slice(0, 255)
    .toLowerCase();
}

const ACTIONS: Record<string, DsnAction> = {
  failed: 'failed',
  failure: 'failed',
  error: 'failed',
  fail: 'failed',
  delayed: 'delayed',
  delivered: 'delivered',
  relayed: 'relayed',
  expanded: 'expanded',
};

function readAction(value: string | null): DsnAction {
  return (
    ACTIONS[
      (value ?? '')
        .trim()
        .toLowerCase()
        .split(/[\s(;,]/)[0] ?? ''
    ] ?? 'unknown'
  );
}

/** The first `d.d.d` of a Status field; null when there is none. */
function readStatus(value: string | null): string | null {
  return /(?:^|[^\d.])([245]\.\d{1,3}\.\d{1,3})(?![\d.])/.exec(` ${(value ?? '').slice(0, 200)}`)?.[1] ?? null;
}
