import { Controller, Get, Query } from '@nestjs/common';
import { ApiOperation, ApiTags } from '@nestjs/swagger';
import type { z } from 'zod';
import { SearchQuery, SearchResult } from '#contracts';
import { ReportsService } from '#domain/reporting';
import { Needs } from '../http/access.decorators.js';
import { Answers } from '../http/answers.js';
import { Ctx } from '../http/request-context.js';
import type { RequestContext } from '../http/request-context.js';

/** One box for everything of a workspace. */
@ApiTags('search')
@Controller('search')
export class SearchController {
  constructor(private readonly reports: ReportsService) {}

  @Get()
  @Needs('workspace.read')
  @ApiOperation({
    summary: 'Campaigns, contacts, lists, segments and templates by name; only what the caller may read',
  })
  @Answers(SearchResult)
  search(@Ctx() ctx: RequestContext, @Query({ schema: SearchQuery }) { q }: z.infer<typeof SearchQuery>) {
    return this.reports.search(ctx, q);
  }
}
