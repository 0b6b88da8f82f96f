import type { z } from 'zod';
import { DomainError, SUPPRESSION_REASONS } from '#contracts';
import type { SuppressionImport, SuppressionReason } from '#contracts';
import type { Database } from '#platform/database';
import { CsvReader, HEAD_BYTES, detectFormat, undoNeutralised } from '#domain/contacts';
import type { CsvRecord } from '#domain/contacts';
import { parseEntry } from './parse-entry.js';
import { suppressAll } from './suppress.js';
import type { SuppressRequest } from './suppress.js';

/** More lines than this are two files. */
const LINES_MAX = 500_000;
const FLUSH = 1_000;
const ERRORS_SHOWN = 100;
const SHOWN_MAX = 200;
/** Headers of the column with the addresses, in files of ours and of others. */
const ADDRESS_HEADERS = new Set([
  'address',
  'email',
  'e-mail',
  'mail',
  'email address',
  '地址',
  '邮箱',
  '邮件地址',
  '电子邮件',
]);
/** Reasons a file may give: those that a person may. */
const REASONS = new Set<string>(
  SUPPRESSION_REASONS.filter((reason) => reason !== 'backed_off' && reason !== 'quarantined'),
);

/**
 * Puts the addresses and `@domain` entries of a file on the list: one a line, or CSV with a column of addresses and
 * perhaps `reason` and `note`, such as our own export. Read as it comes, a thousand lines a transaction; a file that
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

interface Columns {
  address: number;
  reason: number;
  note: number;
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
      this.columns = header ?? {
        address: Math.max(
          0,
          cells.findIndex((cell) => cell.includes('@')),
        ),
        reason: -1,
        note: -1,
      };
      if (header) return;
    }
    if (++this.result.lines > LINES_MAX) {
      throw new DomainError('TOO_LARGE', `The file has more than ${LINES_MAX} lines. Split it.`, { property: 'file' });
    }
    const value = undoNeutralised(cells[this.columns.address] ?? '');
    const entry = problem ? { ok: false as const, ...problem } : parseEntry(value);
    if (!entry.ok) return this.refuse({ line, value, code: entry.code, message: entry.message });
    if (this.waiting.has(entry.canonical)) this.result.known += 1;
    const reason = cells[this.columns.reason] ?? '';
    this.waiting.set(entry.canonical, {
      canonical: entry.canonical,
      reason: REASONS.has(reason) ? (reason as SuppressionReason) : 'manual',
      note: undoNeutralised(cells[this.columns.note] ?? '') || this.note,
    });
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

function columnsOf(cells: readonly string[]): Columns | null {
  const names = cells.map((cell) => cell.trim().toLowerCase());
  const address = names.findIndex((name) => ADDRESS_HEADERS.has(name));
  return address < 0 ? null : { address, reason: names.indexOf('reason'), note: names.indexOf('note') };
}
