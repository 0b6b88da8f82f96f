import { createParamDecorator } from '@nestjs/common';
import type { ExecutionContext } from '@nestjs/common';
import type { Request } from 'express';
import type { RequestContext } from '#domain/workspaces';

export type { RequestContext };

/** Express' request with what the guard learned; `ctx` is absent on public routes. */
export type ApiRequest = Request & { ctx?: RequestContext; requestId: string };

/** Injects who asks, and for which workspace. */
export const Ctx = createParamDecorator((_: unknown, context: ExecutionContext): RequestContext => {
  const { ctx } = context.switchToHttp().getRequest<ApiRequest>();
  if (!ctx) throw new Error('@Ctx() on a route without @Needs()');
  return ctx;
});
