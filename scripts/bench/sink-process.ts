import { createServer } from 'node:net';
import type { AddressInfo, Socket } from 'node:net';

/**
 * A mail server that does as little as it can: takes everything, counts, and keeps every so manyth message whole. A
 * process of its own, so that all who send to it pay the same. Says `{ port }` when it listens; answers the message
 * `report` with `{ messages, firstAt, lastAt, kept }` (epoch milliseconds; `kept` as latin1 text).
 */
const KEEP_EVERY = 100;
const END = Buffer.from('\r\n.\r\n', 'latin1');
const LF = 10;
let messages = 0;
let firstAt = 0;
let lastAt = 0;
let kept: string[] = [];

class Connection {
  private inBody = false;
  private line = '';
  /** What of the body has come, while it is one to be kept or its end may lie across two chunks. */
  private body: Buffer[] = [];
  private tail: Buffer = Buffer.alloc(0);

  constructor(private readonly socket: Socket) {
    socket.setNoDelay(true);
    socket.on('error', () => undefined);
    socket.on('data', (chunk: Buffer) => this.read(chunk));
    socket.write('220 sink.bench ESMTP\r\n');
  }

  private read(chunk: Buffer): void {
    let at = 0;
    let answer = '';
    while (at < chunk.length) {
      if (this.inBody) {
        const end = this.endOfBody(chunk, at);
        if (end < 0) break;
        at = end;
        this.inBody = false;
        this.taken();
        answer += '250 2.0.0 taken\r\n';
      } else {
        const end = chunk.indexOf(LF, at);
        this.line += chunk.toString('latin1', at, end < 0 ? chunk.length : end);
        if (end < 0) break;
        at = end + 1;
        answer += this.command(this.line.trim().slice(0, 4).toUpperCase());
        this.line = '';
      }
    }
    if (answer) this.socket.write(answer, 'latin1');
  }

  /** Index behind the final dot, or -1 when it has not come yet. */
  private endOfBody(chunk: Buffer, at: number): number {
    const rest = at === 0 ? chunk : chunk.subarray(at);
    const joint = Buffer.concat([this.tail, rest.subarray(0, END.length)]);
    const across = this.tail.length > 0 ? joint.indexOf(END) : -1;
    const found = across >= 0 ? across + END.length - this.tail.length : rest.indexOf(END) + END.length;
    const ended = across >= 0 || found >= END.length;
    this.body.push(ended ? rest.subarray(0, found) : rest);
    const seen = ended ? Buffer.alloc(0) : Buffer.concat([this.tail, rest.subarray(-END.length)]);
    this.tail = seen.subarray(-(END.length - 1));
    return ended ? at + found : -1;
  }

  private taken(): void {
    if (messages % KEEP_EVERY === 0) kept.push(Buffer.concat(this.body).toString('latin1'));
    this.body = [];
    lastAt = Date.now();
    if (messages === 0) firstAt = lastAt;
    messages += 1;
  }

  private command(verb: string): string {
    if (verb === 'EHLO') return '250-sink.bench\r\n250-PIPELINING\r\n250-8BITMIME\r\n250 SIZE 50000000\r\n';
    if (verb === 'DATA') {
      this.inBody = true;
      return '354 go\r\n';
    }
    if (verb === 'QUIT') {
      setImmediate(() => this.socket.end());
      return '221 bye\r\n';
    }
    return '250 ok\r\n';
  }
}

const server = createServer((socket) => new Connection(socket));
server.listen(0, '127.0.0.1', () => process.send?.({ port: (server.address() as AddressInfo).port }));
process.on('message', (message) => {
  if (message === 'report') process.send?.({ messages, firstAt, lastAt, kept });
  if (message === 'clear') {
    messages = 0;
    kept = [];
    process.send?.('cleared');
  }
});
process.on('disconnect', () => process.exit(0));
