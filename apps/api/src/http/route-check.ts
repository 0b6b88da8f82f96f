import { Injectable } from '@nestjs/common';
import type { OnModuleInit } from '@nestjs/common';
import { PATH_METADATA } from '@nestjs/common/constants.js';
import { DiscoveryService, MetadataScanner, Reflector } from '@nestjs/core';
import { PERMISSION_KEY, PUBLIC_KEY } from './access.decorators.js';

/** Refuses to start while a route declares neither @Needs nor @Public, so that no route is open by oversight. */
@Injectable()
export class RouteCheck implements OnModuleInit {
  constructor(
    private readonly discovery: DiscoveryService,
    private readonly scanner: MetadataScanner,
    private readonly reflector: Reflector,
  ) {}

  onModuleInit(): void {
    const open = this.discovery.getControllers().flatMap(({ instance, metatype }) => {
      if (!instance || !metatype) return [];
      const prototype = Object.getPrototypeOf(instance) as Record<string, object>;
      return this.scanner
        .getAllMethodNames(prototype)
        .filter((name) => Reflect.hasMetadata(PATH_METADATA, prototype[name]!))
        .filter((name) => !this.declared(prototype[name]!, metatype))
        .map((name) => `${metatype.name}.${name}`);
    });
    if (open.length > 0) throw new Error(`These routes declare neither @Needs nor @Public: ${open.join(', ')}`);
  }

  private declared(handler: object, controller: object): boolean {
    const targets = [handler, controller] as Parameters<Reflector['getAllAndOverride']>[1];
    return (
      this.reflector.getAllAndOverride<unknown>(PERMISSION_KEY, targets) !== undefined ||
      this.reflector.getAllAndOverride<unknown>(PUBLIC_KEY, targets) !== undefined
    );
  }
}
