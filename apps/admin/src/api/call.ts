import { answer, api } from './client.js';

type Method = 'get' | 'post' | 'patch' | 'delete';

interface CallInit {
  body?: unknown;
  query?: Record<string, unknown>;
  signal?: AbortSignal;
  /** `text` for routes that answer with a mail as it was received. */
  parseAs?: 'json' | 'text';
  /** Lets the call outlive the page, as the last save of a page that is being left must. */
  keepalive?: boolean;
}

const client = api as unknown as {
  request(method: Method, path: string, init: object): Promise<{ data?: unknown }>;
};

/**
 * A call the typed client can't describe: a raw mail, a body of two shapes, a write while the page is being left. All
 * other calls are `answer(api.GET(…))`. Goes through the same middleware, so it throws `ApiError` too.
 */
export function call<T>(method: Method, path: string, { body, query, ...rest }: CallInit = {}): Promise<T> {
  const init = { ...rest, ...(body !== undefined && { body }), ...(query && { params: { query } }) };
  return answer(client.request(method, path, init)) as Promise<T>;
}
