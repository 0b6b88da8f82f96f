import type { Socket } from 'node:net';

/** RFC 2449 section 4: an answer's first line has at most 512 octets; servers that chat get some more. */
const LINE_MAX = 4_096;
/** What may lie unread before the server is told to wait. */
const UNREAD_MAX = 1_048_576;
const END = Buffer.from('\r\n.\r\n');

/** The server refused a command: its words, without `-ERR`. */
export class Pop3Refusal extends Error {}

/** The connection ended, or the server broke the protocol or a time-out; it can't be used any more. */
export class Pop3Lost extends Error {
  constructor(
    message: string,
    readonly timedOut = false,
  ) {
    super(message);
  }
}

/** Lines and long answers (RFC 1939 section 3) over one socket; every wait ends, every line and answer is bounded. */
export class Pop3Wire {
  private unread: Buffer[] = [];
  private unreadBytes = 0;
  private lost: Pop3Lost | null = null;
  private wake: (() => void) | null = null;
  private readonly onData = (chunk: Buffer) => {
    this.unread.push(chunk);
    this.unreadBytes += chunk.length;
    if (this.unreadBytes > UNREAD_MAX) this.socket.pause();
    this.wake?.();
  };
  private readonly onEnd = () => {
    this.lost ??= new Pop3Lost('The server closed the connection.');
    this.wake?.();
  };
  private readonly onError = (error: Error) => {
    this.lost ??= new Pop3Lost(error.message);
    this.wake?.();
  };

  constructor(readonly socket: Socket) {
    socket.on('data', this.onData).on('end', this.onEnd).on('close', this.onEnd).on('error', this.onError);
  }

  get usable(): boolean {
    return this.lost === null;
  }

  /** Gives the socket away, for STLS. @returns false when the server had said more than it was asked (injection) */
  release(): boolean {
    const { socket } = this;
    socket.off('data', this.onData).off('end', this.onEnd).off('close', this.onEnd);
    return this.unreadBytes === 0;
  }

  close(): void {
    this.lost ??= new Pop3Lost('The connection was closed.');
    this.socket.destroy();
    this.wake?.();
  }

  /** Writes a line. @throws Error when it holds a line end: what a user typed must not become a second command */
  say(line: string): void {
    if (/[\r\n\0]/.test(line)) throw new Error('A line end can’t be part of a POP3 command.');
    if (!this.lost) this.socket.write(`${line}\r\n`);
  }

  /** @throws Pop3Lost */
  async line(timeoutMs: number): Promise<string> {
    const until = performance.now() + timeoutMs;
    let have = Buffer.alloc(0);
    for (;;) {
      const end = have.indexOf('\n');
      if (end >= 0) {
        this.putBack(have.subarray(end + 1));
        return have.subarray(0, end).toString('utf8').replace(/\r$/, '');
      }
      if (have.length > LINE_MAX) throw this.broken(`The server sent a line of more than ${LINE_MAX} octets.`);
      have = Buffer.concat([have, await this.next(until)]);
    }
  }

  /** The first line of an answer, without `+OK`. @throws Pop3Refusal, Pop3Lost */
  async answer(timeoutMs: number): Promise<string> {
    const line = await this.line(timeoutMs);
    if (/^\+OK\b/i.test(line)) return line.slice(3).trim();
    if (/^-ERR\b/i.test(line)) throw new Pop3Refusal(line.slice(4).trim().slice(0, 500));
    throw this.broken(`Neither +OK nor -ERR: ${line.slice(0, 200)}`);
  }

  /**
   * A long answer up to the line with the dot, the doubled dots undone. What exceeds `maxBytes` is read and dropped.
   * @throws Pop3Lost
   */
  async body(
    { command, transfer }: { command: number; transfer: number },
    maxBytes: number,
  ): Promise<{ bytes: Buffer; cut: boolean }> {
    const until = performance.now() + transfer;
    // The line end of the first line belongs to the mark when the answer is empty.
    let tail = Buffer.from('\r\n');
    const kept: Buffer[] = [];
    let size = 0;
    for (;;) {
      const chunk = await this.next(Math.min(until, performance.now() + command));
      const seen = Buffer.concat([tail, chunk]);
      const end = seen.indexOf(END);
      const fresh = end < 0 ? chunk : seen.subarray(tail.length, Math.max(tail.length, end + END.length));
      if (size < maxBytes + END.length) kept.push(fresh);
      size += fresh.length;
      if (end >= 0) {
        this.putBack(seen.subarray(end + END.length));
        break;
      }
      tail = Buffer.from(seen.subarray(-(END.length - 1)));
    }
    // The mark without its first line end, which is the mail's own.
    const bytes = unstuffed(Buffer.concat(kept).subarray(0, Math.min(size - 3, maxBytes)));
    return { bytes, cut: size - 3 > maxBytes };
  }

  private putBack(rest: Buffer): void {
    if (rest.length === 0) return;
    this.unread.unshift(rest);
    this.unreadBytes += rest.length;
  }

  /** Everything that lies unread; waits for something. */
  private async next(until: number): Promise<Buffer> {
    while (this.unreadBytes === 0) {
      if (this.lost) throw this.lost;
      const left = until - performance.now();
      if (left <= 0) throw this.broken('The server did not answer in time.', true);
      await new Promise<void>((resolve) => {
        const timer = setTimeout(resolve, left);
        this.wake = () => {
          clearTimeout(timer);
          resolve();
        };
      });
      this.wake = null;
    }
    const chunk = this.unread.length === 1 ? this.unread[0]! : Buffer.concat(this.unread);
    this.unread = [];
    this.unreadBytes = 0;
    if (this.socket.isPaused()) this.socket.resume();
    return chunk;
  }

  private broken(message: string, timedOut = false): Pop3Lost {
    this.lost ??= new Pop3Lost(message, timedOut);
    this.socket.destroy();
    return this.lost;
  }
}

/** RFC 1939 section 3: a line that begins with a dot was sent with two. */
function unstuffed(bytes: Buffer): Buffer {
  const parts: Buffer[] = [];
  let from = bytes[0] === 0x2e ? 1 : 0;
  for (let at = bytes.indexOf('\r\n.', from); at >= 0; at = bytes.indexOf('\r\n.', from)) {
    parts.push(bytes.subarray(from, at + 2));
    from = at + 3;
  }
  parts.push(bytes.subarray(from));
  return Buffer.concat(parts);
}
