import { Body, Controller, Get, Post, Query } from '@nestjs/common';
import { ApiOperation, ApiTags } from '@nestjs/swagger';
import type { z } from 'zod';
import { FailedJob, FailedJobBody, PageQuery, SystemState, page } from '#contracts';
import { SystemService } from '#domain/system';
import { Needs } from '../http/access.decorators.js';
import { Answers, AnswersNothing } from '../http/answers.js';
import { Ctx } from '../http/request-context.js';
import type { RequestContext } from '../http/request-context.js';

/** For owners of the installation's first workspace. */
@ApiTags('system')
@Controller('system')
export class SystemController {
  constructor(private readonly system: SystemService) {}

  @Get()
  @Needs('workspace.admin')
  @ApiOperation({ summary: 'Processes, lanes, jobs, storage and checks of the installation' })
  @Answers(SystemState)
  state(@Ctx() ctx: RequestContext): Promise<z.infer<typeof SystemState>> {
    return this.system.state(ctx);
  }

  @Get('failed-jobs')
  @Needs('workspace.admin')
  @ApiOperation({ summary: 'Jobs that failed, the latest first; the last hundred of each name are kept' })
  @Answers(page(FailedJob))
  failures(@Ctx() ctx: RequestContext, @Query({ schema: PageQuery }) query: PageQuery) {
    return this.system.failures(ctx, query);
  }

  @Post('failed-jobs/retry')
  @Needs('workspace.admin')
  @ApiOperation({ summary: 'Let a failed job run again' })
  @AnswersNothing()
  retry(@Ctx() ctx: RequestContext, @Body({ schema: FailedJobBody }) job: z.infer<typeof FailedJobBody>) {
    return this.system.settle(ctx, job, 'retry');
  }

  @Post('failed-jobs/forget')
  @Needs('workspace.admin')
  @ApiOperation({ summary: 'Take a failed job off the list; a sweep finds its work if there still is any' })
  @AnswersNothing()
  forget(@Ctx() ctx: RequestContext, @Body({ schema: FailedJobBody }) job: z.infer<typeof FailedJobBody>) {
    return this.system.settle(ctx, job, 'forget');
  }
}
