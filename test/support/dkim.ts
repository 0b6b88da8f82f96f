import { createHash, createPublicKey, verify } from 'node:crypto';

/**
 * True when the first DKIM signature of a message holds under a published key (RFC 6376 sections 3.4.2, 3.4.4, 3.7;
 * relaxed/relaxed and rsa-sha256 only). Shares no code with the signer.
 * @param message as it came over the wire, CRLF line ends, one character a byte
 * @param dnsRecord the TXT value, `v=DKIM1; k=rsa; p=…`
 */
export function dkimVerifies(message: string, dnsRecord: string): boolean {
  const cut = message.indexOf('\r\n\r\n');
  const fields = message.slice(0, cut).split(/\r\n(?![ \t])/);
  const signature = fields.find((field) => /^dkim-signature:/i.test(field));
  if (!signature) return false;
  const tags = readTags(signature.slice(signature.indexOf(':') + 1));
  if (tags.get('c') !== 'relaxed/relaxed' || tags.get('a') !== 'rsa-sha256') return false;
  const body = relaxBody(message.slice(cut + 4));
  if (createHash('sha256').update(body, 'latin1').digest('base64') !== tags.get('bh')) return false;

  const left = fields.filter((field) => field !== signature).reverse();
  let signed = '';
  for (const name of (tags.get('h') ?? '').toLowerCase().split(':')) {
    const at = left.findIndex((field) => nameOf(field) === name);
    if (at >= 0) signed += `${relaxField(left.splice(at, 1)[0] ?? '')}\r\n`;
  }
  signed += relaxField(signature.replace(/([;\s]b=)[^;]*/, '$1'));
  const key = createPublicKey({
    key: Buffer.from(readTags(dnsRecord).get('p') ?? '', 'base64'),
    format: 'der',
    type: 'spki',
  });
  return verify('sha256', Buffer.from(signed, 'latin1'), key, Buffer.from(tags.get('b') ?? '', 'base64'));
}

/** Names of the signed header fields, lower case. */
export function dkimSignedFields(message: string): string[] {
  const signature = /^dkim-signature:((?:.|\r\n[ \t])*)/im.exec(message)?.[1] ?? '';
  return (readTags(signature).get('h') ?? '').toLowerCase().split(':');
}

function readTags(text: string): Map<string, string> {
  const pairs = text.split(';').map((tag) => {
    const equals = tag.indexOf('=');
    return [tag.slice(0, equals).trim(), tag.slice(equals + 1).replace(/\s+/g, '')] as const;
  });
  return new Map(pairs);
}

function nameOf(field: string): string {
  return field.slice(0, field.indexOf(':')).trim().toLowerCase();
}

function relaxField(field: string): string {
  const value = field.slice(field.indexOf(':') + 1).replaceAll('\r\n', '');
  return `${nameOf(field)}:${value.replace(/[ \t]+/g, ' ').trim()}`;
}

function relaxBody(body: string): string {
  const lines = body.split('\r\n').map((line) => line.replace(/[ \t]+/g, ' ').replace(/ $/, ''));
  while (lines.at(-1) === '') lines.pop();
  return lines.map((line) => `${line}\r\n`).join('');
}
