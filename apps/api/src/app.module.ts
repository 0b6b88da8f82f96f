import { Module } from '@nestjs/common';
import type { DynamicModule } from '@nestjs/common';
import type { Settings } from '#platform/config';
import { PlatformModule } from '#platform/nest';
import { AuthModule } from './auth/auth.module.js';
import { HealthModule } from './health/health.module.js';

/** One module per feature folder: add yours here. */
const FEATURES = [HealthModule, AuthModule];

@Module({})
export class AppModule {
  static forRoot(settings: Settings): DynamicModule {
    return { module: AppModule, imports: [PlatformModule.forRoot('api', settings), ...FEATURES] };
  }
}
