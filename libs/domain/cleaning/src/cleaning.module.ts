import { Module } from '@nestjs/common';
import { CleaningsService } from './cleanings.service.js';
import { SunsetScheduleService } from './sunset-schedule.service.js';

@Module({
  providers: [CleaningsService, SunsetScheduleService],
  exports: [CleaningsService, SunsetScheduleService],
})
export class CleaningModule {}
