import { randomUUID } from 'node:crypto';
import { DomainError, tooLarge } from '#contracts';
import type { Sql } from '#platform/database';
import { HEAD_BYTES } from './file-format.js';
import { UNFINISHED } from './import.repository.js';

/** The largest file an import takes. */
export const FILE_MAX = 200 * 1024 * 1024;
const CHUNK = 512 * 1024;

/** A file kept in import_chunks until its import has ended. */
export interface StoredFile {
  id: string;
  bytes: number;
}

/** A stored file, to be read from anywhere. */
export interface FileBytes {
  bytes: number;
  /** Its beginning, at most HEAD_BYTES. */
  head: Buffer;
  /** Up to `length` bytes from an offset; fewer at the end of the file. */
  read: (from: number, length: number) => Promise<Buffer>;
}

/**
 * Stores an upload piece by piece as it arrives; memory holds one chunk. On any failure nothing stays.
 * @throws DomainError TOO_LARGE above FILE_MAX, IMPORT_FILE_INVALID for an empty file
 */
export async function storeFile(sql: Sql, source: AsyncIterable<Buffer>): Promise<StoredFile> {
  const id = randomUUID();
  let bytes = 0;
  let seq = 0;
  const store = (chunk: Buffer) =>
    sql.run('INSERT INTO import_chunks (file_id, seq, bytes) VALUES ($1, $2, $3)', [id, seq++, chunk]);
  try {
    let waiting: Buffer[] = [];
    let size = 0;
    for await (const piece of source) {
      bytes += piece.length;
      if (bytes > FILE_MAX) throw fileTooLarge();
      waiting.push(piece);
      size += piece.length;
      if (size < CHUNK) continue;
      await store(Buffer.concat(waiting));
      waiting = [];
      size = 0;
    }
    if (size > 0) await store(Buffer.concat(waiting));
    if (bytes === 0) throw new DomainError('IMPORT_FILE_INVALID', 'The file is empty.', { property: 'file' });
    return { id, bytes };
  } catch (error) {
    await dropFile(sql, id).catch(() => undefined);
    throw error;
  }
}

/** Opens a stored file; reading it after it was dropped gives nothing. */
export async function openFile(sql: Sql, id: string): Promise<FileBytes> {
  const sizes = await sql.rows<{ n: number }>(
    'SELECT length(bytes) AS n FROM import_chunks WHERE file_id = $1 ORDER BY seq',
    [id],
  );
  let bytes = 0;
  const starts = sizes.map(({ n }) => (bytes += n) - n);
  const piece = async (seq: number, from: number, length: number) => {
    const row = await sql.first<{ bytes: Buffer }>(
      'SELECT substring(bytes FROM $3 FOR $4) AS bytes FROM import_chunks WHERE file_id = $1 AND seq = $2',
      [id, seq, from + 1, length],
    );
    return row?.bytes ?? Buffer.alloc(0);
  };
  const read = async (from: number, length: number) => {
    const pieces: Buffer[] = [];
    for (let at = from; at < Math.min(bytes, from + length);) {
      const seq = starts.findLastIndex((start) => start <= at);
      const found = await piece(seq, at - starts[seq]!, from + length - at);
      if (found.length === 0) break;
      pieces.push(found);
      at += found.length;
    }
    return Buffer.concat(pieces);
  };
  return { bytes, head: await read(0, HEAD_BYTES), read };
}

export function fileTooLarge(): DomainError {
  const help = 'Split it and import the parts one after the other.';
  return tooLarge('The file', FILE_MAX, help, { property: 'file', code: 'FILE_TOO_LARGE' });
}

/** The chunks of a stored file in order, one ahead; ends early when the file was dropped meanwhile. */
export async function* readFileChunks(sql: Sql, id: string): AsyncGenerator<Buffer> {
  const read = (seq: number) =>
    sql.first<{ bytes: Buffer }>('SELECT bytes FROM import_chunks WHERE file_id = $1 AND seq = $2', [id, seq]);
  let next = read(0);
  for (let seq = 1; ; seq++) {
    const row = await next;
    if (!row) return;
    next = read(seq);
    // When the reader gives up, nobody awaits this one.
    next.catch(() => undefined);
    yield row.bytes;
  }
}

export function dropFile(sql: Sql, id: string): Promise<number> {
  return sql.run('DELETE FROM import_chunks WHERE file_id = $1', [id]);
}

/** Uploads that ended without an import, e.g. because the process died. */
export function dropAbandonedFiles(sql: Sql): Promise<number> {
  return sql.run(
    `DELETE FROM import_chunks f WHERE created_at < now() - interval '6 hours'
     AND NOT EXISTS (SELECT 1 FROM imports i WHERE i.file_id = f.file_id AND i.status IN ${UNFINISHED})`,
  );
}
