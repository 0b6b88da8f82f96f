import { Controller, Get, Query } from '@nestjs/common';
import { ApiTags } from '@nestjs/swagger';
import type { z } from 'zod';
import { Dashboard, DashboardQuery } from '#contracts';
import { ReportsService } from '#domain/reporting';
import { Needs } from '../http/access.decorators.js';
import { Answers } from '../http/answers.js';
import { Ctx } from '../http/request-context.js';
import type { RequestContext } from '../http/request-context.js';

/** The first screen. */
@ApiTags('dashboard')
@Controller('dashboard')
export class DashboardController {
  constructor(private readonly reports: ReportsService) {}

  @Get()
  @Needs('campaigns.read')
  @Answers(Dashboard)
  read(@Ctx() ctx: RequestContext, @Query({ schema: DashboardQuery }) query: z.infer<typeof DashboardQuery>) {
    return this.reports.dashboard(ctx, query);
  }
}
