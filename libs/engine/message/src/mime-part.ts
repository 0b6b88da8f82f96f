import { createHash } from 'node:crypto';
import { headerLine } from './header.js';
import { MessageError } from './message-error.js';
import { formatParameter } from './parameter.js';
import { encodeBase64Lines, encodeText } from './transfer-encoding.js';

export interface MessageAttachment {
  filename: string;
  /** Media type without parameters, e.g. `application/pdf`. */
  contentType: string;
  content: Buffer;
  /** Without angle brackets. With it, and with `html`, the part is an inline image for `cid:`. */
  contentId?: string;
}

/** Header lines (each with CRLF) and body of one MIME entity. */
export interface MimePart {
  headers: string;
  body: Buffer;
}

const CRLF = Buffer.from('\r\n', 'ascii');

export function textPart(subtype: 'plain' | 'html', text: string): MimePart {
  const { encoding, body } = encodeText(text);
  return {
    headers:
      headerLine('Content-Type', `text/${subtype}; charset=utf-8`) + headerLine('Content-Transfer-Encoding', encoding),
    body,
  };
}

/** RFC 2046 5.1. `=_` at its start can't occur in quoted-printable or base64, and encodeText keeps it out of 7bit. */
export function multipart(
  type: 'mixed' | 'alternative' | 'related',
  parts: readonly MimePart[],
  seed: string,
): MimePart {
  const boundary = `=_${createHash('sha256').update(`${type}:${seed}`).digest('hex').slice(0, 32)}`;
  const parameters = type === 'related' ? `type="text/html"; boundary="${boundary}"` : `boundary="${boundary}"`;
  const pieces: Buffer[] = [];
  for (const part of parts) {
    pieces.push(Buffer.from(`--${boundary}\r\n${part.headers}\r\n`, 'utf8'), part.body, CRLF);
  }
  pieces.push(Buffer.from(`--${boundary}--\r\n`, 'ascii'));
  return { headers: headerLine('Content-Type', `multipart/${type}; ${parameters}`), body: Buffer.concat(pieces) };
}

export function attachmentPart(attachment: MessageAttachment, property: string, inline: boolean): MimePart {
  const { filename, contentId } = attachment;
  if (filename === '' || filename.length > 255 || /\p{Cc}/u.test(filename)) {
    throw new MessageError('HEADER_INVALID', `${property}.filename`, 'give 1–255 characters without line breaks.');
  }
  let headers = withParameters('Content-Type', mediaType(attachment.contentType, property), 'name', filename);
  headers += headerLine('Content-Transfer-Encoding', 'base64');
  if (contentId !== undefined) {
    if (!/^[A-Za-z0-9.!#$%&'*+/=?^_`{|}~@-]{1,200}$/.test(contentId)) {
      throw new MessageError('HEADER_INVALID', `${property}.contentId`, 'use letters, digits, dots and one @.');
    }
    headers += headerLine('Content-ID', `<${contentId}>`);
  }
  headers += withParameters('Content-Disposition', inline ? 'inline' : 'attachment', 'filename', filename);
  return { headers, body: encodeBase64Lines(attachment.content) };
}

/** RFC 2046 5.2.1 forbids base64 for message/* and multipart/*, so those travel as plain octets. */
function mediaType(contentType: string, property: string): string {
  if (!/^[A-Za-z0-9][A-Za-z0-9!#$&^_.+-]{0,126}\/[A-Za-z0-9][A-Za-z0-9!#$&^_.+-]{0,126}$/.test(contentType)) {
    throw new MessageError('HEADER_INVALID', `${property}.contentType`, 'give a media type such as application/pdf.');
  }
  return /^(?:message|multipart)\//i.test(contentType) ? 'application/octet-stream' : contentType.toLowerCase();
}

/** Quoted values may hold runs of blanks, so the fold stands before each parameter and nowhere inside it. */
function withParameters(name: string, value: string, parameter: string, text: string): string {
  const first = headerLine(name, value).slice(0, -2);
  return `${[first, ...formatParameter(parameter, text)].join(';\r\n ')}\r\n`;
}
