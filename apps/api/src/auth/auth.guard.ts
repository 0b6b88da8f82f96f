import { Inject, Injectable } from '@nestjs/common';
import type { CanActivate, ExecutionContext } from '@nestjs/common';
import { Reflector } from '@nestjs/core';
import { DomainError, Id, notFound } from '#contracts';
import type { Permission } from '#contracts';
import { ApiKeysService, SessionsService } from '#domain/workspaces';
import { Settings } from '#platform/config';
import { PERMISSION_KEY, PUBLIC_KEY } from '../http/access.decorators.js';
import type { ApiRequest, RequestContext } from '../http/request-context.js';
import { requireSameOrigin } from './origin-check.js';
import { SessionCookie } from './session-cookie.js';

const KEY_MAX = 200;

/** Finds out who asks, by bearer key or session cookie, and whether they may; the answer is `request.ctx`. */
@Injectable()
export class AuthGuard implements CanActivate {
  private readonly publicOrigin: string;

  constructor(
    private readonly reflector: Reflector,
    private readonly sessions: SessionsService,
    private readonly keys: ApiKeysService,
    private readonly cookie: SessionCookie,
    @Inject(Settings) settings: Settings,
  ) {
    this.publicOrigin = new URL(settings.get('PUBLIC_URL')).origin;
  }

  async canActivate(context: ExecutionContext): Promise<boolean> {
    const targets = [context.getHandler(), context.getClass()];
    if (this.reflector.getAllAndOverride<boolean>(PUBLIC_KEY, targets)) return true;
    const permission = this.reflector.getAllAndOverride<Permission | undefined>(PERMISSION_KEY, targets);
    const request = context.switchToHttp().getRequest<ApiRequest>();
    const ctx = await this.authenticate(request);
    if (!ctx) {
      throw new DomainError('NOT_AUTHENTICATED', 'There is no valid session or API key on this request.', {
        help: 'Sign in, or send "Authorization: Bearer <API key>".',
      });
    }
    if (!permission || !ctx.permissions.has(permission)) {
      throw new DomainError('FORBIDDEN', `This needs the permission ${permission ?? 'of nobody'}.`, {
        help: ctx.actor.type === 'key' ? 'Use a key with a wider scope.' : 'Ask an owner of the workspace.',
      });
    }
    request.ctx = ctx;
    return true;
  }

  private async authenticate(request: ApiRequest): Promise<RequestContext | null> {
    const workspaceId = namedWorkspace(request);
    const { authorization } = request.headers;
    if (authorization !== undefined) {
      const key = /^Bearer ([\w-]{1,200})$/i.exec(authorization.slice(0, KEY_MAX))?.[1];
      const ctx = key ? await this.keys.authenticate(key) : null;
      if (ctx && workspaceId && workspaceId !== ctx.workspaceId) throw notFound('workspace', workspaceId);
      return ctx;
    }
    const token = this.cookie.read(request);
    if (!token) return null;
    const ctx = await this.sessions.authenticate(token, workspaceId);
    if (ctx) requireSameOrigin(request, this.publicOrigin);
    return ctx;
  }
}

/** Paths that a browser asks for by itself: an event stream, and a mail in a frame. */
const WITHOUT_HEADERS = /^\/api\/v1\/(?:events|inbound\/\d+\/page)$/;

/** The workspace the request names; by its query where a browser can't send headers. */
function namedWorkspace(request: ApiRequest): string | null {
  const named =
    request.headers['x-workspace'] ?? (WITHOUT_HEADERS.test(request.path) ? request.query.workspace : undefined);
  if (named === undefined) return null;
  if (Id.safeParse(named).success) return named as string;
  throw notFound('workspace', 'of that name');
}
