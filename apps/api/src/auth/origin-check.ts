import type { Request } from 'express';
import { DomainError } from '#contracts';

const SAFE_METHODS = new Set(['GET', 'HEAD', 'OPTIONS']);

/**
 * Refuses a state-changing request that a foreign page made a browser send along with the session cookie. Browsers name
 * the page in `Origin` for all such requests, and no page can forge it.
 * @param publicOrigin where people reach the UI; the address the request itself came to counts as well
 * @throws DomainError ORIGIN_NOT_ALLOWED
 */
export function requireSameOrigin(request: Request, publicOrigin: string): void {
  if (SAFE_METHODS.has(request.method)) return;
  const { origin } = request.headers;
  if (origin === publicOrigin || origin === `${request.protocol}://${request.headers.host}`) return;
  throw new DomainError('ORIGIN_NOT_ALLOWED', 'Changes with a session must come from pages of this address.', {
    help: `Open ${publicOrigin}, correct PUBLIC_URL, or use an API key.`,
  });
}
