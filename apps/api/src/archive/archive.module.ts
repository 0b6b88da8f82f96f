import { Module } from '@nestjs/common';
import { ArchiveModule as ArchiveDomain } from '#domain/archive';
import { ArchiveController } from './archive.controller.js';

@Module({ imports: [ArchiveDomain], controllers: [ArchiveController] })
export class ArchiveModule {}
