import { Injectable } from '@nestjs/common';
import type { CanActivate, ExecutionContext } from '@nestjs/common';
import { Reflector } from '@nestjs/core';
import { DomainError } from '#contracts';
import { PUBLIC_KEY } from '../http/access.decorators.js';

/** Lets nobody in but to public routes. */
@Injectable()
export class AuthGuard implements CanActivate {
  constructor(private readonly reflector: Reflector) {}

  canActivate(context: ExecutionContext): boolean {
    if (this.reflector.getAllAndOverride<boolean>(PUBLIC_KEY, [context.getHandler(), context.getClass()])) return true;
    throw new DomainError('NOT_AUTHENTICATED', 'Sign in, or send an API key.');
  }
}
