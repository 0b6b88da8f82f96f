import { Body, Controller, Get, Param, Post, Query } from '@nestjs/common';
import { ApiOperation, ApiTags } from '@nestjs/swagger';
import type { z } from 'zod';
import { CampaignRehearsal, Id, RehearsalBody, RehearsalQuery, page } from '#contracts';
import { RehearsalsService } from '#domain/delivery';
import { Needs } from '../http/access.decorators.js';
import { Answers } from '../http/answers.js';
import { Ctx } from '../http/request-context.js';
import type { RequestContext } from '../http/request-context.js';

/** Campaigns tried against simulated providers: how long, and what would go wrong. */
@ApiTags('rehearsals')
@Controller()
export class RehearsalsController {
  constructor(private readonly rehearsals: RehearsalsService) {}

  @Post('campaigns/:id/rehearsals')
  @Needs('campaigns.write')
  @ApiOperation({ summary: 'Rehearses a draft against simulated providers; nothing is sent' })
  @Answers(CampaignRehearsal, 202)
  ask(
    @Ctx() ctx: RequestContext,
    @Param('id', { schema: Id }) id: string,
    @Body({ schema: RehearsalBody }) body: z.infer<typeof RehearsalBody>,
  ) {
    return this.rehearsals.ask(ctx, id, body);
  }

  @Get('campaigns/:id/rehearsals')
  @Needs('campaigns.read')
  @Answers(page(CampaignRehearsal))
  list(
    @Ctx() ctx: RequestContext,
    @Param('id', { schema: Id }) id: string,
    @Query({ schema: RehearsalQuery }) query: z.infer<typeof RehearsalQuery>,
  ) {
    return this.rehearsals.list(ctx, id, query);
  }

  @Get('rehearsals/:id')
  @Needs('campaigns.read')
  @ApiOperation({ summary: 'How far it is, and once it is done what it predicts' })
  @Answers(CampaignRehearsal)
  get(@Ctx() ctx: RequestContext, @Param('id', { schema: Id }) id: string) {
    return this.rehearsals.get(ctx, id);
  }

  @Post('rehearsals/:id/cancel')
  @Needs('campaigns.write')
  @Answers(CampaignRehearsal)
  cancel(@Ctx() ctx: RequestContext, @Param('id', { schema: Id }) id: string) {
    return this.rehearsals.cancel(ctx, id);
  }
}
