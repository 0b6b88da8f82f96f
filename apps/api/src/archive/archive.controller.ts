import { Body, Controller, Get, Param, Put, Query } from '@nestjs/common';
import { ApiOperation, ApiTags } from '@nestjs/swagger';
import type { z } from 'zod';
import { Archive, ArchiveBody, ArchiveCampaign, ArchiveCampaignBody, Id, PageQuery, page } from '#contracts';
import { ArchiveService } from '#domain/archive';
import { Needs } from '../http/access.decorators.js';
import { Answers } from '../http/answers.js';
import { Ctx } from '../http/request-context.js';
import type { RequestContext } from '../http/request-context.js';

/** The public page with earlier campaigns. */
@ApiTags('archive')
@Controller('archive')
export class ArchiveController {
  constructor(private readonly archive: ArchiveService) {}

  @Get()
  @Needs('campaigns.read')
  @Answers(Archive)
  get(@Ctx() ctx: RequestContext) {
    return this.archive.get(ctx);
  }

  @Put()
  @Needs('campaigns.write')
  @Answers(Archive)
  set(@Ctx() ctx: RequestContext, @Body({ schema: ArchiveBody }) body: z.infer<typeof ArchiveBody>) {
    return this.archive.set(ctx, body);
  }

  @Get('campaigns')
  @Needs('campaigns.read')
  @ApiOperation({ summary: 'Campaigns that were sent, newest first, and whether the page shows them' })
  @Answers(page(ArchiveCampaign))
  campaigns(@Ctx() ctx: RequestContext, @Query({ schema: PageQuery }) query: PageQuery) {
    return this.archive.campaigns(ctx, query);
  }

  @Put('campaigns/:id')
  @Needs('campaigns.write')
  @ApiOperation({ summary: 'Shows a campaign on the page, or takes it off' })
  @Answers(ArchiveCampaign)
  show(
    @Ctx() ctx: RequestContext,
    @Param('id', { schema: Id }) id: string,
    @Body({ schema: ArchiveCampaignBody }) { shown }: z.infer<typeof ArchiveCampaignBody>,
  ) {
    return this.archive.show(ctx, id, shown);
  }
}
