import { Body, Controller, Get, Param, Post } from '@nestjs/common';
import { ApiOperation, ApiTags } from '@nestjs/swagger';
import type { z } from 'zod';
import { Id, ZonePlan, ZonePlanBody } from '#contracts';
import { CampaignsService } from '#domain/campaigns';
import { Needs } from '../http/access.decorators.js';
import { Answers } from '../http/answers.js';
import { Ctx } from '../http/request-context.js';
import type { RequestContext } from '../http/request-context.js';

/** When whom a campaign reaches that goes to each recipient by their own clock. */
@ApiTags('campaigns')
@Controller('campaigns')
export class ZonesController {
  constructor(private readonly campaigns: CampaignsService) {}

  @Post('zones')
  @Needs('campaigns.read')
  @ApiOperation({ summary: 'What a schedule in the recipients’ time zones would mean' })
  @Answers(ZonePlan)
  plan(@Ctx() ctx: RequestContext, @Body({ schema: ZonePlanBody }) body: z.infer<typeof ZonePlanBody>) {
    return this.campaigns.planZones(ctx, body);
  }

  @Get(':id/zones')
  @Needs('campaigns.read')
  @ApiOperation({ summary: 'When each time zone is due, and how far it is' })
  @Answers(ZonePlan)
  ofCampaign(@Ctx() ctx: RequestContext, @Param('id', { schema: Id }) id: string) {
    return this.campaigns.zonePlan(ctx, id);
  }
}
