import { Module } from '@nestjs/common';
import { SystemService } from './system.service.js';

@Module({ providers: [SystemService], exports: [SystemService] })
export class SystemModule {}
