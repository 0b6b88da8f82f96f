import { Module } from '@nestjs/common';
import { APP_GUARD, DiscoveryModule } from '@nestjs/core';
import { RouteCheck } from '../http/route-check.js';
import { AuthGuard } from './auth.guard.js';

@Module({ imports: [DiscoveryModule], providers: [{ provide: APP_GUARD, useClass: AuthGuard }, RouteCheck] })
export class AuthModule {}
