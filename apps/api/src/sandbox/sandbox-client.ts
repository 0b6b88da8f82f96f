import { Readable } from 'node:stream';
import type { ReadableStream } from 'node:stream/web';
import { Inject, Injectable } from '@nestjs/common';
import { z } from 'zod';
import { DomainError, SandboxMessage, SandboxMessageDetail, notFound, page } from '#contracts';
import type { PageQuery } from '#contracts';
import { Settings } from '#platform/config';

const TIMEOUT_MS = 5_000;

/** What the sandbox calls a media type is `contentType` in the API, as everywhere else. */
const Detail = SandboxMessageDetail.extend({
  attachments: z.array(
    z
      .object({ filename: z.string().nullish(), mimeType: z.string(), size: z.number().int() })
      .transform(({ filename, mimeType, size }) => ({ filename: filename ?? '', contentType: mimeType, size })),
  ),
});

/** Reads the sandbox mail server's own log over its loopback HTTP. */
@Injectable()
export class SandboxClient {
  private readonly base: string;

  constructor(@Inject(Settings) settings: Settings) {
    const host = settings.get('SANDBOX_HOST');
    this.base = host && `http://${host.includes(':') ? `[${host}]` : host}:${settings.get('SANDBOX_HTTP_PORT')}`;
  }

  async list(query: PageQuery): Promise<z.output<ReturnType<typeof page<typeof SandboxMessage>>>> {
    const search = new URLSearchParams({ limit: String(query.limit) });
    if (query.cursor) search.set('cursor', query.cursor);
    if (query.q) search.set('q', query.q);
    const { total, ...found } = await readJson(page(SandboxMessage), await this.ask(`/messages?${search}`));
    return query.count ? { ...found, total } : found;
  }

  async get(id: string): Promise<z.output<typeof SandboxMessageDetail>> {
    return readJson(Detail, await this.ask(`/messages/${id}`, id));
  }

  /** The message as it came over SMTP. */
  async raw(id: string): Promise<Readable> {
    const { body } = await this.ask(`/messages/${id}/raw`, id);
    return body ? Readable.fromWeb(body as ReadableStream) : Readable.from([]);
  }

  async clear(): Promise<void> {
    await (await this.ask('/messages', undefined, 'DELETE')).body?.cancel();
  }

  private async ask(path: string, id?: string, method = 'GET'): Promise<Response> {
    if (!this.base) throw unavailable('The sandbox mail server is switched off.', 'Set SANDBOX_HOST to use it.');
    let response: Response;
    try {
      response = await fetch(this.base + path, { method, redirect: 'error', signal: AbortSignal.timeout(TIMEOUT_MS) });
    } catch {
      throw unavailable('The sandbox mail server does not answer.', 'See whether its process runs.');
    }
    if (response.ok) return response;
    await response.body?.cancel();
    if (response.status === 404 && id) throw notFound('sandbox message', id);
    if (response.status === 400) {
      throw new DomainError('MALFORMED_REQUEST', 'The sandbox does not understand this query.', { property: 'cursor' });
    }
    throw unavailable(`The sandbox mail server answered ${response.status}.`, 'Its log says why.');
  }
}

async function readJson<S extends z.ZodType>(schema: S, response: Response): Promise<z.output<S>> {
  try {
    return schema.parse(await response.json());
  } catch {
    throw unavailable('The sandbox mail server sent an answer of another version.', 'Restart it.');
  }
}

function unavailable(message: string, help: string): DomainError {
  return new DomainError('UPSTREAM_UNAVAILABLE', message, { help });
}
