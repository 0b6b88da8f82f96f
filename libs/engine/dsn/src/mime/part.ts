/** One entity of a mail as its header describes it (RFC 2045, 2046, 2183). */
import { parseField, parseHeaders } from './headers.js';
import type { MailHeaders } from './headers.js';

export interface MailPart {
  headers: MailHeaders;
  /** Media type in lower case; `text/plain` where none is declared. */
  type: string;
  params: Record<string, string>;
  /** Content-Transfer-Encoding in lower case, '' when absent. */
  encoding: string;
  /** File name, decoded; '' when absent. */
  filename: string;
  attachment: boolean;
  depth: number;
  /** True for everything inside a message/rfc822 or alike: text there is not what this mail says. */
  embedded: boolean;
  /** Byte range of the body in the scanned buffer. */
  start: number;
  end: number;
}

/** Types whose body is a message (or its header) of its own. */
export function holdsMessage(type: string): boolean {
  return /^(?:message\/(?:rfc822|global|news)|(?:text|message)\/(?:rfc822-headers?|global-headers))$/.test(type);
}

/** Where an entity stands: nesting depth, inside an enclosed message or a digest, byte range of its body. */
interface Place {
  depth: number;
  embedded: boolean;
  digest: boolean;
  start: number;
  end: number;
}

/** Reads the header bytes of one entity. */
export function describePart(header: Buffer, { depth, embedded, digest, start, end }: Place): MailPart {
  const headers = parseHeaders(header.toString('latin1'));
  const content = parseField(headers.get('content-type'));
  const disposition = parseField(headers.get('content-disposition'));
  return {
    headers,
    type: mediaType(content.value, digest),
    params: content.params,
    encoding: (headers.get('content-transfer-encoding') ?? '')
      .slice(0, 40)
      .replace(/[;\s].*$/s, '')
      .toLowerCase(),
    filename: (disposition.params['filename'] ?? content.params['name'] ?? '').slice(0, 300),
    attachment: disposition.value === 'attachment',
    depth,
    embedded,
    start,
    end,
  };
}

/** RFC 2045 section 5.2 default, and what is written in the wild: `text`, `plain/text`, nothing at all. */
function mediaType(value: string, digest: boolean): string {
  if (value === '') return digest ? 'message/rfc822' : 'text/plain';
  if (value === 'text' || value === 'plain/text') return 'text/plain';
  if (value === 'html' || value === 'text/htm') return 'text/html';
  return value;
}
