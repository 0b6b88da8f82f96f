import { Module } from '@nestjs/common';
import { SystemModule } from '#domain/system';
import { SystemController } from './system.controller.js';

@Module({ imports: [SystemModule], controllers: [SystemController] })
export class ApiSystemModule {}
