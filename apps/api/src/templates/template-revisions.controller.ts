import { Body, Controller, Get, Inject, Param, Post, Query } from '@nestjs/common';
import { ApiTags } from '@nestjs/swagger';
import type { z } from 'zod';
import { Template, Id, RestoreBody, Revision, RevisionContent, RevisionQuery, page } from '#contracts';
import { TemplatesService, getRevision, listRevisions } from '#domain/templates';
import { Database } from '#platform/database';
import { Needs } from '../http/access.decorators.js';
import { Answers } from '../http/answers.js';
import { Ctx } from '../http/request-context.js';
import type { RequestContext } from '../http/request-context.js';

/** What the content of a template was, and back to it. */
@ApiTags('templates')
@Controller('templates/:id/revisions')
export class TemplateRevisionsController {
  constructor(
    private readonly owners: TemplatesService,
    @Inject(Database) private readonly db: Database,
  ) {}

  @Get()
  @Needs('content.read')
  @Answers(page(Revision))
  async list(
    @Ctx() ctx: RequestContext,
    @Param('id', { schema: Id }) id: string,
    @Query({ schema: RevisionQuery }) query: z.infer<typeof RevisionQuery>,
  ) {
    await this.owners.get(ctx, id);
    return listRevisions(this.db, { templateId: id }, query);
  }

  @Get(':revisionId')
  @Needs('content.read')
  @Answers(RevisionContent)
  async get(
    @Ctx() ctx: RequestContext,
    @Param('id', { schema: Id }) id: string,
    @Param('revisionId', { schema: Id }) revisionId: string,
  ) {
    await this.owners.get(ctx, id);
    return getRevision(this.db, { templateId: id }, revisionId);
  }

  @Post(':revisionId/restore')
  @Needs('content.write')
  @Answers(Template)
  async restore(
    @Ctx() ctx: RequestContext,
    @Param('id', { schema: Id }) id: string,
    @Param('revisionId', { schema: Id }) revisionId: string,
    @Body({ schema: RestoreBody }) { version }: z.infer<typeof RestoreBody>,
  ) {
    return this.owners.restore(ctx, id, version, revisionId);
  }
}
