import { Controller, Get, Module } from '@nestjs/common';
import type { Type } from '@nestjs/common';
import { DiscoveryModule, NestFactory } from '@nestjs/core';
import { Needs, Public } from './access.decorators.js';
import { RouteCheck } from './route-check.js';

@Controller('declared')
class DeclaredController {
  @Public()
  @Get('open')
  open() {}

  @Needs('contacts.read')
  @Get('guarded')
  guarded() {}
}

@Controller('forgotten')
class ForgottenController {
  @Needs('contacts.read')
  @Get('guarded')
  guarded() {}

  @Get('bare')
  bare() {}
}

@Module({ imports: [DiscoveryModule], controllers: [DeclaredController], providers: [RouteCheck] })
class GoodModule {}
@Module({ imports: [DiscoveryModule], controllers: [ForgottenController], providers: [RouteCheck] })
class BadModule {}

const start = async (module: Type) => {
  const app = await NestFactory.create(module, { logger: false, abortOnError: false });
  try {
    await app.init();
  } finally {
    await app.close();
  }
};

describe('RouteCheck', () => {
  it('stops the start when a route declares no access, and names it', async () => {
    await expect(start(BadModule)).rejects.toThrow('neither @Needs nor @Public: ForgottenController.bare');
  });

  it('lets declared routes start', async () => {
    await expect(start(GoodModule)).resolves.toBeUndefined();
  });
});
