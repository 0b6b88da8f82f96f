import type { Clock } from './clock.js';
import type { LogEntry, LogQuery } from './log-index.js';
import { LogIndex } from './log-index.js';
import type { LogHeader } from './log-record.js';
import { decodeHeader, encodeRecord, scanSegment, writeAll } from './log-record.js';
import type { Segment } from './segments.js';
import { createSegment, dropSegment, openSegments } from './segments.js';

/** What the caller knows of a record; the log adds id, time and size. */
export type NewRecord = Omit<LogHeader, 'v' | 'id' | 'receivedAt' | 'size'>;

interface Pending {
  header: LogHeader;
  raw: Buffer;
  resolve: (header: LogHeader) => void;
  reject: (error: unknown) => void;
}

const MAX_BATCH_RECORDS = 256;
const MAX_BATCH_BYTES = 4 * 1024 * 1024;

/** Append-only log of all the sandbox took or refused. Files are the truth, the index is rebuilt by {@link open}. */
export class MessageLog {
  private readonly index = new LogIndex();
  private readonly pending: Pending[] = [];
  private nextId = 1;
  private work: Promise<void> = Promise.resolve();
  private writing = false;

  private constructor(
    private readonly dir: string,
    private readonly segments: Segment[],
    private readonly limits: { segmentBytes: number; maxBytes: number },
    private readonly clock: Clock,
  ) {}

  /** Opens the log of a folder. A record torn by a killed process is cut off the end; nobody was told it was taken. */
  static async open(
    dir: string,
    limits: { segmentBytes: number; maxBytes: number },
    clock: Clock,
  ): Promise<MessageLog> {
    const log = new MessageLog(dir, await openSegments(dir), limits, clock);
    for (const segment of log.segments) {
      log.nextId = Math.max(log.nextId, segment.firstId);
      segment.size = await scanSegment(segment.file, (header, offset, headerLength) =>
        log.remember(header, segment, offset, headerLength),
      );
      if (segment === log.segments.at(-1)) await segment.file.truncate(segment.size);
    }
    if (log.segments.length === 0) log.segments.push(await createSegment(dir, log.nextId));
    return log;
  }

  /** Resolves once the record is written (not synced to the disk); rejects where the disk refuses it. */
  append(record: NewRecord, raw: Buffer): Promise<LogHeader> {
    const receivedAt = new Date(this.clock.now()).toISOString();
    const header: LogHeader = { v: 1, id: String(this.nextId++), receivedAt, size: raw.length, ...record };
    return new Promise((resolve, reject) => {
      this.pending.push({ header, raw, resolve, reject });
      if (this.writing) return;
      this.writing = true;
      void this.exclusive(() => this.drain());
    });
  }

  /** Newest first. `total` counts all that match, whatever the cursor. */
  async page(query: LogQuery): Promise<{ items: LogHeader[]; nextCursor: string | null; total: number }> {
    const { entries, more, total } = this.index.page(query);
    const headers = await Promise.all(entries.map((entry) => this.readHeader(entry)));
    const items = headers.filter((header) => header !== undefined);
    return { items, nextCursor: more ? String(entries.at(-1)!.id) : null, total };
  }

  /** Header of one message, or undefined where there is none (any more). */
  async find(id: number): Promise<LogHeader | undefined> {
    const entry = this.index.find(id);
    return entry && this.readHeader(entry);
  }

  /** The message exactly as it came over SMTP, dots unstuffed. */
  async raw(id: number): Promise<Buffer | undefined> {
    const entry = this.index.find(id);
    return entry && this.read(entry, entry.headerLength, entry.size);
  }

  /** Forgets everything; ids go on counting. */
  clear(): Promise<void> {
    return this.exclusive(async () => {
      const old = this.segments.splice(0);
      this.index.forget();
      for (const segment of old) await dropSegment(segment);
      this.segments.push(await createSegment(this.dir, this.nextId));
    });
  }

  /** Waits for what is being written and closes the files. */
  close(): Promise<void> {
    return this.exclusive(async () => {
      for (const segment of this.segments) await segment.file.close();
    });
  }

  stats(): { messages: number; refused: number; bytes: number; segments: number } {
    const bytes = this.segments.reduce((sum, segment) => sum + segment.size, 0);
    return {
      messages: this.index.count('message'),
      refused: this.index.count('refused'),
      bytes,
      segments: this.segments.length,
    };
  }

  /** One writer at a time; a failed task does not stop the next. */
  private exclusive(task: () => Promise<void>): Promise<void> {
    const run = this.work.then(task);
    this.work = run.catch(() => undefined);
    return run;
  }

  private async drain(): Promise<void> {
    while (this.pending.length > 0) {
      const batch = this.takeBatch();
      try {
        await this.write(batch);
        for (const { header, resolve } of batch) resolve(header);
      } catch (error) {
        for (const { reject } of batch) reject(error);
      }
    }
    this.writing = false;
  }

  private takeBatch(): Pending[] {
    let bytes = 0;
    let count = 0;
    while (count < this.pending.length && count < MAX_BATCH_RECORDS && bytes < MAX_BATCH_BYTES) {
      bytes += this.pending[count++]!.raw.length;
    }
    return this.pending.splice(0, count);
  }

  private async write(batch: Pending[]): Promise<void> {
    const segment = await this.writableSegment(Number(batch[0]!.header.id));
    const records = batch.map(({ header, raw }) => ({ header, ...encodeRecord(header, raw) }));
    const buffers = records.flatMap((record) => record.parts);
    try {
      await writeAll(segment.file, buffers, segment.size);
    } catch (error) {
      // The clients hear a 4xx, so half a batch must not be found at the next start.
      await segment.file.truncate(segment.size);
      throw error;
    }
    for (const { header, headerLength, length } of records) {
      this.remember(header, segment, segment.size, headerLength);
      segment.size += length;
    }
  }

  private async writableSegment(firstId: number): Promise<Segment> {
    const last = this.segments.at(-1)!;
    if (last.size < this.limits.segmentBytes) return last;
    const next = await createSegment(this.dir, firstId);
    this.segments.push(next);
    while (this.segments.length > 2 && this.stats().bytes > this.limits.maxBytes) await this.dropOldest();
    return next;
  }

  private async dropOldest(): Promise<void> {
    const oldest = this.segments.shift()!;
    this.index.forget(oldest);
    await dropSegment(oldest);
  }

  private remember(header: LogHeader, segment: Segment, offset: number, headerLength: number): void {
    this.nextId = Math.max(this.nextId, Number(header.id) + 1);
    this.index.add(header, segment, offset, headerLength);
  }

  private async readHeader(entry: LogEntry): Promise<LogHeader | undefined> {
    const line = await this.read(entry, 0, entry.headerLength);
    return line && decodeHeader(line);
  }

  private async read(entry: LogEntry, skip: number, length: number): Promise<Buffer | undefined> {
    const buffer = Buffer.alloc(length);
    try {
      const { bytesRead } = await entry.segment.file.read(buffer, 0, length, entry.offset + skip);
      return bytesRead === length ? buffer : undefined;
    } catch {
      // The segment was dropped between look-up and read: the record is gone, as if it never was there.
      return undefined;
    }
  }
}
