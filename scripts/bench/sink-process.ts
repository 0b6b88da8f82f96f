import { createServer } from 'node:net';
import type { AddressInfo, Socket } from 'node:net';
import type { SinkCounts, SinkReport, SinkSettings } from './sink.js';

/**
 * A mail server that does as little as it can: counts what it takes, by recipient, and keeps every so manyth message
 * whole. A process of its own, so that all who send to it pay the same. Says `{ port }` when it listens; answers
 * `counts` and `report` with {@link SinkCounts} and a {@link SinkReport}, and settings and `clear` with `done`.
 */
const KEEP_EVERY = 100;
const END = Buffer.from('\r\n.\r\n', 'latin1');
const LF = 10;
/** Everybody the benchmarks write to has a number; others (smtp-source's) are only counted. */
const READER = /^RCPT TO:<reader(\d+)@/i;
const TRIGGERED = /^RCPT TO:<triggered(\d+)@/i;

let settings: SinkSettings = { refusedOfHundred: 0, deferredOfHundred: 0, perSecond: 0 };
let report: SinkReport;
let deferredOnce: Set<number>;
let room = 0;
clear();

function clear(): void {
  const [times, taken] = [new Float64Array(1024), new Uint8Array(1024)];
  const counts: SinkCounts = { messages: 0, refused: 0, deferred: 0, throttled: 0, triggeredMessages: 0 };
  report = { ...counts, times, taken, triggered: [], kept: [] };
  deferredOnce = new Set();
  room = 0;
}

/** Arrays that grow by doubling: a message costs no allocation. */
function grown<T extends Float64Array | Uint8Array>(array: T, index: number): T {
  if (index < array.length) return array;
  const wider = new (array.constructor as new (n: number) => T)(Math.max(index + 1, array.length * 2));
  wider.set(array);
  return wider;
}

class Connection {
  private inBody = false;
  private line = '';
  /** What of the body has come, while it is one to be kept or its end may lie across two chunks. */
  private body: Buffer[] = [];
  private tail: Buffer = Buffer.alloc(0);
  /** Number of the recipient that was taken; -1 for somebody without one, null when there is none. */
  private reader: number | null = null;
  /** Number of the triggered message; -1 for any other. */
  private triggered = -1;

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
        answer += this.taken();
      } else {
        const end = chunk.indexOf(LF, at);
        this.line += chunk.toString('latin1', at, end < 0 ? chunk.length : end);
        if (end < 0) break;
        at = end + 1;
        answer += this.command(this.line.trim());
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

  private taken(): string {
    const now = performance.timeOrigin + performance.now();
    const body = this.body;
    this.body = [];
    if (settings.perSecond > 0 && !hasRoom(now)) {
      report.throttled += 1;
      return '454 4.7.0 Throttling failure: maximum sending rate exceeded\r\n';
    }
    if (report.messages % KEEP_EVERY === 0) report.kept.push(Buffer.concat(body).toString('latin1'));
    report.times = grown(report.times, report.messages);
    report.times[report.messages] = now;
    report.messages += 1;
    if (this.triggered >= 0) {
      report.triggered.push([this.triggered, now]);
      report.triggeredMessages += 1;
    }
    const { reader } = this;
    if (reader !== null && reader >= 0) {
      report.taken = grown(report.taken, reader);
      report.taken[reader] = (report.taken[reader] ?? 0) + 1;
    }
    return '250 2.0.0 taken\r\n';
  }

  private command(line: string): string {
    const verb = line.slice(0, 4).toUpperCase();
    if (verb === 'RCPT') return this.recipient(line);
    if (verb === 'EHLO') return '250-sink.bench\r\n250-PIPELINING\r\n250-8BITMIME\r\n250 SIZE 50000000\r\n';
    if (verb === 'DATA') {
      this.inBody = this.reader !== null;
      return this.inBody ? '354 go\r\n' : '554 5.5.1 no valid recipients\r\n';
    }
    if (verb === 'QUIT') {
      setImmediate(() => this.socket.end());
      return '221 bye\r\n';
    }
    return '250 ok\r\n';
  }

  /** The number decides: some are never taken, others only at the second try. */
  private recipient(line: string): string {
    this.reader = null;
    const number = Number(READER.exec(line)?.[1] ?? -1);
    const fate = number % 100;
    const { refusedOfHundred, deferredOfHundred } = settings;
    if (fate >= 0 && fate < refusedOfHundred) {
      report.refused += 1;
      return '550 5.1.1 no such user\r\n';
    }
    const deferred = fate >= 0 && fate < refusedOfHundred + deferredOfHundred;
    if (deferred && !deferredOnce.has(number)) {
      deferredOnce.add(number);
      report.deferred += 1;
      return '450 4.2.1 mailbox busy, come back later\r\n';
    }
    this.reader = number;
    this.triggered = number < 0 ? Number(TRIGGERED.exec(line)?.[1] ?? -1) : -1;
    return '250 ok\r\n';
  }
}

/** A strict server's limit: never more than one above so many in any second, by its own clock. */
function hasRoom(now: number): boolean {
  while (room < report.messages && (report.times[room] ?? 0) <= now - 1_000) room += 1;
  return report.messages - room <= settings.perSecond;
}

const server = createServer((socket) => new Connection(socket));
server.listen(0, '127.0.0.1', () => process.send?.({ port: (server.address() as AddressInfo).port }));
process.on('message', (message: 'counts' | 'report' | 'clear' | SinkSettings) => {
  if (message === 'counts') {
    const { messages, refused, deferred, throttled, triggeredMessages } = report;
    process.send?.({ messages, refused, deferred, throttled, triggeredMessages } satisfies SinkCounts);
    return;
  }
  if (message === 'report') {
    const { messages, times, taken } = report;
    // slice: the whole of a grown array would cross, not only what is filled.
    process.send?.({ ...report, times: times.slice(0, messages), taken: taken.slice() });
    return;
  }
  if (message === 'clear') clear();
  else settings = message;
  process.send?.('done');
});
process.on('disconnect', () => process.exit(0));
