import { hash } from 'node:crypto';
import type { z } from 'zod';
import { DomainError } from '#contracts';
import type { FieldError, FieldType, ImportOptions, ImportPreview } from '#contracts';
import type { FieldRow } from '../field.repository.js';
import { parseFieldValue } from '../field-value.js';
import { WorkbookDamaged } from '../workbooks/workbook-damaged.js';
import { Workbook } from '../workbooks/workbook.js';
import { guessMapping, looksLikeHeader } from './column-mapping.js';
import type { Target } from './column-mapping.js';
import { foldHeader } from './column-synonyms.js';
import { decodeHead, detectFormat, firstRecords, isSurelyUtf8, isWhole } from './file-format.js';
import type { FileBytes } from './file-store.js';
import type { FileFormat } from './file-format.js';
import type { ImportPlan } from './import.repository.js';
import { sheetRecords } from './record-source.js';

const PREVIEW_ROWS = 10;
const SAMPLES = 3;
const HEADER_SHOWN_MAX = 100;
const CELL_SHOWN_MAX = 500;
/** Sheets that are looked at for a table, where none is named. */
const SHEETS_TRIED = 10;
/** So many control characters may be accidents of an export; such rows are refused one by one. */
const CONTROLS_MAX = 2;
const CONTROLS_SHARE = 0.005;

/** First bytes of .xlsx (a zip), and of .xls and of .xlsx with a password (compound files). */
const ZIP = Buffer.from('504b0304', 'hex');
const COMPOUND = Buffer.from('d0cf11e0', 'hex');

type Given = Pick<ImportOptions, 'encoding' | 'delimiter' | 'hasHeader' | 'mapping' | 'sheet'>;
/** What the beginning of a file tells. */
export interface Beginning {
  format: FileFormat;
  /** Visible sheets of a workbook. */
  sheets: string[];
  header: string[] | null;
  rows: string[][];
}

/**
 * Columns with samples and where each goes, and the first ten rows.
 * @param remembered where the columns went in the last import with this header, as far as it fits
 */
export function previewImport(
  { format, sheets, header, rows }: Beginning,
  fields: readonly FieldRow[],
  remembered: Target[] | undefined,
): z.infer<typeof ImportPreview> {
  const width = Math.max(header?.length ?? 0, ...rows.map((row) => row.length));
  const known = remembered && remembered.length <= width ? stillThere(remembered, fields) : undefined;
  const mapping = known ?? guessMapping(header, rows, fields);
  const columns = Array.from({ length: width }, (_, index) => {
    const cells = rows.map((row) => (row[index] ?? '').trim().slice(0, CELL_SHOWN_MAX)).filter((cell) => cell !== '');
    return {
      header: (header?.[index] ?? '').trim().slice(0, HEADER_SHOWN_MAX),
      samples: [...new Set(cells)].slice(0, SAMPLES),
      type: typeOf(cells),
      target: mapping[index] ?? null,
    };
  });
  const text = 'sheet' in format ? { encoding: null, delimiter: null } : format;
  return {
    encoding: text.encoding,
    delimiter: text.delimiter,
    sheet: 'sheet' in format ? format.sheet : null,
    sheets,
    hasHeader: header !== null,
    remembered: known !== undefined,
    columns,
    rows: rows.slice(0, PREVIEW_ROWS).map((row) => row.map((cell) => cell.slice(0, CELL_SHOWN_MAX))),
  };
}

/** Numbers of things, not amounts: a telephone, a postcode with its zeros, a card. */
const NUMBERED = /^[+0]\d|^\d{10,}$/;

/** What a column holds, where all that is seen of it says the same: dates before numbers, as 20240506 is both. */
function typeOf(cells: readonly string[]): FieldType {
  if (cells.length === 0) return 'text';
  const are = (type: FieldType) => cells.every((cell) => parseFieldValue(type, cell).ok);
  if (are('date')) return 'date';
  return are('number') && !cells.some((cell) => NUMBERED.test(cell)) ? 'number' : 'text';
}

/** A mapping without the fields that were deleted since. */
function stillThere(mapping: readonly Target[], fields: readonly FieldRow[]): Target[] {
  const keys = new Set(fields.map(({ key }) => `field:${key}`));
  return mapping.map((target) => (target?.startsWith('field:') && !keys.has(target) ? null : target));
}

/** Names a header, so that a file that has it again is known; null without one. */
export function headerKey({ header }: Beginning): string | null {
  return header && hash('sha256', JSON.stringify(header.map((cell) => foldHeader(cell))), 'hex');
}

/**
 * Everything an import needs to know about its file, so that each run of it does the same.
 * @throws DomainError IMPORT_FILE_INVALID when no column holds addresses; VALIDATION_FAILED for a mapping that names a
 * target twice, an unknown field or no address
 */
export function planImport(
  { format, header, rows }: Beginning,
  given: Pick<Given, 'mapping'>,
  fields: readonly FieldRow[],
): Pick<ImportPlan, 'format' | 'header' | 'mapping'> {
  const mapping = given.mapping ?? guessMapping(header, rows, fields);
  if (given.mapping) checkMapping(given.mapping, fields);
  else if (!mapping.includes('email')) {
    throw invalidFile('EMAIL_COLUMN_MISSING', 'No column holds e-mail addresses.', {
      help: 'Name the column 邮箱 or email, give a mapping, or check encoding and delimiter.',
    });
  }
  return {
    format,
    header: header?.slice(0, 50).map((cell) => cell.trim().slice(0, HEADER_SHOWN_MAX).replaceAll('\0', '')) ?? null,
    mapping,
  };
}

/** The rules of an import beside its file, as they are kept with it. */
export function rulesOf(
  given: Pick<ImportOptions, 'existing' | 'eraseEmpty' | 'status' | 'tags' | 'risky' | 'consent'>,
): Omit<ImportPlan, 'format' | 'header' | 'mapping'> {
  const { existing, eraseEmpty, status, tags, risky, consent } = given;
  const at = consent.at ?? new Date().toISOString();
  return { existing, eraseEmpty, status, tags: [...new Set(tags)], risky, consent: { ...consent, at } };
}

/** The rules of a draft, for which nobody has said any. */
export const DRAFT_RULES: ReturnType<typeof rulesOf> = {
  existing: 'update',
  eraseEmpty: false,
  status: 'subscribed',
  tags: [],
  risky: 'take',
  consent: null,
};

/** Text has tabs and line ends, and hardly any other control character; the bytes of a picture are full of them. */
function isBinary(text: string): boolean {
  const controls = text.match(/[\u0000-\u0008\u000e-\u001f]/g)?.length ?? 0;
  return controls > Math.max(CONTROLS_MAX, text.length * CONTROLS_SHARE);
}

/**
 * Reads the beginning of a file.
 * @throws DomainError IMPORT_FILE_INVALID with `errors` when nothing in it can be read
 */
export async function readBeginning(file: FileBytes, given: Given): Promise<Beginning> {
  const { head } = file;
  if (head.subarray(0, COMPOUND.length).equals(COMPOUND)) {
    throw invalidFile('WORKBOOK', 'This is an .xls workbook, or one with a password.', {
      help: 'Save it as .xlsx without a password, or as CSV in UTF-8.',
    });
  }
  return head.subarray(0, ZIP.length).equals(ZIP) ? readSheetBeginning(file, given) : readTextBeginning(head, given);
}

async function readSheetBeginning(file: FileBytes, given: Given): Promise<Beginning> {
  const workbook = await Workbook.open(file).catch(refuseWorkbook);
  const sheets = workbook.sheetNames;
  if (given.sheet !== undefined && !sheets.includes(given.sheet)) {
    throw invalidFile('SHEET_UNKNOWN', `The workbook has no sheet “${given.sheet}”.`, {
      property: 'sheet',
      help: `Choose one of: ${sheets.slice(0, 20).join(', ')}.`,
    });
  }
  // Many workbooks begin with a sheet that explains the others: the first that holds a table is meant.
  const asked = given.sheet === undefined ? sheets.slice(0, SHEETS_TRIED) : [given.sheet];
  for (const sheet of asked) {
    const readable = await firstRows(file, sheet).catch(refuseWorkbook);
    if (readable.length < 2 && sheet !== asked.at(-1)) continue;
    if (readable.length === 0) break;
    return withHeader({ format: { sheet }, sheets }, given, readable, readable.length === 1);
  }
  throw noRows('The sheet has no rows.');
}

async function firstRows(file: FileBytes, sheet: string): Promise<string[][]> {
  const found: string[][] = [];
  for await (const { records } of sheetRecords(file, sheet)) {
    found.push(...records.filter(({ problem }) => problem === null).map(({ cells }) => cells));
    if (found.length > PREVIEW_ROWS * 2) break;
  }
  return found.slice(0, PREVIEW_ROWS * 2 + 1);
}

/** What a workbook that can't be read is refused with. */
export function refuseWorkbook(error: unknown): never {
  if (!(error instanceof WorkbookDamaged)) throw error;
  throw invalidFile('WORKBOOK_DAMAGED', `The workbook can't be read: ${error.message}.`, {
    help: 'Open it in a spreadsheet program, save it again as .xlsx or CSV, and import that.',
  });
}

function readTextBeginning(head: Buffer, given: Given): Beginning {
  if (given.encoding === 'gb18030' && isSurelyUtf8(head)) {
    throw invalidFile('ENCODING_MISMATCH', 'The file is UTF-8, not GB18030.', {
      property: 'encoding',
      help: 'Leave the encoding out, or choose UTF-8.',
    });
  }
  const format = detectFormat(head, given);
  const text = decodeHead(head, format.encoding);
  if (isBinary(text)) {
    throw invalidFile('NOT_TEXT', 'This is not a text file: it holds control characters.', {
      help: 'Save it as CSV in UTF-8 and import that.',
    });
  }
  const records = firstRecords(text, format, isWhole(head), PREVIEW_ROWS * 2 + 1);
  const readable = records.filter((record) => record.problem === null).map((record) => record.cells);
  if (readable.length === 0) {
    const { line = 1, problem } = records[0] ?? {};
    const why = problem ? `line ${line}: ${problem.message}` : 'it has no rows.';
    throw invalidFile(problem?.code ?? 'NO_ROWS', `The file can't be read: ${why}`, {
      params: { line },
      help: 'Save it as CSV in UTF-8, with one contact a line.',
    });
  }
  return withHeader({ format, sheets: [] }, given, readable, isWhole(head) && records.length === 1);
}

/** Tells the header from the rows. @param alone true when the first of them is all the file has */
function withHeader(
  found: Pick<Beginning, 'format' | 'sheets'>,
  given: Given,
  readable: string[][],
  alone: boolean,
): Beginning {
  const hasHeader = given.hasHeader ?? looksLikeHeader(readable[0]);
  if (hasHeader && alone) {
    throw noRows('The file has a header and no rows.');
  }
  return { ...found, header: hasHeader ? (readable[0] ?? null) : null, rows: hasHeader ? readable.slice(1) : readable };
}

function noRows(message: string): DomainError {
  return invalidFile('NO_ROWS', message, { help: 'Put one contact on each line below the header.' });
}

function checkMapping(mapping: readonly Target[], fields: readonly FieldRow[]): void {
  const errors: FieldError[] = [];
  const keys = new Set(fields.map((field) => field.key));
  mapping.forEach((target, column) => {
    if (target === null) return;
    const property = `mapping.${column}`;
    if (mapping.indexOf(target) < column) {
      errors.push({ property, code: 'DUPLICATE_TARGET', message: `Another column goes to ${target} already.` });
    } else if (target.startsWith('field:') && !keys.has(target.slice(6))) {
      const message = `There is no field ${target.slice(6)}. Create it under /fields first.`;
      errors.push({ property, code: 'UNKNOWN_FIELD', message });
    }
  });
  if (!mapping.includes('email')) {
    errors.push({ property: 'mapping', code: 'EMAIL_COLUMN_MISSING', message: 'Say which column holds the address.' });
  }
  if (errors[0]) throw new DomainError('VALIDATION_FAILED', errors[0].message, { errors });
}

function invalidFile(
  code: string,
  message: string,
  options: { property?: string; help: string; params?: FieldError['params'] },
): DomainError {
  const { property = 'file', help, params } = options;
  return new DomainError('IMPORT_FILE_INVALID', message, {
    help,
    property,
    errors: [{ property, code, message, ...(params ? { params } : {}) }],
  });
}
