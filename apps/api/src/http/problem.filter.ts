import { STATUS_CODES } from 'node:http';
import { Catch, HttpException } from '@nestjs/common';
import type { ArgumentsHost, ExceptionFilter } from '@nestjs/common';
import type { Response } from 'express';
import { DomainError, tooLarge } from '#contracts';
import type { ErrorCode } from '#contracts';
import { isConnectionFailure } from '#platform/database';
import type { Logger } from '#platform/logging';
import type { ApiRequest } from './request-context.js';
import { JSON_MAX } from './request-middleware.js';

const CODE_OF_STATUS: Record<number, ErrorCode> = {
  400: 'MALFORMED_REQUEST',
  401: 'NOT_AUTHENTICATED',
  403: 'FORBIDDEN',
  404: 'NOT_FOUND',
  413: 'TOO_LARGE',
  415: 'UNSUPPORTED_MEDIA_TYPE',
  429: 'TOO_MANY_ATTEMPTS',
};

/** A Postgres that restarts is back within seconds. */
const RETRY_AFTER_SECONDS = 5;

/** The one place where an error becomes HTTP: RFC 9457 problem+json with a stable code. */
@Catch()
export class ProblemFilter implements ExceptionFilter {
  constructor(private readonly log: Logger) {}

  catch(error: unknown, host: ArgumentsHost): void {
    const request = host.switchToHttp().getRequest<ApiRequest>();
    const response = host.switchToHttp().getResponse<Response>();
    const problem = toDomainError(error);
    if (problem.status >= 500)
      this.log.error({ err: error, requestId: request.requestId, path: request.path }, 'request failed');
    if (response.headersSent) {
      response.destroy();
      return;
    }
    if (typeof problem.extra?.retryAfter === 'number') response.setHeader('Retry-After', problem.extra.retryAfter);
    response
      .status(problem.status)
      .type('application/problem+json')
      .send(
        JSON.stringify({
          type: `https://hongyan.invalid/problems/${problem.code.toLowerCase().replaceAll('_', '-')}`,
          title: STATUS_CODES[problem.status] ?? 'Error',
          status: problem.status,
          code: problem.code,
          detail: problem.message,
          ...(problem.help ? { help: problem.help } : {}),
          ...(problem.errors ? { errors: problem.errors } : {}),
          ...problem.extra,
          requestId: request.requestId,
        }),
      );
  }
}

function toDomainError(error: unknown): DomainError {
  if (error instanceof DomainError) return error;
  if (isConnectionFailure(error)) {
    return new DomainError('NOT_READY', 'The database does not answer.', {
      help: 'Nothing is wrong with the request: send it again shortly.',
      extra: { retryAfter: RETRY_AFTER_SECONDS },
    });
  }
  if (error instanceof HttpException) {
    const code = CODE_OF_STATUS[error.getStatus()];
    // Uploads are measured by their routes: this is the parser of JSON bodies.
    if (code === 'TOO_LARGE') return bodyTooLarge();
    if (code) return new DomainError(code, error.message);
  }
  const { status, statusCode, type, message } = error as {
    status?: number;
    statusCode?: number;
    type?: string;
    message?: string;
  };
  // Errors of Express' body parser: they carry a status and a type.
  const code = type ? CODE_OF_STATUS[status ?? statusCode ?? 0] : undefined;
  if (code) return new DomainError(code, message ?? 'The request could not be read.');
  return new DomainError('INTERNAL', 'Something went wrong on our side.', {
    help: 'Try again; if it stays, give the request id to your operator.',
  });
}

function bodyTooLarge(): DomainError {
  const help = 'Spread it over several requests; a file goes to the route that takes uploads.';
  return tooLarge('The body', JSON_MAX, help, { property: '', code: 'BODY_TOO_LARGE' });
}
