import { Body, Controller, Get, Inject, Param, Post, Query } from '@nestjs/common';
import { ApiTags } from '@nestjs/swagger';
import type { z } from 'zod';
import { Campaign, Id, RestoreBody, Revision, RevisionContent, RevisionQuery, page } from '#contracts';
import { CampaignsService, viewCampaign } from '#domain/campaigns';
import { getRevision, listRevisions } from '#domain/templates';
import { Database } from '#platform/database';
import { Needs } from '../http/access.decorators.js';
import { Answers } from '../http/answers.js';
import { Ctx } from '../http/request-context.js';
import type { RequestContext } from '../http/request-context.js';

/** What the content of a campaign was, and back to it. */
@ApiTags('campaigns')
@Controller('campaigns/:id/revisions')
export class CampaignRevisionsController {
  constructor(
    private readonly owners: CampaignsService,
    @Inject(Database) private readonly db: Database,
  ) {}

  @Get()
  @Needs('campaigns.read')
  @Answers(page(Revision))
  async list(
    @Ctx() ctx: RequestContext,
    @Param('id', { schema: Id }) id: string,
    @Query({ schema: RevisionQuery }) query: z.infer<typeof RevisionQuery>,
  ) {
    await this.owners.get(ctx, id);
    return listRevisions(this.db, { campaignId: id }, query);
  }

  @Get(':revisionId')
  @Needs('campaigns.read')
  @Answers(RevisionContent)
  async get(
    @Ctx() ctx: RequestContext,
    @Param('id', { schema: Id }) id: string,
    @Param('revisionId', { schema: Id }) revisionId: string,
  ) {
    await this.owners.get(ctx, id);
    return getRevision(this.db, { campaignId: id }, revisionId);
  }

  @Post(':revisionId/restore')
  @Needs('campaigns.write')
  @Answers(Campaign)
  async restore(
    @Ctx() ctx: RequestContext,
    @Param('id', { schema: Id }) id: string,
    @Param('revisionId', { schema: Id }) revisionId: string,
    @Body({ schema: RestoreBody }) { version }: z.infer<typeof RestoreBody>,
  ) {
    return viewCampaign(this.db, await this.owners.restore(ctx, id, version, revisionId));
  }
}
