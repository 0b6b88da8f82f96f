import type { UploadLimit } from '../imports/read-upload.js';

/** Reads an uploaded file into memory, as far as its limit. @throws what the limit says, as soon as there is more */
export function takeBytes({ max, tooLarge }: UploadLimit) {
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
