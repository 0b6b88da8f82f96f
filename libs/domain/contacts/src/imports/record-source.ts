import { Workbook } from '../workbooks/workbook.js';
import type { SheetRow } from '../workbooks/sheet-reader.js';
import { COLUMNS_MAX, CsvReader, RECORD_MAX, refuseLength, refuseWidth } from './csv-reader.js';
import type { CsvRecord } from './csv-reader.js';
import type { TextFormat } from './file-format.js';
import type { FileBytes } from './file-store.js';

/** Some records, and the bytes of the file they took. */
export interface RecordPiece {
  records: CsvRecord[];
  bytes: number;
}

/** Text is parsed in pieces that hold the event loop for a few milliseconds only. */
const PIECE = 64 * 1024;

/** The records of a text file, piece by piece. */
export async function* textRecords(chunks: AsyncIterable<Buffer>, format: TextFormat): AsyncGenerator<RecordPiece> {
  const decoder = new TextDecoder(format.encoding);
  const reader = new CsvReader(format);
  for await (const chunk of chunks) {
    for (let at = 0; at < chunk.length; at += PIECE) {
      const piece = chunk.subarray(at, at + PIECE);
      yield { records: [...reader.push(decoder.decode(piece, { stream: true }))], bytes: piece.length };
    }
  }
  yield { records: [...reader.push(decoder.decode()), ...reader.end()], bytes: 0 };
}

/** The records of a sheet, piece by piece; `line` is the number of the row in the spreadsheet. */
export async function* sheetRecords(file: FileBytes, sheet: string): AsyncGenerator<RecordPiece> {
  const workbook = await Workbook.open(file);
  let told = 0;
  let share = 0;
  for await (const piece of workbook.rows(sheet)) {
    share += piece.share;
    const bytes = Math.min(file.bytes, Math.floor(share * file.bytes)) - told;
    told += bytes;
    yield { records: piece.rows.map(toRecord), bytes };
  }
  yield { records: [], bytes: file.bytes - told };
}

function toRecord({ line, cells }: SheetRow): CsvRecord {
  if (cells.length > COLUMNS_MAX) return refuseWidth(line, cells);
  const length = cells.reduce((sum, cell) => sum + cell.length, 0);
  return length > RECORD_MAX ? refuseLength(line, cells.join(' ')) : { line, cells, problem: null };
}
