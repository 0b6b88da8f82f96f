import { Module } from '@nestjs/common';
import { ReportingModule } from '#domain/reporting';
import { EventsModule } from '../events/events.module.js';
import { ActivityController } from './activity.controller.js';
import { CampaignProgress } from './campaign-progress.js';
import { ListQualityController } from './list-quality.controller.js';
import { ReportSharesController } from './report-shares.controller.js';
import { ReportsController } from './reports.controller.js';
import { RollUpTimer } from './roll-up-timer.js';
import { TrailsController } from './trails.controller.js';

@Module({
  imports: [ReportingModule, EventsModule],
  controllers: [ActivityController, ListQualityController, ReportSharesController, ReportsController, TrailsController],
  providers: [CampaignProgress, RollUpTimer],
})
export class ReportsModule {}
