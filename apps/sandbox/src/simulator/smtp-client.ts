import { connect } from 'node:net';
import type { Socket } from 'node:net';
import type { DeliveryResult, SimulatedEnvelope } from '../options.js';

const REPLY_TIMEOUT_MS = 30_000;
const MAX_REPLY = 16 * 1024;

interface Reply {
  code: number;
  text: string;
}

/**
 * Sends one mail over a plain SMTP connection of its own: the loopback hop to the inbound listener.
 * Never throws: a broken connection is `retry`, so a mail may arrive twice (with the same Message-ID), never not at all.
 */
export async function sendOverSmtp(
  target: { host: string; port: number },
  envelope: SimulatedEnvelope,
  raw: Buffer,
  signal?: AbortSignal,
): Promise<DeliveryResult> {
  const socket = connect({ host: target.host, port: target.port, noDelay: true });
  const abort = (): void => void socket.destroy();
  signal?.addEventListener('abort', abort, { once: true });
  const replies = new ReplyReader(socket);
  try {
    return await converse(socket, replies, envelope, raw);
  } catch (error) {
    return { outcome: 'retry', reply: error instanceof Error ? error.message : String(error) };
  } finally {
    signal?.removeEventListener('abort', abort);
    socket.destroy();
  }
}

async function converse(
  socket: Socket,
  replies: ReplyReader,
  { from, to }: SimulatedEnvelope,
  raw: Buffer,
): Promise<DeliveryResult> {
  const command = (line: string): Promise<Reply> => {
    socket.write(line + '\r\n');
    return replies.next();
  };
  const greeting = await replies.next();
  if (greeting.code !== 220) return judged(greeting);
  const hello = await command('EHLO sandbox.test');
  const offers = (keyword: string): boolean => new RegExp(`^250[ -]${keyword}\\b`, 'im').test(hello.text);
  const eightBit = raw.some((byte) => byte > 127) && offers('8BITMIME') ? ' BODY=8BITMIME' : '';
  const utf8 = /[^\x00-\x7f]/.test(from + to) && offers('SMTPUTF8') ? ' SMTPUTF8' : '';
  for (const line of [`MAIL FROM:<${from}>${eightBit}${utf8}`, `RCPT TO:<${to}>`]) {
    const reply = await command(line);
    if (reply.code !== 250) return judged(reply);
  }
  const go = await command('DATA');
  if (go.code !== 354) return judged(go);
  socket.write(dotStuff(raw));
  const final = await replies.next();
  socket.end('QUIT\r\n');
  return judged(final);
}

function judged({ code, text }: Reply): DeliveryResult {
  const outcome = code === 250 ? 'accepted' : code >= 500 ? 'refused' : 'retry';
  return { outcome, reply: text.trim() };
}

/** Message ready for the wire: CRLF line ends, leading dots doubled, final dot (RFC 5321 section 4.5.2). */
export function dotStuff(raw: Buffer): Buffer {
  const text = raw.toString('latin1').replace(/\r\n|\r|\n/g, '\r\n');
  const ended = text.endsWith('\r\n') || text === '' ? text : text + '\r\n';
  return Buffer.from(ended.replace(/^\./gm, '..') + '.\r\n', 'latin1');
}

/** Collects whole, possibly multi-line SMTP replies. */
class ReplyReader {
  private text = '';
  private ended: Error | undefined;
  private wake: () => void = () => undefined;

  constructor(socket: Socket) {
    const end = (error: Error): void => {
      this.ended ??= error;
      this.wake();
    };
    socket.setTimeout(REPLY_TIMEOUT_MS, () => end(new Error('no reply within 30 seconds')));
    socket.on('error', end);
    socket.on('close', () => end(new Error('connection closed')));
    socket.on('data', (chunk: Buffer) => {
      this.text += chunk.toString('utf8');
      if (this.text.length > MAX_REPLY) end(new Error('reply longer than 16 kB'));
      this.wake();
    });
  }

  async next(): Promise<Reply> {
    for (;;) {
      const match = /^(?:\d{3}-[^\n]*\n)*(\d{3})(?: [^\n]*)?\n/.exec(this.text);
      if (match) {
        this.text = this.text.slice(match[0].length);
        return { code: Number(match[1]), text: match[0] };
      }
      if (this.ended) throw this.ended;
      await new Promise<void>((resolve) => (this.wake = resolve));
    }
  }
}
