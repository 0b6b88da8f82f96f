import type { Socket } from 'node:net';
import { connect as connectTls } from 'node:tls';
import type { Egress } from './egress.js';

/** What listens on a port, as far as its first bytes tell. */
export interface Peeked {
  speaks: 'smtp' | 'imap' | 'pop3' | 'http' | 'tls' | 'other' | 'silent';
  /** Its first line, at most 200 characters. */
  line: string;
}

/** First bytes of protocols; a web server speaks only when it is asked. */
const GREETINGS: [RegExp, Peeked['speaks']][] = [
  [/^[245]\d\d[ -]/, 'smtp'],
  [/^\* (?:OK|PREAUTH|BYE)\b/i, 'imap'],
  [/^(?:\+OK|-ERR)\b/, 'pop3'],
  [/^HTTP\//, 'http'],
];

/**
 * Looks closer at a port where a connection test failed, so that the diagnosis can name the cause: does it greet, does
 * it want TLS first, is it a web server? Nothing secret is said, therefore certificates do not matter here.
 * @param waitMs for each of the up to three looks
 */
export async function peek(
  egress: Egress,
  address: { host: string; port: number; encrypted: boolean },
  waitMs: number,
): Promise<Peeked> {
  const greeted = await look(egress, address, '', waitMs);
  if (greeted.speaks !== 'silent') return greeted;
  if (!address.encrypted && (await speaksTls(egress, address, waitMs))) return { speaks: 'tls', line: '' };
  return look(egress, address, 'GET / HTTP/1.0\r\n\r\n', waitMs);
}

async function look(
  egress: Egress,
  address: { host: string; port: number; encrypted: boolean },
  say: string,
  waitMs: number,
): Promise<Peeked> {
  const plain = await open(egress, address, waitMs);
  if (!plain) return { speaks: 'silent', line: '' };
  const socket = address.encrypted ? await encrypt(plain, waitMs) : plain;
  if (!socket) return { speaks: 'silent', line: '' };
  if (say) socket.write(say);
  const line = await firstLine(socket, waitMs);
  socket.destroy();
  if (!line) return { speaks: 'silent', line: '' };
  return { speaks: GREETINGS.find(([pattern]) => pattern.test(line))?.[1] ?? 'other', line };
}

async function speaksTls(egress: Egress, address: { host: string; port: number }, waitMs: number): Promise<boolean> {
  const plain = await open(egress, address, waitMs);
  const secured = plain && (await encrypt(plain, waitMs));
  secured?.destroy();
  return Boolean(secured);
}

async function open(
  egress: Egress,
  { host, port }: { host: string; port: number },
  waitMs: number,
): Promise<Socket | null> {
  const resolved = await egress.resolve(host, waitMs);
  if (!resolved.ok) return null;
  const dialed = await egress.dial(resolved.addresses, port, waitMs);
  return dialed.ok ? dialed.socket : null;
}

function encrypt(socket: Socket, waitMs: number): Promise<Socket | null> {
  return new Promise((resolve) => {
    const secured = connectTls({ socket, rejectUnauthorized: false });
    const done = (result: Socket | null) => {
      clearTimeout(timer);
      if (!result) secured.destroy();
      resolve(result);
    };
    const timer = setTimeout(() => done(null), waitMs);
    secured.on('error', () => done(null));
    secured.once('close', () => done(null));
    secured.once('secureConnect', () => done(secured));
  });
}

function firstLine(socket: Socket, waitMs: number): Promise<string> {
  return new Promise((resolve) => {
    let text = '';
    const done = () => {
      clearTimeout(timer);
      resolve(text.split(/\r?\n/)[0]?.slice(0, 200) ?? '');
    };
    const timer = setTimeout(done, waitMs);
    socket.on('data', (chunk: Buffer) => {
      text += chunk.toString('latin1').slice(0, 1_000);
      if (text.includes('\n') || text.length > 200) done();
    });
    socket.once('close', done);
  });
}
