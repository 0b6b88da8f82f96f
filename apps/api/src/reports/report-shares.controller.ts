import { Body, Controller, Delete, Get, Header, Param, Post } from '@nestjs/common';
import { ApiOperation, ApiTags } from '@nestjs/swagger';
import { z } from 'zod';
import { CreateShareBody, Id, NewReportShare, ReportShares, SharedReport } from '#contracts';
import { ReportsService } from '#domain/reporting';
import { Needs, Public } from '../http/access.decorators.js';
import { Answers, AnswersNothing } from '../http/answers.js';
import { Ctx } from '../http/request-context.js';
import type { RequestContext } from '../http/request-context.js';

/** What `randomToken` makes. */
const Token = z.string().regex(/^[\w-]{43}$/, 'must be the token of a shared report');

/** Links under which anybody may read one report. */
@ApiTags('reports')
@Controller()
export class ReportSharesController {
  constructor(private readonly reports: ReportsService) {}

  @Get('campaigns/:id/shares')
  @Needs('campaigns.read')
  @Answers(ReportShares)
  list(@Ctx() ctx: RequestContext, @Param('id', { schema: Id }) id: string) {
    return this.reports.shares(ctx, id);
  }

  @Post('campaigns/:id/shares')
  @Needs('campaigns.write')
  @ApiOperation({ summary: 'Make a link to the report that expires; its token is told once' })
  @Answers(NewReportShare)
  create(
    @Ctx() ctx: RequestContext,
    @Param('id', { schema: Id }) id: string,
    @Body({ schema: CreateShareBody }) body: z.infer<typeof CreateShareBody>,
  ) {
    return this.reports.share(ctx, id, body.days);
  }

  @Delete('shares/:id')
  @Needs('campaigns.write')
  @AnswersNothing()
  withdraw(@Ctx() ctx: RequestContext, @Param('id', { schema: Id }) id: string): Promise<void> {
    return this.reports.withdrawShare(ctx, id);
  }

  @Public()
  @Get('shared-reports/:token')
  @Header('X-Robots-Tag', 'noindex, nofollow')
  @Header('Cache-Control', 'no-store')
  @ApiOperation({ summary: 'The report behind a link: no addresses in it' })
  @Answers(SharedReport)
  shared(@Param('token', { schema: Token }) token: string) {
    return this.reports.shared(token);
  }
}
