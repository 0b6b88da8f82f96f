import { createHash, randomUUID } from 'node:crypto';
import {
  closeSync,
  existsSync,
  mkdirSync,
  openSync,
  readFileSync,
  readdirSync,
  realpathSync,
  renameSync,
  unlinkSync,
  writeSync,
} from 'node:fs';
import { createServer } from 'node:net';
import path from 'node:path';
import type { SendOutcome } from '#contracts';
import type { ClaimedBatch } from './claim-batch.js';

/** First line of a batch's journal. */
interface JournalHeader {
  batchId: string;
  fence: string;
  campaignId: string;
  /** Boot of the machine: after an unclean boot the tail of the file may be missing. */
  bootId: string;
}

/** What a journal says about a batch whose owner died. */
export interface JournalRecord extends JournalHeader {
  /** Seq numbers whose body was about to leave, with the SMTP account; empty in journals of before it was noted. */
  intended: Map<number, string>;
  /** Replies that were read, with what is needed to write the attempt. */
  answered: Map<number, { outcome: SendOutcome; at: string; smtpAccountId: string }>;
  file: string;
}

/**
 * What this sender was about to do and what it was told, in one append-only file per claimed batch, so that a kill at
 * any byte leaves the truth behind. Written synchronously and without fsync: that survives the death of the process;
 * the death of the machine is told by the boot id. A failed write (disk full) throws, and nothing more is sent.
 */
export class Journal {
  /** Stable identity of this sender across restarts; leases name it. */
  readonly owner: string;

  constructor(
    private readonly dir: string,
    private readonly bootId: string,
  ) {
    mkdirSync(dir, { recursive: true });
    const identity = path.join(dir, 'sender-id');
    if (!existsSync(identity)) {
      const handle = openSync(identity, 'wx', 0o600);
      writeSync(handle, randomUUID());
      closeSync(handle);
    }
    this.owner = readFileSync(identity, 'utf8').trim();
  }

  /**
   * Makes this process the only one that writes here: two senders of one identity would settle each other's batches.
   * The lock is a listening socket in Linux' abstract namespace, which the kernel frees with the process, however it
   * ends. It does not reach into another container: there `run-sender.sh` locks the folder.
   * @throws Error when another process has it
   */
  async lock(): Promise<void> {
    const folder = createHash('sha256').update(realpathSync(this.dir)).digest('hex').slice(0, 32);
    const server = createServer((socket) => socket.destroy());
    await new Promise<void>((resolve, reject) => {
      server.once('error', (cause) =>
        reject(new Error(`Another sender uses the journal folder ${this.dir}. Give each its own.`, { cause })),
      );
      server.listen({ path: `\0hongyan-journal-${folder}` }, resolve);
    });
    server.unref();
  }

  /** Opens the journal of a claimed batch; it exists before the first byte of the batch leaves. */
  open(batch: Pick<ClaimedBatch, 'id' | 'fence' | 'campaignId'>): BatchJournal {
    const file = path.join(this.dir, `${batch.id}-${batch.fence}.journal`);
    const header: JournalHeader = {
      batchId: batch.id,
      fence: batch.fence,
      campaignId: batch.campaignId,
      bootId: this.bootId,
    };
    return new BatchJournal(file, header);
  }

  /** Journals a dead predecessor left behind; one that can't be read is set aside and counts as missing. */
  leftBehind(): JournalRecord[] {
    return readdirSync(this.dir)
      .filter((name) => name.endsWith('.journal'))
      .map((name) => readJournal(path.join(this.dir, name)))
      .filter((record) => record !== null);
  }

  /** True when the machine has not been booted since the journal was written. */
  isOfThisBoot(record: JournalRecord): boolean {
    return record.bootId === this.bootId;
  }

  discard(record: JournalRecord): void {
    unlinkSync(record.file);
  }
}

/** The journal of one claimed batch. */
export class BatchJournal {
  private readonly handle: number;
  private closed = false;
  private broken: Error | undefined;

  constructor(
    private readonly file: string,
    header: JournalHeader,
  ) {
    this.handle = openSync(file, 'wx', 0o600);
    this.append(`${JSON.stringify(header)}\n`);
  }

  /** To be called in the tick in which the body is handed to the socket. @throws when the disk does not take it */
  intend(seq: number, smtpAccountId: string): void {
    this.append(`I ${seq} ${smtpAccountId}\n`);
  }

  answer(seq: number, outcome: SendOutcome, at: string, smtpAccountId: string): void {
    this.append(`A ${seq} ${JSON.stringify({ outcome, at, smtpAccountId })}\n`);
  }

  /** The ledger has everything: the journal is no longer needed. */
  close(): void {
    this.release();
    unlinkSync(this.file);
  }

  /** Lets go of the file and leaves it for the recovery to read. */
  release(): void {
    if (!this.closed) closeSync(this.handle);
    this.closed = true;
  }

  /** A full disk takes a part of a line without an error; what came after it would be read as something else. */
  private append(line: string): void {
    if (this.broken) throw this.broken;
    try {
      const written = writeSync(this.handle, line);
      if (written !== Buffer.byteLength(line)) throw new Error(`journal: only ${written} bytes of a line were taken`);
    } catch (error) {
      this.broken = error as Error;
      throw error;
    }
  }
}

function readJournal(file: string): JournalRecord | null {
  // A torn last line has no line end: it says nothing.
  const lines = readFileSync(file, 'utf8').split('\n').slice(0, -1);
  if (lines.length === 0) {
    unlinkSync(file); // killed before the header was written: nothing was sent under it
    return null;
  }
  try {
    return parseJournal(lines, file);
  } catch {
    // A machine that lost its power can leave anything behind.
    renameSync(file, `${file}.damaged`);
    return null;
  }
}

function parseJournal([first = '', ...entries]: string[], file: string): JournalRecord {
  const record: JournalRecord = {
    ...(JSON.parse(first) as JournalHeader),
    intended: new Map(),
    answered: new Map(),
    file,
  };
  for (const entry of entries) {
    const [, kind, number = '', rest = ''] = /^([IA]) (\d+)(?: (.*))?$/.exec(entry) ?? [];
    const seq = Number(number);
    if (kind === 'I') {
      record.intended.set(seq, rest);
      // A second try within one claim: the answer to the first, long in the ledger, says nothing of this one.
      record.answered.delete(seq);
    } else if (kind === 'A') record.answered.set(seq, JSON.parse(rest));
    else throw new Error('not a line of a journal');
  }
  return record;
}
