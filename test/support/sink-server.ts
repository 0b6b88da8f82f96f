import { appendFileSync } from 'node:fs';
import { createServer } from 'node:net';
import type { AddressInfo, Socket } from 'node:net';

/**
 * A mail server as a process of its own, the truth of every fault test: a message is in its log, written in the tick in
 * which the final dot was read, before any reply. It outlives what is killed around it.
 *
 * Recipients choose their fate by local part: `<phase>-<code>.<anything>@` answers that phase (mail, rcpt, data, dot)
 * with the code; `drop-before-dot`, `drop-after-dot`, `hang-after-dot` do as they say. With `-once` (`hang-after-dot-once`)
 * only the first time.
 * Messages of IPC change all connections: `{ replyDelayMs }`, `{ greeting }` (another first line), `{ refuse: true }`
 * (every connection is cut, an open one at its next command), `{ refuseSender: true }` (553 to each MAIL FROM),
 * `{ perSecond: { 'qq.com': 3 } }` (each further recipient of that domain in any second is told to slow down).
 */
const [logFile, portText = '0'] = process.argv.slice(2);
if (!logFile) throw new Error('usage: sink-server LOG [PORT]');
const settings = {
  replyDelayMs: 0,
  greeting: '220 sink.test ESMTP',
  refuse: false,
  refuseSender: false,
  perSecond: {} as Record<string, number>,
};
/** When the last recipients of a domain with a limit were taken. */
const taken = new Map<string, number[]>();
const already = new Set<string>();
let connections = 0;

class Connection {
  private input = '';
  private inBody = false;
  /** MAIL and RCPT were taken: as any server, it takes no message for nobody. */
  private open = { mail: false, rcpt: false };
  private from = '';
  private to = '';
  private startedAt = 0;
  private silent = false;
  private readonly id = (connections += 1);
  private replies: Promise<void> = Promise.resolve();

  constructor(private readonly socket: Socket) {
    socket.setNoDelay(true);
    socket.on('error', () => undefined);
    socket.on('data', (chunk: Buffer) => this.read(chunk.toString('latin1')));
    this.say(settings.greeting);
    if (!settings.greeting.startsWith('220')) socket.end();
  }

  private read(text: string): void {
    this.input += text;
    for (;;) {
      const mark = this.inBody ? '\r\n.\r\n' : '\r\n';
      if (this.inBody && this.fate('before-dot', 'drop')) return this.cut();
      const at = this.input.indexOf(mark);
      if (at < 0) return;
      const piece = this.input.slice(0, at);
      this.input = this.input.slice(at + mark.length);
      if (this.inBody) this.take(piece);
      else this.command(piece);
    }
  }

  private command(line: string): void {
    if (settings.refuse) return this.cut();
    const verb = line.slice(0, 4).toUpperCase();
    const path = /<([^>]*)>/.exec(line)?.[1] ?? '';
    if (verb === 'EHLO') this.say('250-sink.test\r\n250-PIPELINING\r\n250-8BITMIME\r\n250 SIZE 50000000');
    else if (verb === 'MAIL') {
      this.from = path;
      this.open = { mail: !settings.refuseSender, rcpt: false };
      this.say(settings.refuseSender ? '553 5.7.1 sender not owned by user' : '250 2.1.0 ok');
    } else if (verb === 'RCPT') {
      this.to = path;
      const refusal = this.open.mail ? (this.refusal('rcpt') ?? tooFast(path)) : '503 5.5.1 MAIL first';
      this.open.rcpt = refusal === null;
      this.say(refusal ?? '250 2.1.5 ok');
    } else if (verb === 'DATA') {
      const refusal = this.open.rcpt ? this.refusal('data') : '554 5.5.1 no valid recipients';
      this.inBody = refusal === null;
      this.startedAt = Date.now();
      this.say(refusal ?? '354 go');
    } else if (verb === 'QUIT') {
      this.say('221 bye');
      this.socket.end();
    } else this.say('250 ok');
  }

  private take(body: string): void {
    this.inBody = false;
    const refusal = this.refusal('dot');
    if (refusal) return this.say(refusal);
    const messageId = /^message-id:\s*(<[^>]+>)/im.exec(body)?.[1] ?? '';
    const subject = /^subject:[ ]*([^\r\n]*)/im.exec(body)?.[1] ?? '';
    const link = /https?:\/\/[\w.:-]+\/c\/[\w./-]+/.exec(body.replaceAll('=\r\n', ''))?.[0] ?? '';
    const { from, to, startedAt, id } = this;
    const taken = { from, to, messageId, subject, link, size: body.length };
    const entry = { at: Date.now(), startedAt, connection: id, ...taken };
    appendFileSync(logFile as string, `${JSON.stringify(entry)}\n`);
    if (this.fate('after-dot', 'drop')) return this.cut();
    this.silent = this.fate('after-dot', 'hang');
    this.say('250 2.0.0 taken');
  }

  private cut(): void {
    this.socket.resetAndDestroy();
  }

  private fate(place: string, what: 'drop' | 'hang'): boolean {
    const name = `${what}-${place}`;
    if (!this.to.startsWith(name)) return false;
    if (!this.to.startsWith(`${name}-once.`)) return true;
    if (already.has(this.to)) return false;
    already.add(this.to);
    return true;
  }

  private refusal(phase: string): string | null {
    const match = new RegExp(`^${phase}-([45]\\d\\d)(-once)?\\.`).exec(this.to);
    if (!match || (match[2] && already.has(this.to))) return null;
    already.add(this.to);
    return `${match[1]} ${match[1]?.[0]}.7.0 as asked`;
  }

  private say(line: string): void {
    // Whatever it said now would be taken for the reply that is missing.
    if (this.silent) return;
    const wait = settings.replyDelayMs;
    const write = () => void (this.socket.writable && this.socket.write(`${line}\r\n`, 'latin1'));
    if (wait === 0) return write();
    this.replies = this.replies.then(() => new Promise((resolve) => setTimeout(() => resolve(write()), wait)));
  }
}

/** As Tencent says it, with a 4xx. */
function tooFast(recipient: string): string | null {
  const domain = recipient.slice(recipient.lastIndexOf('@') + 1);
  const limit = settings.perSecond[domain];
  if (limit === undefined) return null;
  const last = (taken.get(domain) ?? []).filter((at) => at > Date.now() - 1_000);
  taken.set(domain, last);
  if (last.length >= limit)
    return '450 Mail frequency limited [127.0.0.1]. https://service.mail.qq.com/detail/122/169.';
  last.push(Date.now());
  return null;
}

const server = createServer((socket) => (settings.refuse ? socket.resetAndDestroy() : new Connection(socket)));
server.listen(Number(portText), '127.0.0.1', () => process.send?.({ port: (server.address() as AddressInfo).port }));
process.on('message', (message: Partial<typeof settings>) => {
  Object.assign(settings, message);
  process.send?.('set');
});
process.on('disconnect', () => process.exit(0));
