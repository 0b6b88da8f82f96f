import { readProblem } from './api-error.js';
import { noteServerTime } from './clock.js';
import { askToSignIn } from './sign-in-again.js';

/** Calls that say who is there, or stand before that is known: a 401 of theirs is the answer. */
const BEFORE_SESSION =
  /^(GET \/api\/v1\/auth\/me|POST \/api\/v1\/auth\/(login|logout|password\/(forgot|reset))|\w+ \/api\/v1\/setup)$/;

/**
 * Fetches; when the session has ended, waits until somebody has signed in and fetches again. The refusal is the answer
 * only when they leave instead, or the caller has lost interest in the meantime.
 */
export async function sessionFetch(request: Request): Promise<Response> {
  if (isBeforeSession(request)) return noteServerTime(await fetch(request));
  // A body can be sent once. What outlives the page has nobody to ask, and may be kept alive only as it is.
  const again = request.keepalive ? null : request.clone();
  const response = noteServerTime(await fetch(request));
  if (!again || response.status !== 401 || (await codeOf(response)) !== 'NOT_AUTHENTICATED') return response;
  if (!(await askToSignIn()) || again.signal.aborted) return response;
  return fetch(again);
}

/** True for a call that is made without a workspace, or without a session. */
export function isBeforeSession({ method, url }: Request): boolean {
  return BEFORE_SESSION.test(`${method} ${new URL(url).pathname}`);
}

async function codeOf(response: Response): Promise<string> {
  return (await readProblem(response.clone())).code;
}
