import { Module } from '@nestjs/common';
import { CleaningModule } from '#domain/cleaning';
import { CleaningsController } from './cleanings.controller.js';
import { SunsetScheduleController } from './sunset-schedule.controller.js';

@Module({ imports: [CleaningModule], controllers: [CleaningsController, SunsetScheduleController] })
export class CleaningsModule {}
