import createClient from 'openapi-fetch';
import type { paths } from './schema.js';
import { ApiError, readProblem } from './api-error.js';
import { currentWorkspaceId } from './workspace.js';

/** What to do when the session has ended; the router sets it. */
let onSignedOut: () => void = () => {};
export function whenSignedOut(act: () => void): void {
  onSignedOut = act;
}

/** Answers of these say "wrong password", not "signed out", or stand before a workspace is known. */
const BEFORE_SESSION = /^\/api\/v1\/(auth\/(login|me|logout)|setup)$/;

/** Typed calls on the API: `api.GET('/api/v1/contacts/{id}', { params: { path: { id } } })`. Wrap them in `answer`. */
export const api = createClient<paths>({ baseUrl: '', credentials: 'same-origin' });

api.use({
  onRequest({ request }) {
    const workspace = currentWorkspaceId();
    if (workspace && !BEFORE_SESSION.test(new URL(request.url).pathname)) request.headers.set('X-Workspace', workspace);
    return request;
  },
  async onResponse({ response, request }) {
    if (response.ok) return;
    const error = await readProblem(response);
    if (error.code === 'NOT_AUTHENTICATED' && !BEFORE_SESSION.test(new URL(request.url).pathname)) onSignedOut();
    throw error;
  },
  onError({ error }) {
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
  const workspace = currentWorkspaceId();
  let response: Response;
  try {
    response = await fetch(path, {
      method: 'POST',
      body: form,
      credentials: 'same-origin',
      headers: workspace ? { 'X-Workspace': workspace } : {},
      signal: signal ?? null,
    });
  } catch (error) {
    throw new ApiError({ code: 'OFFLINE', status: 0, detail: String(error) });
  }
  if (!response.ok) {
    const error = await readProblem(response);
    if (error.code === 'NOT_AUTHENTICATED') onSignedOut();
    throw error;
  }
  return (await response.json()) as T;
}

/**
 * Fetches a file and hands it to the browser to save: a plain link could not name the workspace.
 * @throws ApiError
 */
export async function download(path: string, fileName: string): Promise<void> {
  const workspace = currentWorkspaceId();
  const response = await fetch(path, {
    credentials: 'same-origin',
    headers: workspace ? { 'X-Workspace': workspace } : {},
  }).catch((error: unknown) => {
    throw new ApiError({ code: 'OFFLINE', status: 0, detail: String(error) });
  });
  if (!response.ok) throw await readProblem(response);
  const url = URL.createObjectURL(await response.blob());
  const link = document.createElement('a');
  link.href = url;
  link.download = fileName;
  link.click();
  // The click only starts the saving.
  setTimeout(() => URL.revokeObjectURL(url), 60_000);
}
