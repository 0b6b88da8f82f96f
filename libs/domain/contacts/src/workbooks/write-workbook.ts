import { Readable } from 'node:stream';
import { finished } from 'node:stream/promises';
import { ZipFile } from 'yazl';

/** Texts stay texts whatever they begin with; numbers are the program's own. */
export type CellOut = string | number;
export interface SheetOut {
  /** At most 28 characters, none of `[]:*?/\`. */
  name: string;
  rows: AsyncIterable<readonly CellOut[]> | Iterable<readonly CellOut[]>;
}

/** What a sheet of the format holds (ECMA-376): rows, and characters of a cell. */
const ROWS_MAX = 1_048_576;
const TEXT_MAX = 32_767;
/** Characters are collected to pieces of this size. */
const PIECE = 64 * 1024;
const XML = '<?xml version="1.0" encoding="UTF-8" standalone="yes"?>\n';
const MAIN = 'http://schemas.openxmlformats.org/spreadsheetml/2006/main';
const RELATED = 'http://schemas.openxmlformats.org/officeDocument/2006/relationships';
const PACKAGE = 'http://schemas.openxmlformats.org/package/2006';

/**
 * A workbook in the format of Excel 2007 and later, made as it is read: memory holds a page of rows. A sheet with more
 * rows than one may have goes on in the next, named with a number.
 * @returns the file; it ends with the error of a source that fails
 */
export function writeWorkbook(sheets: readonly SheetOut[], rowsMax = ROWS_MAX): Readable {
  const zip = new ZipFile();
  const file = zip.outputStream as Readable;
  const fail = (error: unknown) => file.destroy(error instanceof Error ? error : new Error(String(error)));
  zip.on('error', fail);
  void fill(zip, sheets, rowsMax).catch(fail);
  return file;
}

async function fill(zip: ZipFile, sheets: readonly SheetOut[], rowsMax: number): Promise<void> {
  const names: string[] = [];
  for (const { name, rows } of sheets) {
    const source = new RowSource(rows);
    for (let part = 1; part === 1 || source.hasMore; part += 1) {
      names.push(part === 1 ? name : `${name} ${part}`);
      const stream = Readable.from(sheetXml(source, rowsMax), { objectMode: false });
      zip.addReadStream(stream, `xl/worksheets/sheet${names.length}.xml`);
      await finished(stream);
    }
  }
  for (const [path, xml] of Object.entries(partsFor(names))) zip.addBuffer(Buffer.from(XML + xml), path);
  zip.end();
}

/** Rows one after the other, which several sheets may take from. */
class RowSource {
  hasMore = true;
  private readonly iterator: AsyncIterator<readonly CellOut[]> | Iterator<readonly CellOut[]>;
  private ahead: Promise<IteratorResult<readonly CellOut[]>> | undefined;

  constructor(rows: SheetOut['rows']) {
    this.iterator = Symbol.asyncIterator in rows ? rows[Symbol.asyncIterator]() : rows[Symbol.iterator]();
  }

  async next(): Promise<readonly CellOut[] | undefined> {
    const found = await (this.ahead ?? this.iterator.next());
    if (found.done) {
      this.hasMore = false;
      return undefined;
    }
    this.ahead = Promise.resolve(await this.iterator.next());
    this.hasMore = !(await this.ahead).done;
    return found.value;
  }
}

async function* sheetXml(source: RowSource, rowsMax: number): AsyncGenerator<string> {
  let piece = `${XML}<worksheet xmlns="${MAIN}"><sheetData>`;
  for (let row = 0; row < rowsMax; row += 1) {
    const cells = await source.next();
    if (!cells) break;
    piece += `<row>${cells.map(cellXml).join('')}</row>`;
    if (piece.length < PIECE) continue;
    yield piece;
    piece = '';
  }
  yield `${piece}</sheetData></worksheet>`;
}

function cellXml(cell: CellOut): string {
  if (typeof cell === 'number') return `<c><v>${Number.isFinite(cell) ? cell : 0}</v></c>`;
  if (cell === '') return '<c/>';
  return `<c t="inlineStr"><is><t xml:space="preserve">${escaped(cell.slice(0, TEXT_MAX))}</t></is></c>`;
}

const ENTITIES: Record<string, string> = { '&': '&amp;', '<': '&lt;', '>': '&gt;', '"': '&quot;' };

/** Without what XML 1.0 can't hold: control characters and halves of characters. */
function escaped(text: string): string {
  return text
    .replace(/[^\t\n\r\u0020-\ud7ff\ue000-\ufffd\u{10000}-\u{10ffff}]/gu, '')
    .replace(/[&<>"]/g, (character) => ENTITIES[character] ?? '');
}

/** The parts beside the sheets, by their path. */
function partsFor(names: readonly string[]): Record<string, string> {
  const sheets = names.map((name, at) => `<sheet name="${escaped(name)}" sheetId="${at + 1}" r:id="rId${at + 1}"/>`);
  const relation = (id: number, type: string, target: string) =>
    `<Relationship Id="rId${id}" Type="${RELATED}/${type}" Target="${target}"/>`;
  const related = names.map((_, at) => relation(at + 1, 'worksheet', `worksheets/sheet${at + 1}.xml`));
  const type = 'application/vnd.openxmlformats-officedocument.spreadsheetml';
  const override = (path: string, kind: string) => `<Override PartName="${path}" ContentType="${type}.${kind}+xml"/>`;
  return {
    'xl/workbook.xml': `<workbook xmlns="${MAIN}" xmlns:r="${RELATED}"><sheets>${sheets.join('')}</sheets></workbook>`,
    'xl/_rels/workbook.xml.rels': `<Relationships xmlns="${PACKAGE}/relationships">${related.join('')}</Relationships>`,
    '_rels/.rels': `<Relationships xmlns="${PACKAGE}/relationships">${relation(1, 'officeDocument', 'xl/workbook.xml')}</Relationships>`,
    '[Content_Types].xml': `<Types xmlns="${PACKAGE}/content-types"><Default Extension="rels" ContentType="application/vnd.openxmlformats-package.relationships+xml"/>${[
      override('/xl/workbook.xml', 'sheet.main'),
      ...names.map((_, at) => override(`/xl/worksheets/sheet${at + 1}.xml`, 'worksheet')),
    ].join('')}</Types>`,
  };
}
