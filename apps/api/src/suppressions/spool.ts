import { createReadStream, createWriteStream } from 'node:fs';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { Readable } from 'node:stream';
import { pipeline } from 'node:stream/promises';
import { FILE_MAX, fileTooLarge } from '#domain/contacts';

/** A file of an upload, on disk until it is read. */
export interface Spooled {
  read(): AsyncIterable<Buffer>;
  discard(): Promise<void>;
}

/** @throws DomainError TOO_LARGE */
export async function spool(source: AsyncIterable<Buffer>): Promise<Spooled> {
  const folder = await mkdtemp(path.join(tmpdir(), 'hongyan-upload-'));
  const file = path.join(folder, 'file');
  const discard = () => rm(folder, { recursive: true, force: true });
  try {
    await pipeline(Readable.from(bounded(source)), createWriteStream(file, { mode: 0o600 }));
  } catch (error) {
    await discard();
    throw error;
  }
  return { read: () => createReadStream(file) as AsyncIterable<Buffer>, discard };
}

async function* bounded(source: AsyncIterable<Buffer>): AsyncGenerator<Buffer> {
  let bytes = 0;
  for await (const piece of source) {
    bytes += piece.length;
    if (bytes > FILE_MAX) throw fileTooLarge();
    yield piece;
  }
}
