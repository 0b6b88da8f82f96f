import { createHash } from 'node:crypto';
import { headerLine } from './header.js';
import { attachmentPart } from './mime-part.js';
import type { MessageAttachment, MimePart } from './mime-part.js';
import { OutBuffer } from './out-buffer.js';
import { encodeQuotedPrintable, normaliseLineEnds } from './transfer-encoding.js';

/** Text in pieces: strings are the same for everyone, functions are slots that tell one recipient's text. */
export type TextPieces<R> = ReadonlyArray<string | ((recipient: R) => string)>;

/** What a message to any number of recipients is made of. */
export interface MessageTemplate<R> {
  /** Header lines with CRLF, as of `headerLine`: fixed ones, and those that differ from recipient to recipient. */
  headers: TextPieces<R>;
  html: TextPieces<R> | null;
  text: TextPieces<R>;
  attachments?: ReadonlyArray<MessageAttachment>;
  /** Anything that differs from template to template; the same seed gives the same boundaries. */
  boundarySeed: string;
}

/** Writes one recipient's piece of a message. */
type Step<R> = Buffer | ((out: OutBuffer, recipient: R) => void);

/**
 * Turns a template into a writer of complete RFC 5322 messages: everything fixed is encoded here, once, and only copied
 * for each recipient; only slots are encoded per recipient. No line of what it writes begins with a dot or is longer
 * than 998 octets, line ends are CRLF. Throws MessageError for an attachment that can't be sent; the writer throws what
 * a slot throws, and what it wrote until then is of no use.
 */
export function compileMessage<R>(template: MessageTemplate<R>): (out: OutBuffer, recipient: R) => void {
  const steps = merged([...headerSteps(template.headers), ...bodySteps(template)]);
  return (out, recipient) => {
    for (const step of steps) {
      if (typeof step === 'function') step(out, recipient);
      else out.add(step);
    }
  };
}

function headerSteps<R>(pieces: TextPieces<R>): Step<R>[] {
  const steps = pieces.map((piece): Step<R> => {
    if (typeof piece === 'string') return utf8(piece);
    return (out, recipient) => out.addText(piece(recipient));
  });
  return [...steps, utf8(headerLine('MIME-Version', '1.0'))];
}

/** The entity that is the message: its own header lines, a blank line, its body. */
function bodySteps<R>({ html, text, attachments = [], boundarySeed }: MessageTemplate<R>): Step<R>[] {
  const related: Step<R>[][] = [];
  const attached: Step<R>[][] = [];
  for (const [index, attachment] of attachments.entries()) {
    const inline = attachment.contentId !== undefined && html !== null;
    (inline ? related : attached).push(fixedPart(attachmentPart(attachment, `attachments.${index}`, inline)));
  }
  let content = textSteps('plain', text);
  if (html) {
    const page = textSteps('html', html);
    const rich = related.length > 0 ? multipart('related', [page, ...related], boundarySeed) : page;
    content = multipart('alternative', [content, rich], boundarySeed);
  }
  return attached.length > 0 ? multipart('mixed', [content, ...attached], boundarySeed) : content;
}

/** RFC 2046 5.1. `=_` at its start can occur neither in quoted-printable nor in base64. */
function multipart<R>(type: 'mixed' | 'alternative' | 'related', parts: Step<R>[][], seed: string): Step<R>[] {
  const boundary = `=_${createHash('sha256').update(`${type}:${seed}`).digest('hex').slice(0, 32)}`;
  const parameters = type === 'related' ? `type="text/html"; boundary="${boundary}"` : `boundary="${boundary}"`;
  const steps: Step<R>[] = [utf8(`${headerLine('Content-Type', `multipart/${type}; ${parameters}`)}\r\n`)];
  for (const part of parts) steps.push(utf8(`--${boundary}\r\n`), ...part, utf8('\r\n'));
  steps.push(utf8(`--${boundary}--\r\n`));
  return steps;
}

function fixedPart({ headers, body }: MimePart): Buffer[] {
  return [Buffer.from(`${headers}\r\n`, 'utf8'), body];
}

/** Quoted-printable where it is the shorter one for the fixed text; base64 for Chinese text, a third of its size. */
function textSteps<R>(subtype: 'plain' | 'html', pieces: TextPieces<R>): Step<R>[] {
  const fixed = utf8(normaliseLineEnds(pieces.filter((piece) => typeof piece === 'string').join('')));
  const encoding = encodeQuotedPrintable(fixed).length > fixed.length * 1.4 ? 'base64' : 'quoted-printable';
  const head = utf8(
    `${headerLine('Content-Type', `text/${subtype}; charset=utf-8`)}${headerLine('Content-Transfer-Encoding', encoding)}\r\n`,
  );
  const own = joined(pieces);
  return [head, ...(encoding === 'base64' ? base64Steps(own) : quotedSteps(own))];
}

/** Neighbouring strings as one: where a line ends is known only from all of its text. */
function joined<R>(pieces: TextPieces<R>): TextPieces<R> {
  const result: Array<TextPieces<R>[number]> = [];
  for (const piece of pieces) {
    const last = result.at(-1);
    if (typeof piece === 'string' && typeof last === 'string') result[result.length - 1] = last + piece;
    else result.push(piece);
  }
  return result;
}

/** Every fixed piece begins at the start of a line, since a slot ends with a soft break: so it is encoded here, once. */
function quotedSteps<R>(pieces: TextPieces<R>): Step<R>[] {
  let column = 0;
  const steps = pieces.map((piece): Step<R> => {
    if (typeof piece === 'function') {
      const from = column;
      column = 0;
      return (out, recipient) => out.addQuotedPrintable(piece(recipient), from);
    }
    const encoded = encodeQuotedPrintable(utf8(normaliseLineEnds(piece)), 'goes on');
    column = encoded.length - (encoded.lastIndexOf('\n') + 1);
    return encoded;
  });
  // A soft break is no end of a line: the part ends with a real one.
  return [...steps, utf8('\r\n')];
}

/** Base64 knows no pieces (three octets become four characters), so the whole is put together first. */
function base64Steps<R>(pieces: TextPieces<R>): Step<R>[] {
  const raw = new OutBuffer();
  const steps = pieces.map((piece) =>
    typeof piece === 'function' ? piece : Buffer.from(normaliseLineEnds(piece), 'utf8'),
  );
  return [
    (out, recipient) => {
      raw.length = 0;
      for (const step of steps) {
        if (typeof step === 'function') raw.addText(normaliseLineEnds(step(recipient)));
        else raw.add(step);
      }
      out.addBase64(raw.written());
    },
  ];
}

/** Neighbouring fixed pieces as one: a copy of 20 kB costs as much as one of 20 octets. */
function merged<R>(steps: readonly Step<R>[]): Step<R>[] {
  const result: Step<R>[] = [];
  for (const step of steps) {
    const last = result.at(-1);
    if (Buffer.isBuffer(step) && Buffer.isBuffer(last)) result[result.length - 1] = Buffer.concat([last, step]);
    else result.push(step);
  }
  return result;
}

function utf8(text: string): Buffer {
  return Buffer.from(text, 'utf8');
}
