import { createHash } from 'node:crypto';
import type { Pop3Timeouts } from './target.js';
import { Pop3Refusal } from './wire.js';
import type { Pop3Wire } from './wire.js';

/** One mail of the list. Its number holds for this connection only, its key for good. */
export interface Pop3Entry {
  number: number;
  /** Octets, as the server counts them; only a hint. */
  size: number;
  key: string;
}

/** The most mails of a mailbox that one session looks at. */
const ENTRIES_MAX = 500_000;
/** … and the most octets of a list: a number, a UIDL of 70 octets, a line end. */
const LIST_BYTES_MAX = 50_000_000;
const HEADER_MAX = 262_144;
/** Lines of a mail above the allowed size: enough for a report in front of the returned original. */
const TOP_LINES = 4_000;

/** An open session (RFC 1939 section 5). It locks the mailbox: do the work, then {@link quit}. */
export class Pop3Mailbox {
  /** @internal use openPop3 */
  constructor(
    private readonly wire: Pop3Wire,
    private readonly timeouts: Pop3Timeouts,
  ) {}

  get usable(): boolean {
    return this.wire.usable;
  }

  /** Number of mails. @throws Pop3Refusal, Pop3Lost */
  async count(): Promise<number> {
    return Number(/^\d{1,9}/.exec(await this.ask('STAT'))?.[0] ?? 0);
  }

  /**
   * Every mail with a key that stays the same from session to session: the server's UIDL; a hash of size and header
   * where there is none, or where it gives the same one to several mails.
   * @throws Pop3Refusal, Pop3Lost
   */
  async list(): Promise<Pop3Entry[]> {
    const sizes = await this.pairs('LIST');
    const uids = await this.pairs('UIDL').catch((error: unknown) => {
      if (error instanceof Pop3Refusal) return new Map<number, string>();
      throw error;
    });
    const seen = new Map<string, number>();
    for (const uid of uids.values()) seen.set(uid, (seen.get(uid) ?? 0) + 1);
    const entries: Pop3Entry[] = [];
    for (const [number, text] of sizes) {
      const size = Number.parseInt(text, 10) || 0;
      const uid = uids.get(number);
      const key = uid && seen.get(uid) === 1 ? `u:${uid}` : await this.hashOf(number, size);
      entries.push({ number, size, key });
    }
    return entries;
  }

  /**
   * One mail as it lies there; above `maxBytes` only its beginning, marked.
   * @throws Pop3Refusal when it is gone, Pop3Lost
   */
  async read({ number, size }: Pop3Entry, maxBytes: number): Promise<{ raw: Buffer; cut: boolean }> {
    const top = size > maxBytes ? await this.top(number, TOP_LINES, maxBytes) : null;
    if (top) return { raw: top, cut: true };
    await this.ask(`RETR ${number}`);
    const { bytes, cut } = await this.wire.body(this.timeouts, maxBytes);
    return { raw: bytes, cut };
  }

  /** Marks a mail to be deleted; the server does it at {@link quit}. @throws Pop3Lost */
  async delete(number: number): Promise<boolean> {
    return this.ask(`DELE ${number}`).then(
      () => true,
      (error: unknown) => {
        if (error instanceof Pop3Refusal) return false;
        throw error;
      },
    );
  }

  /** Ends the session. @returns true when the server has confirmed it: only then is deleted what was marked */
  async quit(): Promise<boolean> {
    try {
      await this.ask('QUIT');
      return true;
    } catch {
      return false;
    } finally {
      this.wire.close();
    }
  }

  /** Ends the connection without QUIT: nothing that was marked is deleted. */
  close(): void {
    this.wire.close();
  }

  private async ask(command: string): Promise<string> {
    this.wire.say(command);
    return this.wire.answer(this.timeouts.command);
  }

  /** The lines `number rest` of a list. */
  private async pairs(command: 'LIST' | 'UIDL'): Promise<Map<number, string>> {
    await this.ask(command);
    const { bytes } = await this.wire.body(this.timeouts, LIST_BYTES_MAX);
    const pairs = new Map<number, string>();
    let from = 0;
    while (from < bytes.length && pairs.size < ENTRIES_MAX) {
      const end = bytes.indexOf('\n', from);
      const line = bytes.toString('latin1', from, end < 0 ? bytes.length : Math.min(end, from + 512));
      const match = /^(\d{1,9})[ \t]+(\S{1,255})/.exec(line);
      if (match) pairs.set(Number(match[1]), match[2]!);
      if (end < 0) break;
      from = end + 1;
    }
    return pairs;
  }

  /** TOP is optional (RFC 1939 section 7). */
  private async top(number: number, lines: number, maxBytes: number): Promise<Buffer | null> {
    try {
      await this.ask(`TOP ${number} ${lines}`);
    } catch (error) {
      if (error instanceof Pop3Refusal) return null;
      throw error;
    }
    return (await this.wire.body(this.timeouts, maxBytes)).bytes;
  }

  private async hashOf(number: number, size: number): Promise<string> {
    const header = await this.top(number, 0, HEADER_MAX);
    const seen = header ?? (await this.read({ number, size, key: '' }, 10 * HEADER_MAX)).raw;
    return `h:${createHash('sha256').update(`${size}\n`).update(seen).digest('base64url')}`;
  }
}
