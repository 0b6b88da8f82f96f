import { Body, Controller, Get, HttpCode, Param, Post, Query } from '@nestjs/common';
import { ApiOperation, ApiTags } from '@nestjs/swagger';
import type { z } from 'zod';
import { AudienceReport, Checklist, CountAudienceBody, Id, MissingContact, MissingDataQuery, page } from '#contracts';
import { TestSendBody, TestSendResult } from '#contracts';
import { PreflightsService } from '#domain/campaigns';
import { DeliveryService } from '#domain/delivery';
import { Needs } from '../http/access.decorators.js';
import { Answers } from '../http/answers.js';
import { Ctx } from '../http/request-context.js';
import type { RequestContext } from '../http/request-context.js';

/** What people ask of the delivery of a campaign: who would get it, is it ready, a test. */
@ApiTags('campaigns')
@Controller('campaigns')
export class AudienceController {
  constructor(
    private readonly delivery: DeliveryService,
    private readonly preflights: PreflightsService,
  ) {}

  @Post('audience')
  @Needs('campaigns.read')
  @ApiOperation({ summary: 'Counts an audience that is not saved' })
  @Answers(AudienceReport)
  count(
    @Ctx() ctx: RequestContext,
    @Body({ schema: CountAudienceBody }) { audience }: z.infer<typeof CountAudienceBody>,
  ) {
    return this.delivery.draftAudience(ctx, audience);
  }

  @Get(':id/audience')
  @Needs('campaigns.read')
  @ApiOperation({ summary: 'Before the start: live counts; after it: what was frozen' })
  @Answers(AudienceReport)
  audience(@Ctx() ctx: RequestContext, @Param('id', { schema: Id }) id: string) {
    return this.delivery.audience(ctx, id);
  }

  @Get(':id/checklist')
  @Needs('campaigns.read')
  @ApiOperation({ summary: 'Everything that stands between a draft and its start' })
  @Answers(Checklist)
  checklist(@Ctx() ctx: RequestContext, @Param('id', { schema: Id }) id: string) {
    return this.preflights.checklist(ctx, id);
  }

  @Post(':id/preflight')
  @HttpCode(202)
  @Needs('campaigns.write')
  @ApiOperation({ summary: 'Begins the slow checks: links are asked for, missing data is counted' })
  @Answers(Checklist, 202)
  preflight(@Ctx() ctx: RequestContext, @Param('id', { schema: Id }) id: string) {
    return this.preflights.ask(ctx, id);
  }

  @Get(':id/missing-data')
  @Needs('campaigns.read')
  @ApiOperation({ summary: 'Recipients who have nothing for a variable' })
  @Answers(page(MissingContact))
  missing(
    @Ctx() ctx: RequestContext,
    @Param('id', { schema: Id }) id: string,
    @Query({ schema: MissingDataQuery }) query: z.infer<typeof MissingDataQuery>,
  ) {
    return this.preflights.missing(ctx, id, query);
  }

  @Post(':id/test')
  @Needs('campaigns.write')
  @ApiOperation({ summary: 'Sends a test message now; nothing of it is counted' })
  @Answers(TestSendResult)
  test(
    @Ctx() ctx: RequestContext,
    @Param('id', { schema: Id }) id: string,
    @Body({ schema: TestSendBody }) body: z.infer<typeof TestSendBody>,
  ) {
    return this.delivery.test(ctx, id, body);
  }
}
