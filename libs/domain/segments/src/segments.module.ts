import { Module } from '@nestjs/common';
import { SegmentsService } from './segments.service.js';

@Module({ providers: [SegmentsService], exports: [SegmentsService] })
export class SegmentsModule {}
