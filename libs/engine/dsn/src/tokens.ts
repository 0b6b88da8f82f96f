/** Where our own tokens may stand in a mail that came back, best places first. Whether one is genuine is not judged here. */
import type { MailHeaders } from './mime/headers.js';
import type { Reading } from './reading.js';
import type { TokenCandidate } from '#contracts';

const MAX_CANDIDATES = 40;
const MAX_VALUE = 320;

/** Collects candidates from envelope, recipient headers and the returned original; no doubles, at most 40. */
export function tokenCandidates({ mail, envelope }: Reading, pasted: MailHeaders | null): TokenCandidate[] {
  const found = new Map<string, TokenCandidate>();
  const add = (where: TokenCandidate['where'], values: Iterable<string>): void => {
    for (const value of values) {
      const tidy = value.trim().slice(0, MAX_VALUE);
      const key = `${where} ${tidy}`;
      if (tidy !== '' && !found.has(key) && found.size < MAX_CANDIDATES) found.set(key, { where, value: tidy });
    }
  };
  add('envelope', envelope.recipients.map(localPart));
  // Our own server writes its header on top: one further down came with the mail.
  if (envelope.recipients.length === 0 && envelope.recipientHeader) {
    add('envelope', mail.headers.all(envelope.recipientHeader).slice(0, 1).map(localPart));
  }
  for (const name of ['delivered-to', 'x-original-to', 'envelope-to', 'x-envelope-to', 'x-rcpt-to', 'x-delivered-to']) {
    add('recipient-header', mail.headers.all(name).map(localPart));
  }
  add('recipient-header', (mail.headers.get('to') ?? '').slice(0, 4_000).split(',').slice(0, 10).map(localPart));
  for (const original of pasted ? [...mail.originals, pasted] : mail.originals) addOriginal(original, add);
  // RFC 8098: a read receipt names the message in its own part.
  add('original-message-id', messageIds(mail.dispositionNotification?.get('original-message-id') ?? null));
  add('in-reply-to', messageIds(mail.headers.get('in-reply-to')));
  add('in-reply-to', messageIds(mail.headers.get('references')).slice(-10));
  return [...found.values()];
}

type Add = (where: TokenCandidate['where'], values: Iterable<string>) => void;

function addOriginal(original: MailHeaders, add: Add): void {
  // NetEase replaces the Message-ID and keeps ours in its own header.
  for (const name of [
    'x-cm-original-message-id',
    'message-id',
    'x-original-message-id',
    'x-google-original-message-id',
  ]) {
    for (const value of original.all(name)) add('original-message-id', messageIds(value));
  }
  add('original-reference', original.all('x-hongyan-ref'));
  for (const name of ['return-path', 'x-return-path', 'errors-to']) {
    add('original-return-path', original.all(name).map(localPart));
  }
}

/** Local part of an address, with what relays wrapped around it taken off. */
function localPart(text: string): string {
  const address = /<([^<>]{1,320})>/.exec(text.slice(0, 1_000))?.[1] ?? text.trim();
  const at = address.lastIndexOf('@');
  return at > 0 ? unwrapLocal(address.slice(0, at)) : '';
}

/**
 * BATV (`prvs=0123abcdef=local`) and SRS (`SRS0=hhh=tt=domain=local`, `SRS1=hhh=relay==hhh=tt=domain=local`): relays
 * rewrite the return path this way and send bounces back unchanged.
 */
function unwrapLocal(local: string): string {
  const batv = /^prvs=[0-9a-z]{4,20}=(.{1,200})$/i.exec(local)?.[1];
  const srs = /^srs[01][=+-](?:[^=]{1,80}=){1,3}=?(?:[^=]{1,80}=){0,3}(.{1,200})$/i.exec(batv ?? local)?.[1];
  return srs ?? batv ?? local;
}

/** Message-ids of a header, without the angle brackets. */
function messageIds(value: string | null): string[] {
  const text = (value ?? '').slice(0, 8_000);
  const ids = [...text.matchAll(/<([^<>\s]{1,320})>/g)].map((match) => match[1]!);
  return ids.length > 0 || text.includes('<') ? ids : text.split(/\s+/).filter((word) => word.includes('@'));
}
