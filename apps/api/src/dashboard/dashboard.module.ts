import { Module } from '@nestjs/common';
import { ReportingModule } from '#domain/reporting';
import { DashboardController } from './dashboard.controller.js';

@Module({ imports: [ReportingModule], controllers: [DashboardController] })
export class DashboardModule {}
