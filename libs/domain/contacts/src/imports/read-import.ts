import { setImmediate as nextTurn } from 'node:timers/promises';
import { DomainError, VERDICT_OF_REASON } from '#contracts';
import type { Database } from '#platform/database';
import { findFields } from '../field.repository.js';
import type { LookUp } from '../domains/mail-domains.js';
import type { CsvRecord } from './csv-reader.js';
import { openFile, readFileChunks } from './file-store.js';
import { keepImport } from './import.repository.js';
import type { ImportErrorRow, ImportRow, ReadProgress } from './import.repository.js';
import { RowParser } from './import-row.js';
import type { ImportRow as ParsedRow } from './import-row.js';
import { ImportStopped } from './import-stopped.js';
import { QualityGate } from './quality-gate.js';
import { sheetRecords, textRecords } from './record-source.js';
import type { RecordPiece } from './record-source.js';
import { SeenAddresses } from './seen-addresses.js';
import { clearErrors, copyLine, copyStaged, createStaging, indexStaging, insertErrors } from './staging.js';

/** More rows than this are two imports. */
export const ROWS_MAX = 5_000_000;
/** Of rows that can't be taken, so many are kept for the error file; all are counted. */
const ERRORS_KEPT = 100_000;
const FLUSH_ROWS = 10_000;
const FLUSH_BYTES = 4 * 1024 * 1024;
const CELLS_SHOWN = 50;
const CELL_SHOWN_MAX = 500;
/** Of rows whose address is risky so many are kept besides, for the check and in case they are left out. */
const RISKY_KEPT = 100_000;

/**
 * Reads the stored file of an import into its staging table, in short transactions that also renew the lease. What
 * can't be taken goes to import_errors with its line.
 * @returns what was read
 * @throws ImportStopped when the import was cancelled or taken over; DomainError IMPORT_FILE_INVALID
 */
export async function readImport(
  db: Database,
  row: ImportRow,
  signal?: AbortSignal,
  lookUp: LookUp | null = null,
): Promise<ReadProgress> {
  const fields = await findFields(db, row.workspaceId);
  const reading = new Reading(db, row, new RowParser(row.plan.mapping, row.plan.header, fields), lookUp);
  await db.transaction(async (tx) => {
    if (!(await keepImport(tx, row, 'reading', reading.progress))) throw new ImportStopped();
    await createStaging(tx, row.id);
    await clearErrors(tx, row.id);
  });
  try {
    await reading.takeAll(signal);
  } finally {
    await reading.settle().catch(() => undefined);
  }
  if (reading.progress.bytesRead !== row.bytes) throw new ImportStopped();
  await db.transaction(async (tx) => {
    if (!(await keepImport(tx, row, 'reading', reading.progress))) throw new ImportStopped();
    await indexStaging(tx, row.id);
  });
  return reading.progress;
}

/** The state of one pass over a file. */
class Reading {
  readonly progress: ReadProgress = { bytesRead: 0, rows: 0, duplicates: 0, invalid: 0, quality: {} };
  private readonly seen = new SeenAddresses();
  /** Lines for COPY of the piece at hand, and of those before it, encoded so that the heap stays small. */
  private lines: string[] = [];
  private readonly gate: QualityGate;
  /** Rows of the piece at hand, before their addresses are judged. */
  private parsed: { n: number; record: CsvRecord; row: ParsedRow }[] = [];
  private pieces: Buffer[] = [];
  private staged = 0;
  private writing: Promise<void> = Promise.resolve();
  private errors: ImportErrorRow[] = [];
  private errorsKept = 0;
  private riskyKept = 0;
  private unflushedBytes = 0;
  private headerPassed: boolean;

  constructor(
    private readonly db: Database,
    private readonly row: ImportRow,
    private readonly parser: RowParser,
    lookUp: LookUp | null,
  ) {
    this.gate = new QualityGate(db, lookUp);
    this.progress.quality = this.gate.counts;
    this.headerPassed = row.plan.header === null;
  }

  async takeAll(signal: AbortSignal | undefined): Promise<void> {
    const { format } = this.row.plan;
    const { fileId } = this.row;
    const pieces =
      'sheet' in format
        ? sheetRecords(await openFile(this.db, fileId), format.sheet)
        : textRecords(readFileChunks(this.db, fileId), format);
    for await (const piece of pieces) {
      signal?.throwIfAborted();
      await this.take(piece);
    }
    await this.flush();
    await this.settle();
  }

  private async take({ records, bytes }: RecordPiece): Promise<void> {
    this.progress.bytesRead += bytes;
    this.unflushedBytes += bytes;
    for (const record of records) this.add(record);
    await this.judge();
    this.encode();
    if (this.staged + this.errors.length >= FLUSH_ROWS || this.unflushedBytes >= FLUSH_BYTES) await this.flush();
    else await nextTurn();
  }

  private add(record: CsvRecord): void {
    if (!this.headerPassed && !record.problem) {
      this.headerPassed = true;
      return;
    }
    const { progress } = this;
    if (++progress.rows > ROWS_MAX) {
      throw new DomainError('IMPORT_FILE_INVALID', `The file has more than ${ROWS_MAX} rows (line ${record.line}).`, {
        help: 'Split it and import the parts one after the other.',
      });
    }
    if (record.problem) return this.refuse(record, record.problem.code, record.problem.message);
    const result = this.parser.parse(record.cells);
    if (!result.ok) return this.refuse(record, result.code, result.message);
    if (!this.seen.add(result.row.canonical)) {
      progress.duplicates++;
      return this.keep(
        record,
        'DUPLICATE_IN_FILE',
        'An earlier row of the file has the same address; the first one counts.',
      );
    }
    this.parsed.push({ n: progress.rows, record, row: result.row });
  }

  /** Passes the rows of a piece through the gate. What becomes of who is not valid is decided when they are merged. */
  private async judge(): Promise<void> {
    const rows = this.parsed;
    this.parsed = [];
    await this.gate.learn(
      rows.map(({ row }) => row.domain),
      () => this.stayAlive(),
    );
    for (const { n, record, row } of rows) {
      const reason = this.gate.judge(row.email, row.domain);
      if (reason && ++this.riskyKept <= RISKY_KEPT) {
        const message = `Left out as ${VERDICT_OF_REASON[reason]}: ${reason}.`;
        this.note(record, `RISKY_${reason.toUpperCase()}`, message);
      }
      this.lines.push(copyLine(n, row, reason !== null));
    }
  }

  private async stayAlive(): Promise<void> {
    await this.settle();
    await this.db.transaction(async (tx) => {
      if (!(await keepImport(tx, this.row, 'reading', { ...this.progress }))) throw new ImportStopped();
    });
  }

  private refuse(record: CsvRecord, code: string, message: string): void {
    this.progress.invalid++;
    this.keep(record, code, message);
  }

  private keep(record: CsvRecord, code: string, message: string): void {
    if (++this.errorsKept <= ERRORS_KEPT) this.note(record, code, message);
  }

  private note(record: CsvRecord, code: string, message: string): void {
    // Text columns hold no NUL and no half of a surrogate pair; U+2400 is the sign that shows a NUL.
    const cells = record.cells.slice(0, CELLS_SHOWN).map((cell) =>
      cell
        .slice(0, CELL_SHOWN_MAX)
        .replaceAll('\0', '\u2400')
        .replace(/\p{Cs}/gu, '\uFFFD'),
    );
    this.errors.push({ line: record.line, code, message, cells });
  }

  private encode(): void {
    if (this.lines.length === 0) return;
    this.pieces.push(Buffer.from(this.lines.join('')));
    this.staged += this.lines.length;
    this.lines = [];
  }

  /** Hands what was read to the database, which stages it while the next pieces are parsed; one batch at a time. */
  private async flush(): Promise<void> {
    const { pieces, errors } = this;
    this.pieces = [];
    this.staged = 0;
    this.errors = [];
    this.unflushedBytes = 0;
    await this.writing;
    this.writing = this.write({ ...this.progress }, pieces, errors);
    // Whoever awaits it next gets the error; until then it is nobody's.
    this.writing.catch(() => undefined);
  }

  /** Waits for the batch on its way. */
  async settle(): Promise<void> {
    await this.writing;
  }

  private async write(progress: ReadProgress, pieces: Buffer[], errors: ImportErrorRow[]): Promise<void> {
    await this.db.transaction(async (tx) => {
      if (!(await keepImport(tx, this.row, 'reading', progress))) throw new ImportStopped();
      if (pieces.length > 0) await copyStaged(tx, this.row.id, pieces);
      await insertErrors(tx, this.row.id, errors);
    });
  }
}
