import { Body, Controller, Get, Inject, Param, Patch, Post, Query } from '@nestjs/common';
import { ApiOperation, ApiTags } from '@nestjs/swagger';
import type { z } from 'zod';
import {
  AbTestAnswer,
  Id,
  RestoreBody,
  Revision,
  RevisionContent,
  RevisionQuery,
  VariantBesideA,
  VariantContentBody,
  page,
} from '#contracts';
import { AbTestsService } from '#domain/campaigns';
import { getRevision, listRevisions } from '#domain/templates';
import { Database } from '#platform/database';
import { Needs } from '../http/access.decorators.js';
import { Answers } from '../http/answers.js';
import { Ctx } from '../http/request-context.js';
import type { RequestContext } from '../http/request-context.js';

/** What a variant of an A/B test says where that is its own, and what it said before. */
@ApiTags('ab-tests')
@Controller('campaigns/:id/ab-test/variants/:variant')
export class VariantContentsController {
  constructor(
    private readonly tests: AbTestsService,
    @Inject(Database) private readonly db: Database,
  ) {}

  @Patch()
  @Needs('campaigns.write')
  @ApiOperation({ summary: 'Writes the content of one variant; the rest of the test stays' })
  @Answers(AbTestAnswer)
  save(
    @Ctx() ctx: RequestContext,
    @Param('id', { schema: Id }) id: string,
    @Param('variant', { schema: VariantBesideA }) variant: string,
    @Body({ schema: VariantContentBody }) body: z.infer<typeof VariantContentBody>,
  ) {
    return this.tests.saveContent(ctx, id, Number(variant), body);
  }

  @Get('revisions')
  @Needs('campaigns.read')
  @Answers(page(Revision))
  async list(
    @Ctx() ctx: RequestContext,
    @Param('id', { schema: Id }) id: string,
    @Param('variant', { schema: VariantBesideA }) variant: string,
    @Query({ schema: RevisionQuery }) query: z.infer<typeof RevisionQuery>,
  ) {
    await this.tests.get(ctx, id);
    return listRevisions(this.db, { campaignId: id, variant: Number(variant) }, query);
  }

  @Get('revisions/:revisionId')
  @Needs('campaigns.read')
  @Answers(RevisionContent)
  async revision(
    @Ctx() ctx: RequestContext,
    @Param('id', { schema: Id }) id: string,
    @Param('variant', { schema: VariantBesideA }) variant: string,
    @Param('revisionId', { schema: Id }) revisionId: string,
  ) {
    await this.tests.get(ctx, id);
    return getRevision(this.db, { campaignId: id, variant: Number(variant) }, revisionId);
  }

  @Post('revisions/:revisionId/restore')
  @Needs('campaigns.write')
  @Answers(AbTestAnswer)
  restore(
    @Ctx() ctx: RequestContext,
    @Param('id', { schema: Id }) id: string,
    @Param('variant', { schema: VariantBesideA }) variant: string,
    @Param('revisionId', { schema: Id }) revisionId: string,
    @Body({ schema: RestoreBody }) { version }: z.infer<typeof RestoreBody>,
  ) {
    return this.tests.restore(ctx, id, Number(variant), version, revisionId);
  }
}
