import type { FileBytes } from '../imports/file-store.js';
import { styleOf } from './cell-value.js';
import type { NumberStyle } from './cell-value.js';
import { SharedStrings } from './shared-strings.js';
import { SheetReader } from './sheet-reader.js';
import type { SheetRow } from './sheet-reader.js';
import { WorkbookDamaged } from './workbook-damaged.js';
import { XmlReader } from './xml.js';
import type { XmlHandler } from './xml.js';
import { Zip } from './zip.js';

/** Parts beside sheets and texts are small. */
const PART_MAX = 16 * 1024 * 1024;

/** A workbook in the format of Excel 2007 and later (ECMA-376, transitional or strict), read as a stream. */
export class Workbook {
  private constructor(
    private readonly zip: Zip,
    private readonly parts: { sheets: ReadonlyMap<string, string>; strings: string | null; styles: string | null },
    private readonly since1904: boolean,
  ) {}

  /** @throws WorkbookDamaged */
  static async open(file: FileBytes): Promise<Workbook> {
    const zip = await Zip.open(file);
    const root = await relations(zip, '_rels/.rels', '');
    const main = [...root.values()].find(({ type }) => type === 'officeDocument')?.part ?? 'xl/workbook.xml';
    const folder = main.slice(0, main.lastIndexOf('/') + 1);
    const related = await relations(zip, `${folder}_rels/${main.slice(folder.length)}.rels`, folder);
    const sheets = new Map<string, string>();
    let since1904 = false;
    await readPart(zip, main, {
      open: (name, attributes) => {
        if (name === 'workbookPr') since1904 = isTrue(attributes.date1904);
        if (name !== 'sheet' || ['hidden', 'veryHidden'].includes(attributes.state ?? '')) return;
        const id = Object.entries(attributes).find(([key]) => key.endsWith(':id'))?.[1];
        const found = id === undefined ? undefined : related.get(id);
        // A sheet that is a chart has no cells.
        if (found?.type === 'worksheet' && attributes.name) sheets.set(attributes.name, found.part);
      },
    });
    if (sheets.size === 0) throw new WorkbookDamaged('it has no visible sheet with cells');
    const partOf = (wanted: string) =>
      [...related.values()].find(({ type, part }) => type === wanted && zip.has(part))?.part ?? null;
    return new Workbook(zip, { sheets, strings: partOf('sharedStrings'), styles: partOf('styles') }, since1904);
  }

  /** Visible sheets in their order. */
  get sheetNames(): string[] {
    return [...this.parts.sheets.keys()];
  }

  /**
   * The rows of a sheet that have something in them, in pieces.
   * @yields rows, and which share of the sheet they took, from 0 to 1
   * @throws WorkbookDamaged
   */
  async *rows(sheet: string): AsyncGenerator<{ rows: SheetRow[]; share: number }> {
    const part = this.parts.sheets.get(sheet);
    if (part === undefined) throw new WorkbookDamaged(`it has no sheet ${sheet}`);
    const strings = await SharedStrings.read(this.zip, this.parts.strings);
    const reader = new SheetReader(strings, await this.styles(), this.since1904);
    const size = Math.max(1, this.zip.size(part));
    for await (const { text, bytes } of this.zip.text(part)) yield { rows: reader.push(text), share: bytes / size };
  }

  private async styles(): Promise<NumberStyle[]> {
    const styles: NumberStyle[] = [];
    if (this.parts.styles === null) return styles;
    const codes = new Map<number, string>();
    let inCells = false;
    await readPart(this.zip, this.parts.styles, {
      open: (name, { numFmtId, formatCode }) => {
        if (name === 'numFmt') codes.set(Number(numFmtId), formatCode ?? '');
        else if (name === 'cellXfs') inCells = true;
        else if (name === 'xf' && inCells) styles.push(styleOf(Number(numFmtId ?? 0), codes.get(Number(numFmtId))));
      },
      close: (name) => {
        if (name === 'cellXfs') inCells = false;
      },
    });
    return styles;
  }
}

/** What a part refers to, by the id of the relation. */
async function relations(zip: Zip, part: string, folder: string): Promise<Map<string, { type: string; part: string }>> {
  const found = new Map<string, { type: string; part: string }>();
  if (!zip.has(part)) return found;
  await readPart(zip, part, {
    open: (name, { Id, Type, Target }) => {
      if (name !== 'Relationship' || !Id || !Target) return;
      const type = (Type ?? '').slice((Type ?? '').lastIndexOf('/') + 1);
      found.set(Id, { type, part: Target.startsWith('/') ? Target.slice(1) : folder + Target.replace(/^\.\//, '') });
    },
  });
  return found;
}

async function readPart(zip: Zip, part: string, handler: XmlHandler): Promise<void> {
  const xml = new XmlReader(handler);
  for await (const { text } of zip.text(part, PART_MAX)) xml.write(text);
}

function isTrue(value: string | undefined): boolean {
  return value === '1' || value === 'true';
}
