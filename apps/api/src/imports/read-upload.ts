import type { Readable } from 'node:stream';
import { finished } from 'node:stream/promises';
import busboy from 'busboy';
import type { Request } from 'express';
import type { z } from 'zod';
import { DomainError } from '#contracts';
import { FILE_MAX, fileTooLarge } from '#domain/contacts';
import { requireStorableText } from '../http/storable-text.js';

/** What stands around the file in the body. */
const FRAME_MAX = 1024 * 1024;
const OPTIONS_MAX = 64 * 1024;
/** An upload that sends nothing for so long is dead. */
const IDLE_MS = 60_000;
/** How long a refused upload may go on sending before it is answered. */
const RUN_OFF_MS = 2_000;

/** How much a file may have, and what is said of one that has more. */
export interface UploadLimit {
  /** Bytes. */
  max: number;
  tooLarge: () => DomainError;
}

/** What lists of people may have. */
export const LIST_LIMIT: UploadLimit = { max: FILE_MAX, tooLarge: fileTooLarge };

export interface Upload<T> {
  file: T;
  fileName: string;
  /** The text of the part `options`, wherever it stands. */
  options: string | undefined;
}

/**
 * Reads a multipart body with the parts `file` and `options`. `takeFile` gets the file as it arrives and sets the pace.
 * @throws DomainError UNSUPPORTED_MEDIA_TYPE, MALFORMED_REQUEST, TOO_LARGE, VALIDATION_FAILED without a file, and what
 * `takeFile` throws
 */
export async function readUpload<T>(
  request: Request,
  limit: UploadLimit,
  takeFile: (source: AsyncIterable<Buffer>) => Promise<T>,
): Promise<Upload<T>> {
  if (!request.is('multipart/form-data')) {
    throw new DomainError('UNSUPPORTED_MEDIA_TYPE', 'Send the file as multipart/form-data, in a part named file.');
  }
  if (Number(request.headers['content-length'] ?? 0) > limit.max + FRAME_MAX) {
    throw await refuse(request, limit.tooLarge());
  }
  try {
    return await new UploadReader(request, limit, takeFile).read();
  } catch (error) {
    throw await refuse(request, error);
  }
}

/**
 * Lets the rest of the body run off for a moment, so that the client gets to read the answer instead of a broken pipe,
 * and ends the connection after it.
 */
async function refuse(request: Request, error: unknown): Promise<unknown> {
  request.res?.setHeader('Connection', 'close');
  request.resume();
  // A promise of nothing: however the rest ends, the refusal is the answer.
  await finished(request, { signal: AbortSignal.timeout(RUN_OFF_MS) }).catch(() => undefined);
  return error;
}

class UploadReader<T> {
  private readonly parser: busboy.Busboy;
  private taken: Promise<T> | undefined;
  private fileStream: Readable | undefined;
  private fileName = '';
  private options: string | undefined;
  private idle: NodeJS.Timeout | undefined;
  /** What ended the file on its way, as opposed to trouble of whoever took it. */
  private brokenOff: Error | undefined;

  constructor(
    private readonly request: Request,
    limit: UploadLimit,
    private readonly takeFile: (source: AsyncIterable<Buffer>) => Promise<T>,
  ) {
    try {
      this.parser = busboy({
        headers: request.headers,
        defParamCharset: 'utf8',
        limits: { files: 2, fields: 10, fieldSize: OPTIONS_MAX, parts: 20, fileSize: limit.max + 1 },
      });
    } catch (error) {
      throw malformed((error as Error).message);
    }
  }

  async read(): Promise<Upload<T>> {
    await new Promise<void>((resolve, reject) => this.run(resolve, reject)).finally(() => clearTimeout(this.idle));
    if (!this.taken) {
      throw new DomainError('VALIDATION_FAILED', 'There is no file in the request.', {
        errors: [{ property: 'file', code: 'REQUIRED', message: 'Send the file in a part named file.' }],
      });
    }
    return { file: await this.taken, fileName: this.fileName, options: this.options };
  }

  private run(resolve: () => void, reject: (error: unknown) => void): void {
    const { request, parser } = this;
    const fail = (error: unknown) => {
      request.unpipe(parser);
      // Ends takeFile too, which then drops what it has stored.
      this.fileStream?.destroy(error as Error);
      const settled = this.taken ?? Promise.resolve();
      void settled.then(
        () => reject(error),
        (first: unknown) =>
          reject(
            first === this.brokenOff && !(first instanceof DomainError) ? malformed('The file breaks off.') : first,
          ),
      );
    };
    const wait = () => setTimeout(() => fail(malformed('Nothing came for a minute.')), IDLE_MS).unref();
    this.idle = wait();
    request.on('data', () => this.idle?.refresh());
    request.once('close', () => {
      if (!request.complete) fail(malformed('The upload broke off.'));
    });
    parser.on('field', (name, value, info) => {
      if (name !== 'options') return;
      if (info.valueTruncated) fail(malformed(`options is longer than ${OPTIONS_MAX} bytes.`));
      this.options = value;
    });
    parser.on('file', (name, stream, info) => {
      if (name !== 'file' || this.taken) return stream.resume();
      this.fileName = fileNameOf(info.filename);
      this.fileStream = stream;
      stream.once('error', (error) => (this.brokenOff = error));
      this.taken = this.takeFile(stream as AsyncIterable<Buffer>);
      this.taken.catch(fail);
    });
    parser.once('error', (error) => fail(malformed((error as Error).message)));
    parser.once('close', () => {
      // The file's last chunk may still be on its way to the store.
      (this.taken ?? Promise.resolve()).then(resolve as () => void, reject);
    });
    request.pipe(parser);
  }
}

/**
 * The part `options` by its schema; an absent part is `{}`.
 * @throws DomainError VALIDATION_FAILED with properties below `options`
 */
export function parseOptions<S extends z.ZodType>(schema: S, text: string | undefined): z.infer<S> {
  let value: unknown;
  try {
    value = text === undefined || text === '' ? {} : JSON.parse(text);
  } catch {
    throw malformed('options is not JSON.');
  }
  requireStorableText(value, 'options');
  const parsed = schema.safeParse(value);
  if (parsed.success) return parsed.data;
  const errors = parsed.error.issues.slice(0, 100).map((issue) => ({
    property: ['options', ...issue.path.map(String)].join('.'),
    code: issue.code.toUpperCase(),
    message: issue.message,
  }));
  throw new DomainError('VALIDATION_FAILED', `${errors[0]?.property}: ${errors[0]?.message}`, { errors });
}

function fileNameOf(name: string | undefined): string {
  return (
    name
      ?.replace(/\p{Cc}/gu, ' ')
      .trim()
      .slice(-200) || 'upload.csv'
  );
}

function malformed(detail: string): DomainError {
  return new DomainError('MALFORMED_REQUEST', `The upload could not be read: ${detail}`);
}
