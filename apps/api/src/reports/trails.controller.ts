import { Controller, Get, Param, Query } from '@nestjs/common';
import { ApiOperation, ApiTags } from '@nestjs/swagger';
import type { z } from 'zod';
import { ContactCampaign, ContactCampaignQuery, DecisionTrail, Id, TrailQuery, page } from '#contracts';
import { ReportsService } from '#domain/reporting';
import { Needs } from '../http/access.decorators.js';
import { Answers } from '../http/answers.js';
import { Ctx } from '../http/request-context.js';
import type { RequestContext } from '../http/request-context.js';

/** Why somebody got a campaign, or did not. */
@ApiTags('reports')
@Controller()
export class TrailsController {
  constructor(private readonly reports: ReportsService) {}

  @Get('campaigns/:id/recipients/trail')
  @Needs('campaigns.read')
  @ApiOperation({ summary: 'Why an address got this campaign, or did not: every step that decided' })
  @Answers(DecisionTrail)
  trail(
    @Ctx() ctx: RequestContext,
    @Param('id', { schema: Id }) id: string,
    @Query({ schema: TrailQuery }) query: z.infer<typeof TrailQuery>,
  ) {
    return this.reports.trail(ctx, id, query);
  }

  @Get('contacts/:id/campaigns')
  @Needs('contacts.read')
  @ApiOperation({ summary: 'The started campaigns, newest first, each with whether this contact got it and why' })
  @Answers(page(ContactCampaign))
  campaigns(
    @Ctx() ctx: RequestContext,
    @Param('id', { schema: Id }) id: string,
    @Query({ schema: ContactCampaignQuery }) query: z.infer<typeof ContactCampaignQuery>,
  ) {
    return this.reports.contactCampaigns(ctx, id, query);
  }
}
