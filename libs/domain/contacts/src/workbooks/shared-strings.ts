import { WorkbookDamaged } from './workbook-damaged.js';
import { XmlReader } from './xml.js';
import type { Zip } from './zip.js';

/** Of all texts together; a million addresses have 30 MB. */
const TEXT_MAX = 160 * 1024 * 1024;
const STRINGS_MAX = 10_000_000;
const CELL_MAX = 32_767;
const BLOCK = 1024 * 1024;

/** The texts of a workbook, of which cells only name the number; encoded, so that the heap stays small. */
export class SharedStrings {
  private readonly blocks: Buffer[] = [];
  /** Where each text begins: block × BLOCK + offset. */
  private starts = new Float64Array(1024);
  private lengths = new Uint32Array(1024);
  private count = 0;
  private free = BLOCK;
  private total = 0;

  /** @throws WorkbookDamaged when there is more than a list of people can have */
  static async read(zip: Zip, part: string | null): Promise<SharedStrings> {
    const strings = new SharedStrings();
    if (part === null) return strings;
    let text: string[] | null = null;
    let phonetic = 0;
    let inText = false;
    const xml = new XmlReader({
      open: (name) => {
        if (name === 'si') text = [];
        else if (name === 'rPh') phonetic++;
        inText = name === 't' && phonetic === 0;
      },
      text: (piece) => {
        if (inText) text?.push(piece);
      },
      close: (name) => {
        inText = false;
        if (name === 'rPh') phonetic--;
        if (name !== 'si' || !text) return;
        strings.add(text.join('').slice(0, CELL_MAX));
        text = null;
      },
    });
    for await (const piece of zip.text(part)) xml.write(piece.text);
    return strings;
  }

  get(index: number): string {
    if (!(index >= 0 && index < this.count)) return '';
    const start = this.starts[index]!;
    const block = this.blocks[Math.floor(start / BLOCK)]!;
    return block.toString('utf8', start % BLOCK, (start % BLOCK) + this.lengths[index]!);
  }

  private add(text: string): void {
    const bytes = Buffer.byteLength(text);
    this.total += bytes;
    if (this.total > TEXT_MAX || this.count >= STRINGS_MAX) throw new WorkbookDamaged('it has too much text');
    if (this.free + bytes > BLOCK) {
      this.blocks.push(Buffer.allocUnsafeSlow(BLOCK));
      this.free = 0;
    }
    if (this.count === this.lengths.length) this.grow();
    this.starts[this.count] = (this.blocks.length - 1) * BLOCK + this.free;
    this.lengths[this.count++] = bytes;
    this.blocks.at(-1)!.write(text, this.free);
    this.free += bytes;
  }

  private grow(): void {
    const starts = new Float64Array(this.count * 2);
    const lengths = new Uint32Array(this.count * 2);
    starts.set(this.starts);
    lengths.set(this.lengths);
    this.starts = starts;
    this.lengths = lengths;
  }
}
