import { Module } from '@nestjs/common';
import { CleaningModule } from '#domain/cleaning';
import { CleaningsController } from './cleanings.controller.js';

@Module({ imports: [CleaningModule], controllers: [CleaningsController] })
export class CleaningsModule {}
