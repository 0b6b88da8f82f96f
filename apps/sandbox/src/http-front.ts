import { createServer } from 'node:http';
import type { IncomingMessage, Server, ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { presentMessage, presentRecord } from './present-message.js';
import type { LogHeader } from './log-record.js';
import type { MessageLog } from './message-log.js';
import type { ResolvedOptions } from './options.js';

/** What HTTP can reach; undefined while the log is still being read. */
export interface Inside {
  log: MessageLog;
  pause(): void;
  resume(): void;
  stats(): object;
}

interface Answer {
  status: number;
  body: object | Buffer;
}

const LOOPBACK_HOST = /^(localhost|127\.\d{1,3}\.\d{1,3}\.\d{1,3}|\[::1\])(:\d{1,5})?$/i;
const MAX_LIMIT = 500;

/** Starts the small HTTP API. It listens before the log is open, so a second sandbox on the port fails first. */
export async function listenHttp(
  options: ResolvedOptions,
  inside: () => Inside | undefined,
): Promise<{ port: number; close(): Promise<void> }> {
  const server: Server = createServer({ requestTimeout: 30_000 }, (request, response) => {
    answer(request, inside(), options).then(
      (result) => send(response, result),
      (error: unknown) => {
        options.logger.error({ err: error }, 'sandbox HTTP request failed');
        send(response, problem(500, 'INTERNAL', 'The request failed; the sandbox log says why.'));
      },
    );
  });
  await new Promise<void>((resolve, reject) => {
    server.once('error', reject);
    server.listen(options.httpPort, options.host, resolve);
  });
  const close = async (): Promise<void> => {
    server.closeAllConnections();
    await new Promise((resolve) => server.close(resolve));
  };
  return { port: (server.address() as AddressInfo).port, close };
}

async function answer(request: IncomingMessage, inside: Inside | undefined, options: ResolvedOptions): Promise<Answer> {
  const url = new URL(request.url ?? '/', 'http://sandbox');
  const foreign = foreignCaller(request, options.host);
  if (foreign) return foreign;
  const route = `${request.method} ${url.pathname.replace(/^(\/messages\/)\d{1,15}(?=\/|$)/, '$1:id')}`;
  if (route === 'GET /health/live') return { status: 200, body: { status: 'ok' } };
  if (!inside) return problem(503, 'SANDBOX_STARTING', 'The message log is being read; try again in a moment.');
  const { log } = inside;
  const id = Number(url.pathname.split('/')[2]);
  switch (route) {
    case 'GET /health/ready':
      return { status: 200, body: { status: 'ok' } };
    case 'GET /messages':
      return page(log, 'message', url.searchParams);
    case 'GET /refusals':
      return page(log, 'refused', url.searchParams);
    case 'GET /messages/:id':
      return one(log, id);
    case 'GET /messages/:id/raw':
      return source(log, id);
    case 'DELETE /messages':
      await log.clear();
      return { status: 200, body: { cleared: true } };
    case 'GET /stats':
      return { status: 200, body: inside.stats() };
    case 'POST /simulate/pause':
      inside.pause();
      return { status: 200, body: { paused: true } };
    case 'POST /simulate/resume':
      inside.resume();
      return { status: 200, body: { paused: false } };
    default:
      return problem(404, 'NOT_FOUND', `There is no ${request.method} ${url.pathname}.`);
  }
}

/** A web page in the operator's browser can reach loopback too: refuse rebound host names and cross-site writes. */
function foreignCaller(request: IncomingMessage, host: string): Answer | undefined {
  const loopback = LOOPBACK_HOST.test(host) || host === '::1';
  if (loopback && !LOOPBACK_HOST.test(request.headers.host ?? '')) {
    return problem(403, 'FORBIDDEN_HOST', 'The Host header must name this machine, e.g. localhost.');
  }
  if (request.headers.origin && request.method !== 'GET') {
    return problem(403, 'FORBIDDEN_ORIGIN', 'Browsers reach the sandbox through the API only.');
  }
  return undefined;
}

async function page(log: MessageLog, kind: LogHeader['kind'], query: URLSearchParams): Promise<Answer> {
  const [limit, cursor] = [query.get('limit') ?? '50', query.get('cursor')];
  if (!/^\d{1,3}$/.test(limit) || Number(limit) < 1 || Number(limit) > MAX_LIMIT) {
    return problem(400, 'INVALID_LIMIT', `limit must be a number from 1 to ${MAX_LIMIT}.`);
  }
  if (cursor !== null && !/^\d{1,15}$/.test(cursor)) {
    return problem(400, 'INVALID_CURSOR', 'cursor must be the nextCursor of the page before.');
  }
  const [q, to] = [query.get('q') ?? '', query.get('to') ?? ''];
  if (q.length > 320 || to.length > 320) return problem(400, 'QUERY_TOO_LONG', 'q and to take at most 320 characters.');
  const result = await log.page({ kind, limit: Number(limit), cursor: cursor ? Number(cursor) : undefined, q, to });
  return { status: 200, body: { ...result, items: result.items.map(presentRecord) } };
}

async function one(log: MessageLog, id: number): Promise<Answer> {
  const [record, raw] = await Promise.all([log.find(id), log.raw(id)]);
  return record && raw ? { status: 200, body: await presentMessage(record, raw) } : missing();
}

async function source(log: MessageLog, id: number): Promise<Answer> {
  const raw = await log.raw(id);
  return raw ? { status: 200, body: raw } : missing();
}

function missing(): Answer {
  return problem(404, 'MESSAGE_NOT_FOUND', 'The sandbox has no such message; it may have been cleared.');
}

function problem(status: number, code: string, detail: string): Answer {
  return { status, body: { type: 'about:blank', title: code, status, code, detail } };
}

function send(response: ServerResponse, { status, body }: Answer): void {
  const raw = Buffer.isBuffer(body);
  const json = status >= 400 ? 'application/problem+json' : 'application/json; charset=utf-8';
  response.writeHead(status, {
    'content-type': raw ? 'message/rfc822' : json,
    'x-content-type-options': 'nosniff',
    'cache-control': 'no-store',
  });
  response.end(raw ? body : JSON.stringify(body));
}
