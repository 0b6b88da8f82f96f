import { Module } from '@nestjs/common';
import { APP_GUARD, APP_INTERCEPTOR, DiscoveryModule } from '@nestjs/core';
import { WorkspacesModule } from '#domain/workspaces';
import { Settings } from '#platform/config';
import { RouteCheck } from '../http/route-check.js';
import { AuthGuard } from './auth.guard.js';
import { IdempotencyInterceptor } from './idempotency.interceptor.js';
import { LoginLimits } from './login-limits.js';
import { SessionCookie } from './session-cookie.js';

@Module({
  imports: [DiscoveryModule, WorkspacesModule],
  providers: [
    { provide: APP_GUARD, useClass: AuthGuard },
    { provide: APP_INTERCEPTOR, useClass: IdempotencyInterceptor },
    { provide: SessionCookie, useFactory: (settings: Settings) => new SessionCookie(settings), inject: [Settings] },
    RouteCheck,
    LoginLimits,
  ],
  exports: [SessionCookie, LoginLimits],
})
export class AuthModule {}
