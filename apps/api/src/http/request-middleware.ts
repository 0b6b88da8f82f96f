import { randomBytes } from 'node:crypto';
import type { NextFunction, Request, RequestHandler, Response } from 'express';
import { DomainError } from '#contracts';
import type { ApiRequest } from './request-context.js';

/** Bytes of a JSON body. */
export const JSON_MAX = 2 * 1024 * 1024;

const BODY_TYPES = ['application/json', 'multipart/form-data'];

/** Gives every request an id of ours, which the log line, the problem document and `X-Request-Id` share. */
export function nameRequest(request: Request, response: Response, next: NextFunction): void {
  const { path } = request;
  (request as ApiRequest).requestId = randomBytes(9).toString('base64url');
  response.setHeader('X-Request-Id', (request as ApiRequest).requestId);
  if (path.startsWith('/api/')) response.setHeader('Cache-Control', 'no-store');
  next();
}

/**
 * Lets only JSON and multipart bodies reach the API: a cross-site form can send neither without a preflight, and a
 * body nobody parses would look like a missing one.
 */
export const requireKnownBodyType: RequestHandler = (request, _response, next) => {
  const length = request.headers['content-length'];
  const hasBody = request.headers['transfer-encoding'] !== undefined || (length !== undefined && length !== '0');
  if (!hasBody || !request.path.startsWith('/api/') || request.is(BODY_TYPES)) return next();
  next(
    new DomainError('UNSUPPORTED_MEDIA_TYPE', 'The body must be application/json or multipart/form-data.', {
      help: 'Set the Content-Type header to application/json.',
    }),
  );
};

/** No body of ours nests deeper; what walks over JSON by recursion, as JSON.stringify does, ends at some thousands. */
const DEPTH_MAX = 32;

/** Refuses JSON that nests deeper than any schema of ours, before anything walks over it. */
export const refuseDeepBody: RequestHandler = (request, _response, next) => {
  let level: unknown[] = [request.body];
  for (let depth = 0; depth <= DEPTH_MAX; depth += 1) {
    level = level.flatMap((value) => (typeof value === 'object' && value !== null ? Object.values(value) : []));
    if (level.length === 0) return next();
  }
  next(new DomainError('MALFORMED_REQUEST', `The body nests deeper than ${DEPTH_MAX} levels.`));
};
