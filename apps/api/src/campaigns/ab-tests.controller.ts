import { Body, Controller, Delete, Get, Param, Post, Put } from '@nestjs/common';
import { ApiOperation, ApiTags } from '@nestjs/swagger';
import type { z } from 'zod';
import { AbReportAnswer, AbTestAnswer, AbTestBody, AbWinnerBody, Id } from '#contracts';
import { AbTestsService } from '#domain/campaigns';
import { DeliveryService } from '#domain/delivery';
import { ReportsService } from '#domain/reporting';
import { Needs } from '../http/access.decorators.js';
import { Answers, AnswersNothing } from '../http/answers.js';
import { Ctx } from '../http/request-context.js';
import type { RequestContext } from '../http/request-context.js';

/** A/B tests: what is tested while the campaign is a draft, how it goes, and what a person decides. */
@ApiTags('ab-tests')
@Controller('campaigns/:id')
export class AbTestsController {
  constructor(
    private readonly tests: AbTestsService,
    private readonly delivery: DeliveryService,
    private readonly reports: ReportsService,
  ) {}

  @Get('ab-test')
  @Needs('campaigns.read')
  @Answers(AbTestAnswer)
  get(@Ctx() ctx: RequestContext, @Param('id', { schema: Id }) id: string) {
    return this.tests.get(ctx, id);
  }

  @Put('ab-test')
  @Needs('campaigns.write')
  @ApiOperation({ summary: 'Writes what a draft tests: variants, sample, hold-out, metric, duration' })
  @Answers(AbTestAnswer)
  save(
    @Ctx() ctx: RequestContext,
    @Param('id', { schema: Id }) id: string,
    @Body({ schema: AbTestBody }) body: z.infer<typeof AbTestBody>,
  ) {
    return this.tests.save(ctx, id, body);
  }

  @Delete('ab-test')
  @Needs('campaigns.write')
  @AnswersNothing()
  remove(@Ctx() ctx: RequestContext, @Param('id', { schema: Id }) id: string): Promise<void> {
    return this.tests.remove(ctx, id);
  }

  @Post('ab-test/winner')
  @Needs('campaigns.write')
  @ApiOperation({ summary: 'Says what the rest gets, before the decision or where it named nobody' })
  @Answers(AbReportAnswer)
  async choose(
    @Ctx() ctx: RequestContext,
    @Param('id', { schema: Id }) id: string,
    @Body({ schema: AbWinnerBody }) { variant }: z.infer<typeof AbWinnerBody>,
  ) {
    await this.delivery.chooseVariant(ctx, id, variant);
    return this.reports.abTest(ctx, id);
  }

  @Get('report/ab-test')
  @Needs('campaigns.read')
  @ApiOperation({ summary: 'How the test went so far: counts and intervals by variant, verdict and choice' })
  @Answers(AbReportAnswer)
  report(@Ctx() ctx: RequestContext, @Param('id', { schema: Id }) id: string) {
    return this.reports.abTest(ctx, id);
  }
}
