import { showNumber } from './cell-value.js';
import type { NumberStyle } from './cell-value.js';
import type { SharedStrings } from './shared-strings.js';
import { XmlReader } from './xml.js';

/** A row of a sheet: its number as the spreadsheet shows it, and its cells as text. */
export interface SheetRow {
  line: number;
  cells: string[];
}

/** Cells beyond this are counted, not kept. */
const COLUMNS_KEPT = 600;

/** Reads the XML of one sheet, piece by piece. */
export class SheetReader {
  private rows: SheetRow[] = [];
  private row: SheetRow = { line: 0, cells: [] };
  private column = 0;
  private type = '';
  private style: NumberStyle = 'plain';
  private text: string[] = [];
  private phonetic = 0;
  private reading = false;
  private readonly xml: XmlReader;

  constructor(
    private readonly strings: SharedStrings,
    private readonly styles: readonly NumberStyle[],
    private readonly since1904: boolean,
  ) {
    this.xml = new XmlReader({
      open: (name, attributes) => this.open(name, attributes),
      text: (piece) => {
        if (this.reading) this.text.push(piece);
      },
      close: (name) => this.close(name),
    });
  }

  /** Rows that are complete with this piece. */
  push(piece: string): SheetRow[] {
    this.xml.write(piece);
    const { rows } = this;
    this.rows = [];
    return rows;
  }

  private open(name: string, attributes: Readonly<Record<string, string>>): void {
    switch (name) {
      case 'row':
        this.row = { line: Number(attributes.r) || this.row.line + 1, cells: [] };
        this.column = 0;
        break;
      case 'c':
        if (attributes.r) this.column = columnOf(attributes.r) ?? this.column;
        this.type = attributes.t ?? 'n';
        this.style = this.styles[Number(attributes.s ?? 0)] ?? 'plain';
        this.text = [];
        break;
      case 'rPh':
        this.phonetic++;
        break;
      case 'v':
      case 't':
        this.reading = this.phonetic === 0;
        break;
    }
  }

  private close(name: string): void {
    this.reading = false;
    if (name === 'rPh') this.phonetic--;
    else if (name === 'c') this.take();
    else if (name === 'row' && this.row.cells.some((cell) => cell !== '')) this.rows.push(this.row);
  }

  private take(): void {
    const { cells } = this.row;
    const at = this.column++;
    if (this.text.length === 0 || at >= COLUMNS_KEPT) return;
    while (cells.length < at) cells.push('');
    cells[at] = this.value(this.text.join(''));
  }

  private value(raw: string): string {
    switch (this.type) {
      case 's':
        return this.strings.get(Number(raw));
      case 'b':
        return raw === '1' ? 'true' : 'false';
      case 'd':
        return raw.replace('T00:00:00', '').replace('T', ' ');
      case 'n':
        return showNumber(raw, this.style, this.since1904);
      default:
        return raw;
    }
  }
}

/** Column of a reference such as `AB12`, from 0. */
function columnOf(reference: string): number | null {
  let column = 0;
  for (let at = 0; at < Math.min(4, reference.length); at++) {
    const letter = reference.charCodeAt(at) - 64;
    if (letter < 1 || letter > 26) return at === 0 ? null : column - 1;
    column = column * 26 + letter;
  }
  return column - 1;
}
