import type { z } from 'zod';
import { DomainError } from '#contracts';
import type { SuppressionImport } from '#contracts';
import type { Database } from '#platform/database';
import { CsvReader, HEAD_BYTES, detectFormat } from '#domain/contacts';
import type { CsvRecord } from '#domain/contacts';
import { isStronger, suppressAll } from './suppress.js';
import type { SuppressRequest } from './suppress.js';
import { columnsOf, columnsWithout, readLine } from './suppression-line.js';
import type { Columns } from './suppression-line.js';

/** More lines than this are two files. */
const LINES_MAX = 500_000;
const FLUSH = 1_000;
const ERRORS_SHOWN = 100;
const SHOWN_MAX = 200;
/**
 * Puts the addresses and `@domain` entries of a file on the list: one a line, or CSV with a column of addresses and
 * perhaps `reason`, `note`, `detail` and `expires`, such as our own export. Read as it comes, a thousand lines a transaction; a file that
 * breaks off leaves what was read, and sending it again changes nothing.
 * @throws DomainError TOO_LARGE beyond 500,000 lines
 */
export async function importSuppressions(
  db: Database,
  workspaceId: string,
  source: AsyncIterable<Buffer>,
  note: string,
): Promise<z.infer<typeof SuppressionImport>> {
  const reading = new Reading(db, workspaceId, note);
  let head: Buffer | null = Buffer.alloc(0);
  for await (const chunk of source) {
    if (head === null) await reading.take(chunk);
    else if ((head = Buffer.concat([head, chunk])).length >= HEAD_BYTES) {
      await reading.begin(head);
      head = null;
    }
  }
  if (head) await reading.begin(head);
  return reading.end();
}

class Reading {
  private readonly result: z.infer<typeof SuppressionImport> = { lines: 0, added: 0, known: 0, invalid: 0, errors: [] };
  private decoder = new TextDecoder();
  private reader = new CsvReader({ delimiter: ',', newline: '\n' });
  private columns: Columns | null = null;
  private waiting = new Map<string, SuppressRequest>();

  constructor(
    private readonly db: Database,
    private readonly workspaceId: string,
    private readonly note: string,
  ) {}

  async begin(head: Buffer): Promise<void> {
    const format = detectFormat(head, {});
    this.decoder = new TextDecoder(format.encoding);
    this.reader = new CsvReader(format);
    await this.take(head);
  }

  take(chunk: Buffer): Promise<void> {
    return this.read(this.reader.push(this.decoder.decode(chunk, { stream: true })));
  }

  async end(): Promise<z.infer<typeof SuppressionImport>> {
    await this.read(this.reader.push(this.decoder.decode()));
    await this.read(this.reader.end());
    await this.flush();
    return this.result;
  }

  private async read(records: Iterable<CsvRecord>): Promise<void> {
    for (const record of records) {
      this.add(record);
      if (this.waiting.size >= FLUSH) await this.flush();
    }
  }

  private add({ line, cells, problem }: CsvRecord): void {
    if (!this.columns) {
      const header = columnsOf(cells);
      this.columns = header ?? columnsWithout(cells);
      if (header) return;
    }
    if (++this.result.lines > LINES_MAX) {
      throw new DomainError('TOO_LARGE', `The file has more than ${LINES_MAX} lines. Split it.`, {
        property: 'file',
        help: 'The lines before that are on the list already; sending them again changes nothing.',
      });
    }
    if (problem) return this.refuse({ line, value: cells[this.columns.address] ?? '', ...problem });
    const read = readLine(cells, this.columns, this.note);
    if (!read.ok) return this.refuse({ line, value: read.value, code: read.code, message: read.message });
    const { request } = read;
    const before = this.waiting.get(request.canonical);
    if (before) this.result.known += 1;
    if (!before || isStronger(request.reason, before.reason)) this.waiting.set(request.canonical, request);
  }

  private refuse(error: { line: number; value: string; code: string; message: string }): void {
    this.result.invalid += 1;
    if (this.result.errors.length >= ERRORS_SHOWN) return;
    this.result.errors.push({ ...error, value: error.value.slice(0, SHOWN_MAX) });
  }

  private async flush(): Promise<void> {
    const requests = [...this.waiting.values()];
    this.waiting = new Map();
    if (requests.length === 0) return;
    const added = await this.db.transaction((tx) => suppressAll(tx, this.workspaceId, requests));
    this.result.added += added;
    this.result.known += requests.length - added;
  }
}
