import { Inject, Injectable, SetMetadata } from '@nestjs/common';
import type { CallHandler, ExecutionContext, NestInterceptor } from '@nestjs/common';
import { Reflector } from '@nestjs/core';
import type { Response } from 'express';
import { catchError, concatMap, from, of, throwError } from 'rxjs';
import type { Observable } from 'rxjs';
import { DomainError } from '#contracts';
import type { ErrorCode } from '#contracts';
import { IdempotencyService } from '#domain/workspaces';
import { LOGGER } from '#platform/nest';
import type { Logger } from '#platform/nest';
import type { ApiRequest } from '../http/request-context.js';

const KEY = /^[\x21-\x7e]{1,200}$/;

const OWN_KEY = 'own-idempotency';

/** A route that keeps the key with what it makes, so that one can't be there without the other. */
export const OwnIdempotency = () => SetMetadata(OWN_KEY, true);

/** A kept refusal, replayed with the request id of the later request. */
interface Refusal {
  code: ErrorCode;
  message: string;
  options: ConstructorParameters<typeof DomainError>[2];
}

/**
 * Lets a program repeat a POST safely: with an `Idempotency-Key` the first answer is kept for 24 hours and replayed.
 * Refusals below 500 are kept as well; failures of ours and rate limits are not, so they may be tried again.
 */
@Injectable()
export class IdempotencyInterceptor implements NestInterceptor {
  constructor(
    private readonly idempotency: IdempotencyService,
    private readonly reflector: Reflector,
    @Inject(LOGGER) private readonly log: Logger,
  ) {}

  async intercept(context: ExecutionContext, next: CallHandler): Promise<Observable<unknown>> {
    const request = context.switchToHttp().getRequest<ApiRequest>();
    const key = request.headers['idempotency-key'];
    if (request.method !== 'POST' || key === undefined || !request.ctx) return next.handle();
    if (typeof key !== 'string' || !KEY.test(key)) {
      throw new DomainError('MALFORMED_REQUEST', 'Idempotency-Key must be 1 to 200 visible ASCII characters.');
    }
    if (request.is('multipart/form-data')) {
      // Its parts are read later, by the handler, and its boundary differs at every try: nothing here could tell two
      // files of one length apart, and the answer to one would be replayed for the other.
      throw new DomainError('MALFORMED_REQUEST', 'An upload takes no Idempotency-Key.', {
        help: 'Leave the header out; look in the list of imports or files whether an upload without an answer arrived.',
      });
    }
    if (this.reflector.get<boolean | undefined>(OWN_KEY, context.getHandler())) return next.handle();
    const { workspaceId } = request.ctx;
    const response = context.switchToHttp().getResponse<Response>();
    const kept = await this.idempotency.claim(workspaceId, key, describe(request));
    if (kept) {
      response.setHeader('Idempotency-Replayed', 'true');
      if (kept.status >= 400) throw restore(kept.body as Refusal);
      response.status(kept.status);
      return of(kept.body);
    }
    return next.handle().pipe(
      concatMap(async (body: unknown) => {
        await this.keep(workspaceId, key, response.statusCode, body);
        return body;
      }),
      catchError((error: unknown) =>
        from(this.settle(workspaceId, key, error)).pipe(concatMap(() => throwError(() => error))),
      ),
    );
  }

  private async settle(workspaceId: string, key: string, error: unknown): Promise<void> {
    if (error instanceof DomainError && error.status < 500 && error.status !== 429) {
      const { code, message, help, property, errors, extra } = error;
      const refusal: Refusal = { code, message, options: { help, property, errors, extra } };
      await this.keep(workspaceId, key, error.status, refusal);
    } else {
      await this.idempotency
        .release(workspaceId, key)
        .catch((failure: unknown) => this.log.warn({ err: failure }, 'idempotency key not released'));
    }
  }

  /** The request took effect, so it is answered even when its answer could not be kept. */
  private async keep(workspaceId: string, key: string, status: number, body: unknown): Promise<void> {
    await this.idempotency
      .keep(workspaceId, key, { status, body })
      .catch((failure: unknown) => this.log.warn({ err: failure }, 'answer not kept for its idempotency key'));
  }
}

/** All that makes two requests the same. */
function describe(request: ApiRequest): string {
  return JSON.stringify([request.method, request.originalUrl, request.body ?? null]);
}

function restore({ code, message, options }: Refusal): DomainError {
  return new DomainError(code, message, options);
}
