import createClient from 'openapi-fetch';
import type { paths } from './schema.js';
import { ApiError, readProblem } from './api-error.js';
import { onceAtATime } from './once-at-a-time.js';
import { loadProblemWords } from './problem-words.js';
import { isBeforeSession, sessionFetch } from './session-fetch.js';
import { currentWorkspaceId } from './workspace.js';

/** Typed calls on the API: `api.GET('/api/v1/contacts/{id}', { params: { path: { id } } })`. Wrap them in `answer`. */
export const api = createClient<paths>({ baseUrl: '', credentials: 'same-origin', fetch: onceAtATime(sessionFetch) });

api.use({
  onRequest({ request }) {
    const workspace = currentWorkspaceId();
    if (workspace && !isBeforeSession(request)) request.headers.set('X-Workspace', workspace);
    return request;
  },
  async onResponse({ response }) {
    if (!response.ok) throw await readProblem(response);
  },
  async onError({ error }) {
    await loadProblemWords();
    if (error instanceof ApiError || (error instanceof DOMException && error.name === 'AbortError')) return;
    return new ApiError({ code: 'OFFLINE', status: 0, detail: String(error) });
  },
});

/** The body of a call; a refusal throws `ApiError`. */
export async function answer<T>(call: Promise<{ data?: T }>): Promise<T> {
  return (await call).data as T;
}

/**
 * Sends multipart data, which the typed client can't describe. `options` travels as JSON beside the file.
 * @throws ApiError
 */
export async function upload<T>(
  path: string,
  file: File,
  options?: Record<string, unknown>,
  signal?: AbortSignal,
): Promise<T> {
  const form = new FormData();
  if (options) form.set('options', JSON.stringify(options));
  form.set('file', file);
  const response = await fetchFile(path, { method: 'POST', body: form, signal: signal ?? null });
  return (await response.json()) as T;
}

/**
 * Fetches a file and hands it to the browser to save: a plain link could not name the workspace.
 * @param body present: what is asked for is too long for an address, so it is posted
 * @throws ApiError
 */
export async function download(path: string, fileName: string, body?: object): Promise<void> {
  const json = new Blob([JSON.stringify(body)], { type: 'application/json' });
  const response = await fetchFile(path, body ? { method: 'POST', body: json } : {});
  const url = URL.createObjectURL(await response.blob());
  const link = document.createElement('a');
  link.href = url;
  link.download = fileName;
  link.click();
  // The click only starts the saving.
  setTimeout(() => URL.revokeObjectURL(url), 60_000);
}

async function fetchFile(path: string, init: RequestInit): Promise<Response> {
  const workspace = currentWorkspaceId();
  const headers: HeadersInit = workspace ? { 'X-Workspace': workspace } : {};
  let response: Response;
  try {
    response = await sessionFetch(new Request(path, { ...init, credentials: 'same-origin', headers }));
  } catch (error) {
    await loadProblemWords();
    throw new ApiError({ code: 'OFFLINE', status: 0, detail: String(error) });
  }
  if (!response.ok) throw await readProblem(response);
  return response;
}
