import { Module } from '@nestjs/common';
import { CleaningsService } from './cleanings.service.js';

@Module({ providers: [CleaningsService], exports: [CleaningsService] })
export class CleaningModule {}
