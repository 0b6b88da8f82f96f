import { Controller, Get, Query } from '@nestjs/common';
import { ApiOperation, ApiTags } from '@nestjs/swagger';
import type { z } from 'zod';
import { Activity, ActivityQuery, page } from '#contracts';
import { ReportsService } from '#domain/reporting';
import { Needs } from '../http/access.decorators.js';
import { Answers } from '../http/answers.js';
import { Ctx } from '../http/request-context.js';
import type { RequestContext } from '../http/request-context.js';

/** What recipients do. */
@ApiTags('reports')
@Controller('activity')
export class ActivityController {
  constructor(private readonly reports: ReportsService) {}

  @Get()
  @Needs('campaigns.read')
  @ApiOperation({ summary: 'Opens, clicks and replies of people, newest first' })
  @Answers(page(Activity))
  read(@Ctx() ctx: RequestContext, @Query({ schema: ActivityQuery }) query: z.infer<typeof ActivityQuery>) {
    return this.reports.activity(ctx, query);
  }
}
