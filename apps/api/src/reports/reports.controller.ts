import { Readable } from 'node:stream';
import { Controller, Get, Param, Query, Res, StreamableFile } from '@nestjs/common';
import { ApiOperation, ApiTags } from '@nestjs/swagger';
import type { Response } from 'express';
import type { z } from 'zod';
import {
  CampaignReport,
  DomainReport,
  HourReport,
  Id,
  LeavingReport,
  WaitingGroups,
  Recipient,
  RecipientQuery,
  TimelineQuery,
  TimelineReport,
  page,
} from '#contracts';
import { ReportsService } from '#domain/reporting';
import { Needs } from '../http/access.decorators.js';
import { Answers, AnswersContent } from '../http/answers.js';
import { Ctx } from '../http/request-context.js';
import type { RequestContext } from '../http/request-context.js';

const XLSX = 'application/vnd.openxmlformats-officedocument.spreadsheetml.sheet';

/** What became of a campaign. */
@ApiTags('reports')
@Controller('campaigns/:id')
export class ReportsController {
  constructor(private readonly reports: ReportsService) {}

  @Get('report')
  @Needs('campaigns.read')
  @Answers(CampaignReport)
  report(@Ctx() ctx: RequestContext, @Param('id', { schema: Id }) id: string) {
    return this.reports.report(ctx, id);
  }

  @Get('report/domains')
  @Needs('campaigns.read')
  @Answers(DomainReport)
  domains(@Ctx() ctx: RequestContext, @Param('id', { schema: Id }) id: string) {
    return this.reports.domains(ctx, id);
  }

  @Get('report/hours')
  @Needs('campaigns.read')
  @Answers(HourReport)
  hours(@Ctx() ctx: RequestContext, @Param('id', { schema: Id }) id: string) {
    return this.reports.hours(ctx, id);
  }

  @Get('report/timeline')
  @Needs('campaigns.read')
  @ApiOperation({ summary: 'The first 48 hours or 30 days of a campaign, in shorter buckets than its report has' })
  @Answers(TimelineReport)
  timeline(
    @Ctx() ctx: RequestContext,
    @Param('id', { schema: Id }) id: string,
    @Query({ schema: TimelineQuery }) query: z.infer<typeof TimelineQuery>,
  ) {
    return this.reports.timeline(ctx, id, query);
  }

  @Get('report/leaving')
  @Needs('campaigns.read')
  @Answers(LeavingReport)
  leaving(@Ctx() ctx: RequestContext, @Param('id', { schema: Id }) id: string) {
    return this.reports.leaving(ctx, id);
  }

  @Get('report/waiting')
  @Needs('campaigns.read')
  @Answers(WaitingGroups)
  waiting(@Ctx() ctx: RequestContext, @Param('id', { schema: Id }) id: string) {
    return this.reports.waiting(ctx, id);
  }

  @Get('recipients')
  @Needs('campaigns.read')
  @Answers(page(Recipient))
  recipients(
    @Ctx() ctx: RequestContext,
    @Param('id', { schema: Id }) id: string,
    @Query({ schema: RecipientQuery }) query: z.infer<typeof RecipientQuery>,
  ) {
    return this.reports.recipients(ctx, id, query);
  }

  @Get('recipients.csv')
  @Needs('campaigns.read')
  @ApiOperation({ summary: 'All recipients the filters leave, as CSV in UTF-8; limit and cursor mean nothing here' })
  @AnswersContent('text/csv')
  async csv(
    @Ctx() ctx: RequestContext,
    @Param('id', { schema: Id }) id: string,
    @Query({ schema: RecipientQuery }) query: z.infer<typeof RecipientQuery>,
    @Res({ passthrough: true }) response: Response,
  ): Promise<StreamableFile> {
    const lines = await this.reports.recipientsCsv(ctx, id, query);
    response.attachment(`campaign-${id}-recipients.csv`);
    return new StreamableFile(Readable.from(lines, { objectMode: false }), { type: 'text/csv; charset=utf-8' });
  }

  @Get('report.xlsx')
  @Needs('campaigns.read')
  @ApiOperation({
    summary: 'The report with all recipients as a workbook; its cells hold texts and numbers, no formulas',
  })
  @AnswersContent(XLSX)
  async workbook(
    @Ctx() ctx: RequestContext,
    @Param('id', { schema: Id }) id: string,
    @Res({ passthrough: true }) response: Response,
  ): Promise<StreamableFile> {
    const workbook = await this.reports.workbook(ctx, id);
    response.attachment(`campaign-${id}-report.xlsx`);
    return new StreamableFile(workbook, { type: XLSX });
  }
}
