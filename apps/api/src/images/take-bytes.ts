import type { DomainError } from '#contracts';

/** Reads an uploaded file into memory, up to `max` bytes. @throws what `tooLarge` makes, as soon as there are more */
export function takeBytes(max: number, tooLarge: () => DomainError) {
  return async (source: AsyncIterable<Buffer>): Promise<Buffer> => {
    const pieces: Buffer[] = [];
    let bytes = 0;
    for await (const piece of source) {
      bytes += piece.length;
      if (bytes > max) throw tooLarge();
      pieces.push(piece);
    }
    return Buffer.concat(pieces);
  };
}
