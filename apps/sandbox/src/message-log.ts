import type { Clock } from './clock.js';
import type { LogHeader } from './log-record.js';
import { decodeHeader, encodeRecord, scanSegment, writeAll } from './log-record.js';
import type { Segment } from './segments.js';
import { createSegment, dropSegment, openSegments } from './segments.js';

/** What the caller knows of a record; the log adds id, time and size. */
export type NewRecord = Omit<LogHeader, 'v' | 'id' | 'receivedAt' | 'size'>;

/** Which records a page shows: `q` in recipient, From or subject; `to` a whole recipient address. */
export interface LogQuery {
  kind: LogHeader['kind'];
  limit: number;
  /** Only records with a smaller id. */
  cursor?: number | undefined;
  q?: string | undefined;
  to?: string | undefined;
}

/** What stays in memory of a record: about 200 bytes. */
interface Entry {
  id: number;
  segment: Segment;
  offset: number;
  headerLength: number;
  size: number;
  to: string;
  from: string;
  subject: string;
}

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
  private readonly index: Record<LogHeader['kind'], Entry[]> = { message: [], refused: [] };
  private readonly pending: Pending[] = [];
  private readonly interned = new Map<string, string>();
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
    const all = this.index[query.kind];
    const matching = query.q || query.to ? all.filter(matcher(query)) : all;
    const end = query.cursor === undefined ? matching.length : lowerBound(matching, query.cursor);
    const page = matching.slice(Math.max(0, end - query.limit), end).reverse();
    const items = (await Promise.all(page.map((entry) => this.readHeader(entry)))).filter((item) => item !== undefined);
    const more = end - page.length > 0;
    return { items, nextCursor: more ? String(page.at(-1)!.id) : null, total: matching.length };
  }

  /** Header of one message, or undefined where there is none (any more). */
  async find(id: number): Promise<LogHeader | undefined> {
    const entry = this.entry(id);
    return entry && this.readHeader(entry);
  }

  /** The message exactly as it came over SMTP, dots unstuffed. */
  async raw(id: number): Promise<Buffer | undefined> {
    const entry = this.entry(id);
    return entry && this.read(entry, entry.headerLength, entry.size);
  }

  /** Forgets everything; ids go on counting. */
  clear(): Promise<void> {
    return this.exclusive(async () => {
      const old = this.segments.splice(0);
      this.index.message = [];
      this.index.refused = [];
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
      messages: this.index.message.length,
      refused: this.index.refused.length,
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
    for (const kind of ['message', 'refused'] as const) {
      this.index[kind] = this.index[kind].filter((entry) => entry.segment !== oldest);
    }
    await dropSegment(oldest);
  }

  private remember(header: LogHeader, segment: Segment, offset: number, headerLength: number): void {
    const id = Number(header.id);
    this.nextId = Math.max(this.nextId, id + 1);
    const { size } = header;
    const [from, subject] = [this.intern(header.from), this.intern(header.subject)];
    this.index[header.kind].push({ id, segment, offset, headerLength, size, to: header.to.join(' '), from, subject });
  }

  /** A campaign repeats its From and subject thousands of times: keep one copy. */
  private intern(text: string): string {
    const known = this.interned.get(text);
    if (known !== undefined) return known;
    if (this.interned.size > 1000) this.interned.clear();
    this.interned.set(text, text);
    return text;
  }

  private entry(id: number): Entry | undefined {
    const entry = this.index.message[lowerBound(this.index.message, id)];
    return entry?.id === id ? entry : undefined;
  }

  private async readHeader(entry: Entry): Promise<LogHeader | undefined> {
    const line = await this.read(entry, 0, entry.headerLength);
    return line && decodeHeader(line);
  }

  private async read(entry: Entry, skip: number, length: number): Promise<Buffer | undefined> {
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

/** Position of the first entry whose id is at least `id`. */
function lowerBound(entries: Entry[], id: number): number {
  let low = 0;
  let high = entries.length;
  while (low < high) {
    const middle = (low + high) >> 1;
    if (entries[middle]!.id < id) low = middle + 1;
    else high = middle;
  }
  return low;
}

function matcher({ q, to }: LogQuery): (entry: Entry) => boolean {
  const needle = q?.toLowerCase() ?? '';
  const address = to?.toLowerCase();
  return (entry) => {
    if (address && !entry.to.toLowerCase().split(' ').includes(address)) return false;
    return !needle || `${entry.to}\n${entry.from}\n${entry.subject}`.toLowerCase().includes(needle);
  };
}
