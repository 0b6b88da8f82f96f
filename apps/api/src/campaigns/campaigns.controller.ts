import { Body, Controller, Delete, Get, Inject, Param, Patch, Post, Query } from '@nestjs/common';
import { ApiOperation, ApiTags } from '@nestjs/swagger';
import type { z } from 'zod';
import { Campaign, CampaignBody, CampaignQuery, CampaignSummary, Id, page } from '#contracts';
import { FollowUpBody, ScheduleBody, StartBody, UpdateCampaignBody } from '#contracts';
import { CampaignsService, viewCampaign } from '#domain/campaigns';
import type { CampaignRow } from '#domain/campaigns';
import { ReportsService } from '#domain/reporting';
import { Database } from '#platform/database';
import { Needs } from '../http/access.decorators.js';
import { Answers, AnswersNothing } from '../http/answers.js';
import { Ctx } from '../http/request-context.js';
import type { RequestContext } from '../http/request-context.js';

type Answer = Promise<z.infer<typeof Campaign>>;

/** What a campaign is and which state it is in; who gets it and whether it is ready is in audience.controller.ts. */
@ApiTags('campaigns')
@Controller('campaigns')
export class CampaignsController {
  constructor(
    private readonly campaigns: CampaignsService,
    private readonly reports: ReportsService,
    @Inject(Database) private readonly db: Database,
  ) {}

  @Get()
  @Needs('campaigns.read')
  @Answers(page(CampaignSummary))
  list(@Ctx() ctx: RequestContext, @Query({ schema: CampaignQuery }) query: z.infer<typeof CampaignQuery>) {
    return this.reports.campaigns(ctx, query);
  }

  @Post()
  @Needs('campaigns.write')
  @Answers(Campaign, 201)
  create(@Ctx() ctx: RequestContext, @Body({ schema: CampaignBody }) body: z.infer<typeof CampaignBody>): Answer {
    return this.view(this.campaigns.create(ctx, body));
  }

  @Get(':id')
  @Needs('campaigns.read')
  @Answers(Campaign)
  get(@Ctx() ctx: RequestContext, @Param('id', { schema: Id }) id: string): Answer {
    return this.view(this.campaigns.get(ctx, id));
  }

  @Patch(':id')
  @Needs('campaigns.write')
  @Answers(Campaign)
  update(
    @Ctx() ctx: RequestContext,
    @Param('id', { schema: Id }) id: string,
    @Body({ schema: UpdateCampaignBody }) body: z.infer<typeof UpdateCampaignBody>,
  ): Answer {
    return this.view(this.campaigns.update(ctx, id, body));
  }

  @Delete(':id')
  @Needs('campaigns.write')
  @ApiOperation({ summary: 'Deletes a draft; puts a finished campaign away and keeps its report' })
  @AnswersNothing()
  remove(@Ctx() ctx: RequestContext, @Param('id', { schema: Id }) id: string): Promise<void> {
    return this.campaigns.remove(ctx, id);
  }

  @Post(':id/start')
  @Needs('campaigns.write')
  @Answers(Campaign)
  start(
    @Ctx() ctx: RequestContext,
    @Param('id', { schema: Id }) id: string,
    @Body({ schema: StartBody }) body: z.infer<typeof StartBody>,
  ): Answer {
    return this.view(this.campaigns.start(ctx, id, body.undoSeconds));
  }

  @Post(':id/schedule')
  @Needs('campaigns.write')
  @Answers(Campaign)
  schedule(
    @Ctx() ctx: RequestContext,
    @Param('id', { schema: Id }) id: string,
    @Body({ schema: ScheduleBody }) body: z.infer<typeof ScheduleBody>,
  ): Answer {
    return this.view(this.campaigns.schedule(ctx, id, body));
  }

  @Post(':id/unschedule')
  @Needs('campaigns.write')
  @Answers(Campaign)
  unschedule(@Ctx() ctx: RequestContext, @Param('id', { schema: Id }) id: string): Answer {
    return this.view(this.campaigns.unschedule(ctx, id));
  }

  @Post(':id/pause')
  @Needs('campaigns.write')
  @Answers(Campaign)
  pause(@Ctx() ctx: RequestContext, @Param('id', { schema: Id }) id: string): Answer {
    return this.view(this.campaigns.pause(ctx, id));
  }

  @Post(':id/resume')
  @Needs('campaigns.write')
  @Answers(Campaign)
  resume(@Ctx() ctx: RequestContext, @Param('id', { schema: Id }) id: string): Answer {
    return this.view(this.campaigns.resume(ctx, id));
  }

  @Post(':id/cancel')
  @Needs('campaigns.write')
  @Answers(Campaign)
  cancel(@Ctx() ctx: RequestContext, @Param('id', { schema: Id }) id: string): Answer {
    return this.view(this.campaigns.cancel(ctx, id));
  }

  @Post(':id/duplicate')
  @Needs('campaigns.write')
  @Answers(Campaign, 201)
  duplicate(@Ctx() ctx: RequestContext, @Param('id', { schema: Id }) id: string): Answer {
    return this.view(this.campaigns.duplicate(ctx, id));
  }

  @Post(':id/follow-up')
  @Needs('campaigns.write')
  @ApiOperation({
    summary:
      'Make a draft with the same content (of an A/B test: of the variant that won or was chosen) for those who did not open it, or who clicked',
  })
  @Answers(Campaign, 201)
  followUp(
    @Ctx() ctx: RequestContext,
    @Param('id', { schema: Id }) id: string,
    @Body({ schema: FollowUpBody }) { to }: z.infer<typeof FollowUpBody>,
  ): Answer {
    return this.view(this.campaigns.followUp(ctx, id, to));
  }

  private async view(row: Promise<CampaignRow>): Answer {
    return viewCampaign(this.db, await row);
  }
}
