/** One record of a delimited file. `line` is where it starts, counted as an editor counts, from 1. */
export interface CsvRecord {
  line: number;
  cells: string[];
  /** Why the record can't be taken; its cells are then the beginning of what stands there. */
  problem: CsvProblem | null;
}
export interface CsvProblem {
  code: 'QUOTE_NOT_CLOSED' | 'QUOTE_INVALID' | 'ROW_TOO_LONG' | 'TOO_MANY_COLUMNS';
  message: string;
}
export interface CsvDialect {
  delimiter: string;
  /** `\n` covers CRLF too; `\r` is the line end of very old files. */
  newline: '\n' | '\r';
}

export const RECORD_MAX = 65_536;
export const COLUMNS_MAX = 500;
/** Of a record that can't be taken, this much is shown. */
const SHOWN_MAX = 2_000;

/**
 * Reads RFC 4180 text in pieces, with memory bounded by the longest record. Unlike parsers that give up at the first
 * stray quote, it reports the record with its line and goes on: after a record that is too long behind its end, after
 * a quote that never closes in the line after the one it opened in. A quote inside an unquoted cell is text, as
 * spreadsheets have it; blank lines and rows of empty cells are passed over.
 *
 * Linear: a scan for a closing quote ends at the next unpaired quote or after RECORD_MAX characters.
 */
export class CsvReader {
  private text = '';
  private line = 1;
  private skipping = false;

  constructor(private readonly dialect: CsvDialect) {}

  /** Records that are complete with this piece. */
  *push(piece: string): Generator<CsvRecord> {
    yield* this.read(this.text + piece, false);
  }

  /** What is left when the file has ended. */
  *end(): Generator<CsvRecord> {
    yield* this.read(this.text, true);
  }

  private *read(text: string, final: boolean): Generator<CsvRecord> {
    const { newline } = this.dialect;
    let at = 0;
    if (this.skipping) {
      const eol = text.indexOf(newline);
      if (eol < 0) {
        this.text = '';
        return;
      }
      this.skipping = false;
      this.line++;
      at = eol + 1;
    }
    while (at < text.length) {
      const eol = text.indexOf(newline, at);
      if (eol < 0 && !final && text.length - at <= RECORD_MAX) break;
      const end = eol < 0 ? text.length : eol;
      const firstLine = this.withoutCarriageReturn(text.slice(at, Math.min(end, at + RECORD_MAX + 1)));
      if (firstLine.length > RECORD_MAX) {
        yield refuseLength(this.line, firstLine);
        // Without its end yet: the rest is passed over by the pieces that follow, which count the line.
        this.skipping = eol < 0;
        if (!this.skipping) this.line++;
        at = eol < 0 ? text.length : eol + 1;
        continue;
      }
      if (!firstLine.includes('"')) {
        yield* this.take(firstLine.split(this.dialect.delimiter));
        this.line++;
        at = end + 1;
        continue;
      }
      const quoted = readQuoted(text, at, this.dialect, final);
      if (quoted === 'more' && !final && text.length - at <= RECORD_MAX) break;
      if (typeof quoted === 'object' && quoted.end - at <= RECORD_MAX) {
        yield* this.take(quoted.cells);
        this.line += quoted.newlines + 1;
        at = quoted.end + 1;
        continue;
      }
      yield quoted === 'invalid'
        ? this.refuse(
            firstLine,
            'QUOTE_INVALID',
            'There is text behind a closing quote. Write a quote inside quotes twice.',
          )
        : this.refuse(
            firstLine,
            'QUOTE_NOT_CLOSED',
            `A quote opens in this row and does not close within ${RECORD_MAX} characters.`,
          );
      this.line++;
      at = end + 1;
    }
    this.text = at < text.length ? text.slice(at) : '';
  }

  private *take(cells: string[]): Generator<CsvRecord> {
    if (cells.length > COLUMNS_MAX) {
      yield refuseWidth(this.line, cells);
    } else if (cells.some((cell) => cell !== '' && cell.trim() !== '')) {
      yield { line: this.line, cells, problem: null };
    }
  }

  private refuse(firstLine: string, code: CsvProblem['code'], message: string): CsvRecord {
    return { line: this.line, cells: [firstLine.slice(0, SHOWN_MAX)], problem: { code, message } };
  }

  private withoutCarriageReturn(line: string): string {
    return line.endsWith('\r') && this.dialect.newline === '\n' ? line.slice(0, -1) : line;
  }
}

/** A record with more columns than are read. */
export function refuseWidth(line: number, cells: readonly string[]): CsvRecord {
  const message = `The row has more than ${COLUMNS_MAX} columns, and no more are read.`;
  return { line, cells: cells.slice(0, 20), problem: { code: 'TOO_MANY_COLUMNS', message } };
}

/** A record with more text than is read. */
export function refuseLength(line: number, text: string): CsvRecord {
  const message = `The row is longer than ${RECORD_MAX} characters.`;
  return { line, cells: [text.slice(0, SHOWN_MAX)], problem: { code: 'ROW_TOO_LONG', message } };
}

interface QuotedRecord {
  cells: string[];
  /** Index of the newline behind the record, or the length of the text. */
  end: number;
  /** Line ends inside quotes. */
  newlines: number;
}

/** Reads a record with quotes at `start`; `more` when its end is not in the text yet (or never comes). */
function readQuoted(
  text: string,
  start: number,
  dialect: CsvDialect,
  final: boolean,
): QuotedRecord | 'more' | 'invalid' {
  const { delimiter, newline } = dialect;
  const cells: string[] = [];
  let newlines = 0;
  let at = start;
  for (;;) {
    let cell: string;
    if (text[at] === '"') {
      const close = closingQuote(text, at + 1, start + RECORD_MAX);
      if (close < 0) return 'more';
      const raw = text.slice(at + 1, close);
      cell = raw.includes('""') ? raw.replaceAll('""', '"') : raw;
      if (raw.includes(newline)) newlines += raw.split(newline).length - 1;
      at = close + 1;
      if (text[at] === '\r' && newline === '\n') at++;
    } else {
      const next = endOfPlainCell(text, at, delimiter, newline);
      cell = text.slice(at, next);
      if (newline === '\n' && cell.endsWith('\r') && text[next] !== delimiter) cell = cell.slice(0, -1);
      at = next;
    }
    cells.push(cell);
    // Behind a cell stands a delimiter or a line end; at the end of the text only the end of the file tells which.
    if (at >= text.length) return final ? { cells, end: text.length, newlines } : 'more';
    if (text[at] === newline) return { cells, end: at, newlines };
    if (text[at] !== delimiter) return 'invalid';
    at++;
    if (at - start > RECORD_MAX) return 'more';
  }
}

/** Index of the quote that closes, doubled ones passed over; -1 when there is none before `limit`. */
function closingQuote(text: string, from: number, limit: number): number {
  let at = text.indexOf('"', from);
  while (at >= 0 && at <= limit && text[at + 1] === '"') at = text.indexOf('"', at + 2);
  return at > limit ? -1 : at;
}

function endOfPlainCell(text: string, from: number, delimiter: string, newline: string): number {
  let at = from;
  while (at < text.length && text[at] !== delimiter && text[at] !== newline) at++;
  return at;
}
