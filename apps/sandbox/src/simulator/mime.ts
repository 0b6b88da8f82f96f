/** A leaf of a mail, its body as bytes of its charset. */
export interface Leaf {
  /** Whole Content-Type value, e.g. `text/plain; charset=utf-8`. */
  type: string;
  body: Buffer;
  /** Default: 7bit where the body allows it, else base64. Message parts may not be base64 and become 8bit. */
  encoding?: 'base64';
  disposition?: string;
  description?: string;
}

/** A multipart; `subtype` may carry parameters: `report; report-type=delivery-status`. */
export interface Multipart {
  subtype: string;
  parts: Part[];
}

export type Part = Leaf | Multipart;
export type Field = [name: string, value: string];

const LINE = 76;

/**
 * Composes a mail with CRLF line ends (RFC 5322, 2045). Field values are ASCII already, see {@link encodeText}.
 * @param boundary unique in this mail; nested multiparts append a number
 */
export function composeMail(fields: Field[], root: Part, boundary: string): Buffer {
  const { head, body } = render(root, boundary);
  const lines = [...fields, ['MIME-Version', '1.0'] as Field, ...head].map(foldField);
  return Buffer.concat([Buffer.from(lines.join('') + '\r\n', 'utf8'), body]);
}

/** A text leaf in UTF-8. */
export function text(type: 'text/plain' | 'text/html', content: string): Leaf {
  return { type: `${type}; charset=utf-8`, body: Buffer.from(content.replace(/\r?\n/g, '\r\n'), 'utf8') };
}

/** RFC 2047: text as encoded words where it is not plain ASCII. Words split between characters only. */
export function encodeText(value: string): string {
  const flat = value.replace(/[\r\n\t]+/g, ' ');
  if (/^[\x20-\x7e]*$/.test(flat) && !flat.includes('=?')) return flat;
  const words: string[] = [];
  let word = '';
  for (const character of flat) {
    if (Buffer.byteLength(word + character) > 42) {
      words.push(word);
      word = '';
    }
    word += character;
  }
  words.push(word);
  return words.map((part) => `=?utf-8?B?${Buffer.from(part).toString('base64')}?=`).join(' ');
}

/** `Name <address>` with the name encoded or quoted as needed. */
export function mailbox(name: string, address: string): string {
  if (!name) return address;
  const encoded = encodeText(name);
  const safe = encoded !== name || /^[A-Za-z0-9 ]+$/.test(name);
  return `${safe ? encoded : `"${name.replace(/["\\]/g, '')}"`} <${address}>`;
}

/** RFC 5322 date. `offsetHours` is the zone it is told in. */
export function formatDate(at: number, offsetHours = 0): string {
  const zone = `${offsetHours < 0 ? '-' : '+'}${String(Math.abs(offsetHours)).padStart(2, '0')}00`;
  return new Date(at + offsetHours * 3_600_000).toUTCString().replace('GMT', zone);
}

/** The header block of a message, without the empty line; the whole where there is no body. */
export function headerBytes(raw: Buffer): Buffer {
  const crlf = raw.indexOf('\r\n\r\n');
  if (crlf >= 0) return raw.subarray(0, crlf + 2);
  const lf = raw.indexOf('\n\n');
  return lf >= 0 ? raw.subarray(0, lf + 1) : raw;
}

function render(part: Part, boundary: string): { head: Field[]; body: Buffer; eightBit: boolean } {
  return 'parts' in part ? renderMultipart(part, boundary) : renderLeaf(part);
}

function renderMultipart({ subtype, parts }: Multipart, boundary: string) {
  const rendered = parts.map((part, index) => render(part, `${boundary}.${index}`));
  const eightBit = rendered.some((part) => part.eightBit);
  const chunks = rendered.flatMap(({ head, body }) => [
    Buffer.from(`--${boundary}\r\n${head.map(foldField).join('')}\r\n`, 'latin1'),
    body,
    Buffer.from('\r\n'),
  ]);
  const head: Field[] = [['Content-Type', `multipart/${subtype}; boundary="${boundary}"`]];
  if (eightBit) head.push(['Content-Transfer-Encoding', '8bit']);
  return { head, body: Buffer.concat([...chunks, Buffer.from(`--${boundary}--\r\n`)]), eightBit };
}

function renderLeaf({ type, body, encoding, disposition, description }: Leaf) {
  const head: Field[] = [['Content-Type', type]];
  if (description) head.push(['Content-Description', description]);
  if (disposition) head.push(['Content-Disposition', disposition]);
  const plain = body.every((byte) => byte < 128) && !hasLongLine(body);
  if (plain && !encoding) return { head, body, eightBit: false };
  // RFC 2046 section 5.2.1: a message/rfc822 may be 7bit, 8bit or binary only.
  const eightBit = /^(message\/|text\/rfc822-headers)/.test(type) && !encoding;
  head.push(['Content-Transfer-Encoding', eightBit ? '8bit' : 'base64']);
  return { head, body: eightBit ? body : base64Lines(body), eightBit };
}

function hasLongLine(body: Buffer): boolean {
  for (let start = 0; start < body.length;) {
    const end = body.indexOf(10, start);
    const next = end < 0 ? body.length : end + 1;
    if (next - start > 998) return true;
    start = next;
  }
  return false;
}

function base64Lines(body: Buffer): Buffer {
  return Buffer.from((body.toString('base64').match(/.{1,76}/g) ?? []).join('\r\n') + '\r\n');
}

/** Folds at spaces where a line would pass 76 characters; a longer word stays whole. */
export function foldField([name, value]: Field): string {
  let line = `${name}:`;
  let folded = '';
  for (const word of value.split(' ')) {
    if (line.length + 1 + word.length > LINE && line.trim() !== '' && line !== `${name}:`) {
      folded += line + '\r\n';
      line = '';
    }
    line += ' ' + word;
  }
  return folded + line + '\r\n';
}
