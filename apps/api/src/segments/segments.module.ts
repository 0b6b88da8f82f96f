import { Module } from '@nestjs/common';
import { SegmentsModule as SegmentsDomain } from '#domain/segments';
import { SegmentsController } from './segments.controller.js';

@Module({ imports: [SegmentsDomain], controllers: [SegmentsController] })
export class SegmentsModule {}
