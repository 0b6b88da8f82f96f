import { Piscina } from 'piscina';
import type { InboundVerdict } from '#contracts';
import type { Envelope } from '#engine/dsn';
import { workerFile } from '#platform/process';
import type { HandedMails } from './read-mail-worker.js';

/** A mail is read within this, or never (security.md: hostile mail ends within a second). */
const WATCHDOG_MS = 1_000;
/** A new thread may take this long to load on a busy machine. */
const START_MS = 30_000;
const MEMORY_MB = 256;
/** Mails handed over at a time: a turn of the thread costs as much as the reading of an ordinary mail. */
const HANDED_MAILS = 50;
const HANDED_BYTES = 1024 * 1024;

/** A mail to be read. */
interface MailToRead {
  raw: Uint8Array;
  envelope: Envelope;
}

/** What a mail says, and the same as JSON that Postgres takes. */
interface MailRead {
  verdict: InboundVerdict;
  text: string;
}

/**
 * Reads mails one after another in a thread with limits on time and memory; the thread is ended when one is passed.
 * Several are handed over at a time; when they pass a limit, each is read alone. The time of a mail begins when its turn
 * has come and the thread is up: neither a mail that hangs before it nor the start of the thread that follows counts
 * against it.
 */
export class MailReader {
  private readonly pool: Piscina<HandedMails, string[]>;
  private turn: Promise<unknown> = Promise.resolve();
  private isUp = false;

  /** @param worker the thread's file beside this one; tests have one that hangs */
  constructor(worker = './read-mail-worker.js') {
    this.pool = new Piscina({
      filename: workerFile(worker, import.meta.url),
      minThreads: 1,
      maxThreads: 1,
      resourceLimits: { maxOldGenerationSizeMb: MEMORY_MB },
    });
  }

  /** @returns of each what it says, or by what it passed a limit */
  async read(mails: readonly MailToRead[]): Promise<(MailRead | Error)[]> {
    const found: (MailRead | Error)[] = [];
    for (const some of handed(mails)) {
      const result = this.turn.then(() => this.readSome(some));
      this.turn = result;
      found.push(...(await result));
    }
    return found;
  }

  async close(): Promise<void> {
    await this.pool.destroy();
  }

  private async readSome(mails: readonly MailToRead[]): Promise<(MailRead | Error)[]> {
    try {
      return await this.readNow(mails);
    } catch (error) {
      if (mails.length === 1) return [error as Error];
    }
    const found: (MailRead | Error)[] = [];
    for (const mail of mails) found.push(...(await this.readSome([mail])));
    return found;
  }

  private async readNow(mails: readonly MailToRead[]): Promise<MailRead[]> {
    if (!this.isUp) await this.pool.run(handedOver([]), { signal: AbortSignal.timeout(START_MS) });
    this.isUp = true;
    try {
      const task = handedOver(mails);
      const signal = AbortSignal.timeout(WATCHDOG_MS);
      const texts = await this.pool.run(task, { signal, transferList: [task.bytes.buffer] });
      return texts.map((text) => ({ verdict: JSON.parse(text) as InboundVerdict, text }));
    } catch (error) {
      this.isUp = false;
      throw error;
    }
  }
}

/** In their order, so many at a time. */
function* handed(mails: readonly MailToRead[]): Generator<MailToRead[]> {
  let some: MailToRead[] = [];
  let bytes = 0;
  for (const mail of mails) {
    if (some.length > 0 && (some.length === HANDED_MAILS || bytes + mail.raw.length > HANDED_BYTES)) {
      yield some;
      [some, bytes] = [[], 0];
    }
    some.push(mail);
    bytes += mail.raw.length;
  }
  if (some.length > 0) yield some;
}

/** All of them in one block of memory, which goes over without being copied once more. */
function handedOver(mails: readonly MailToRead[]): HandedMails {
  const bytes = new Uint8Array(mails.reduce((sum, { raw }) => sum + raw.length, 0));
  let at = 0;
  for (const { raw } of mails) {
    bytes.set(raw, at);
    at += raw.length;
  }
  return { bytes, mails: mails.map(({ raw, envelope }) => ({ length: raw.length, envelope })) };
}
