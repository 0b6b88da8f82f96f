import { Module } from '@nestjs/common';
import { SuppressionsModule as SuppressionsDomain } from '#domain/suppressions';
import { SuppressionsController } from './suppressions.controller.js';

@Module({ imports: [SuppressionsDomain], controllers: [SuppressionsController] })
export class SuppressionsModule {}
