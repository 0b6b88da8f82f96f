import { Readable } from 'node:stream';
import { RandomAccessReader, fromRandomAccessReaderPromise } from 'yauzl';
import type { Entry, ZipFile } from 'yauzl';
import type { FileBytes } from '../imports/file-store.js';
import { WorkbookDamaged } from './workbook-damaged.js';

const ENTRIES_MAX = 5_000;
const READ_BYTES = 256 * 1024;
/** A sheet of more than this is no list of people. */
const INFLATED_MAX = 2 * 1024 ** 3;
/** Spreadsheets shrink by ten to thirty; what is small may shrink as it likes. */
const RATIO_MAX = 250;
const SMALL = 64 * 1024 ** 2;

/** The parts of a zip archive, read where they lie: memory holds one piece of one part. */
export class Zip {
  private constructor(
    private readonly source: ZipFile,
    private readonly reader: StoredReader,
    private readonly entries: ReadonlyMap<string, Entry>,
  ) {}

  /** @throws WorkbookDamaged when it is no archive, or a bomb */
  static async open(file: FileBytes): Promise<Zip> {
    const reader = new StoredReader(file);
    try {
      const source = await fromRandomAccessReaderPromise(reader, file.bytes, { autoClose: false });
      const entries = new Map<string, Entry>();
      for await (const entry of source.eachEntry()) {
        if (entries.size >= ENTRIES_MAX) throw new WorkbookDamaged('it has too many parts');
        entries.set(entry.fileName.toLowerCase(), entry);
      }
      return new Zip(source, reader, entries);
    } catch (error) {
      throw reader.failure ?? damaged(error);
    }
  }

  has(name: string): boolean {
    return this.entries.has(name.toLowerCase());
  }

  /** Bytes of a part when it is inflated. */
  size(name: string): number {
    return this.entries.get(name.toLowerCase())?.uncompressedSize ?? 0;
  }

  /**
   * A part as text, piece by piece.
   * @param max bytes it may have
   * @throws WorkbookDamaged
   */
  async *text(name: string, max: number = INFLATED_MAX): AsyncGenerator<{ text: string; bytes: number }> {
    const entry = this.entries.get(name.toLowerCase());
    if (!entry) throw new WorkbookDamaged(`it has no part ${name}`);
    const { uncompressedSize: size, compressedSize } = entry;
    if (size > max || (size > SMALL && size > compressedSize * RATIO_MAX)) {
      throw new WorkbookDamaged(`its part ${name} would have ${size} bytes`);
    }
    let stream: Readable | undefined;
    try {
      // Inflating ends with an error when there is more than the directory of the archive says.
      stream = await this.source.openReadStreamPromise(entry);
      const decoder = new TextDecoder('utf-8');
      for await (const piece of stream as AsyncIterable<Buffer>) {
        yield { text: decoder.decode(piece, { stream: true }), bytes: piece.length };
      }
    } catch (error) {
      throw this.reader.failure ?? damaged(error);
    } finally {
      stream?.destroy();
    }
  }
}

function damaged(error: unknown): unknown {
  return error instanceof WorkbookDamaged ? error : new WorkbookDamaged((error as Error).message);
}

/** Reads ranges of a stored file for yauzl. */
class StoredReader extends RandomAccessReader {
  /** Why the store could not be read, as opposed to an archive that is damaged. */
  failure: unknown;

  constructor(private readonly file: FileBytes) {
    super();
  }

  override _readStreamForRange(start: number, end: number): Readable {
    return Readable.from(this.pieces(start, end), { objectMode: false });
  }

  private async *pieces(start: number, end: number): AsyncGenerator<Buffer> {
    for (let at = start; at < end;) {
      const piece = await this.file.read(at, Math.min(READ_BYTES, end - at)).catch((error: unknown) => {
        this.failure = error;
        throw error;
      });
      if (piece.length === 0) throw new Error('the file ends early');
      yield piece;
      at += piece.length;
    }
  }
}
