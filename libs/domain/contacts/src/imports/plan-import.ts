import type { z } from 'zod';
import { DomainError } from '#contracts';
import type { FieldError, ImportOptions, ImportPreview } from '#contracts';
import type { FieldRow } from '../field.repository.js';
import { guessMapping, looksLikeHeader } from './column-mapping.js';
import type { Target } from './column-mapping.js';
import { decodeHead, detectFormat, firstRecords, isSurelyUtf8, isWhole } from './file-format.js';
import type { FileFormat } from './file-format.js';
import type { ImportPlan } from './import.repository.js';

const PREVIEW_ROWS = 10;
const SAMPLES = 3;
const HEADER_SHOWN_MAX = 100;
const CELL_SHOWN_MAX = 500;
/** So many control characters may be accidents of an export; such rows are refused one by one. */
const CONTROLS_MAX = 2;
const CONTROLS_SHARE = 0.005;

/** First bytes of .xlsx (a zip) and of .xls (a compound file). */
const WORKBOOKS = [Buffer.from('504b0304', 'hex'), Buffer.from('d0cf11e0', 'hex')];

type Given = Pick<ImportOptions, 'encoding' | 'delimiter' | 'hasHeader' | 'mapping'>;
interface Beginning {
  format: FileFormat;
  header: string[] | null;
  rows: string[][];
}

/**
 * What the beginning of a file tells: format, columns with samples and where we think each goes, the first ten rows.
 * @param head at most HEAD_BYTES of the file
 * @throws DomainError IMPORT_FILE_INVALID when nothing in it can be read
 */
export function previewImport(head: Buffer, given: Given, fields: readonly FieldRow[]): z.infer<typeof ImportPreview> {
  const { format, header, rows } = readBeginning(head, given);
  const mapping = given.mapping ?? guessMapping(header, rows, fields);
  const width = Math.max(header?.length ?? 0, ...rows.map((row) => row.length));
  const columns = Array.from({ length: width }, (_, index) => ({
    header: (header?.[index] ?? '').trim().slice(0, HEADER_SHOWN_MAX),
    samples: rows
      .map((row) => (row[index] ?? '').trim().slice(0, CELL_SHOWN_MAX))
      .filter((cell) => cell !== '')
      .slice(0, SAMPLES),
    target: mapping[index] ?? null,
  }));
  return {
    encoding: format.encoding,
    delimiter: format.delimiter,
    hasHeader: header !== null,
    columns,
    rows: rows.slice(0, PREVIEW_ROWS).map((row) => row.map((cell) => cell.slice(0, CELL_SHOWN_MAX))),
  };
}

/**
 * Everything an import needs to know about its file, so that each run of it does the same.
 * @throws DomainError IMPORT_FILE_INVALID with `errors`: unreadable, no column of addresses; VALIDATION_FAILED for a
 * mapping that names a target twice, an unknown field or no address
 */
export function planImport(head: Buffer, options: ImportOptions, fields: readonly FieldRow[]): ImportPlan {
  const { format, header, rows } = readBeginning(head, options);
  const mapping = options.mapping ?? guessMapping(header, rows, fields);
  if (options.mapping) checkMapping(options.mapping, fields);
  else if (!mapping.includes('email')) {
    throw invalidFile('EMAIL_COLUMN_MISSING', 'No column holds e-mail addresses.', {
      help: 'Name the column 邮箱 or email, give a mapping, or check encoding and delimiter.',
    });
  }
  const { existing, status, tags, risky, consent } = options;
  return {
    format,
    header: header?.slice(0, 50).map((cell) => cell.trim().slice(0, HEADER_SHOWN_MAX).replaceAll('\0', '')) ?? null,
    mapping,
    existing,
    status,
    tags: [...new Set(tags)],
    risky,
    consent,
  };
}

/** Text has tabs and line ends, and hardly any other control character; the bytes of a picture are full of them. */
function isBinary(text: string): boolean {
  const controls = text.match(/[\u0000-\u0008\u000e-\u001f]/g)?.length ?? 0;
  return controls > Math.max(CONTROLS_MAX, text.length * CONTROLS_SHARE);
}

function readBeginning(head: Buffer, given: Given): Beginning {
  if (given.encoding === 'gb18030' && isSurelyUtf8(head)) {
    throw invalidFile('ENCODING_MISMATCH', 'The file is UTF-8, not GB18030.', {
      property: 'encoding',
      help: 'Leave the encoding out, or choose UTF-8.',
    });
  }
  if (WORKBOOKS.some((signature) => head.subarray(0, signature.length).equals(signature))) {
    throw invalidFile('WORKBOOK', 'This is a spreadsheet workbook, not a text file.', {
      help: 'Save it as CSV in UTF-8 and import that.',
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
  const hasHeader = given.hasHeader ?? looksLikeHeader(readable[0]);
  if (hasHeader && records.length === 1 && isWhole(head)) {
    throw invalidFile('NO_ROWS', 'The file has a header and no rows.', {
      help: 'Put one contact on each line below the header.',
    });
  }
  return { format, header: hasHeader ? (readable[0] ?? null) : null, rows: hasHeader ? readable.slice(1) : readable };
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
