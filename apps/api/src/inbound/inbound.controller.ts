import { Body, Controller, Delete, Get, Param, Post, Query, Res, StreamableFile } from '@nestjs/common';
import { ApiOperation, ApiQuery, ApiTags } from '@nestjs/swagger';
import type { Response } from 'express';
import type { z } from 'zod';
import {
  AttachmentQuery,
  Id,
  InboundContent,
  InboundCounts,
  InboundDetail,
  InboundMessage,
  InboundQuery,
  InboundReview,
  VerdictBody,
  page,
} from '#contracts';
import { InboundService, POLICY_WITH_IMAGES } from '#domain/feedback';
import { RepliesService } from '#domain/replies';
import { ReviewService } from '#domain/review';
import { Needs } from '../http/access.decorators.js';
import { Answers, AnswersContent } from '../http/answers.js';
import { Ctx } from '../http/request-context.js';
import type { RequestContext } from '../http/request-context.js';

/** What came back: the log of bounces, complaints and replies, and the review queue. */
@ApiTags('inbound')
@Controller('inbound')
export class InboundController {
  constructor(
    private readonly inbound: InboundService,
    private readonly review: ReviewService,
    private readonly replies: RepliesService,
  ) {}

  @Get()
  @Needs('inbound.read')
  @Answers(page(InboundMessage))
  list(@Ctx() ctx: RequestContext, @Query({ schema: InboundQuery }) query: z.infer<typeof InboundQuery>) {
    return this.inbound.list(ctx, query);
  }

  @Get('counts')
  @Needs('inbound.read')
  @ApiOperation({ summary: 'What waits for people' })
  @Answers(InboundCounts)
  async counts(@Ctx() ctx: RequestContext) {
    return { review: await this.review.countWaiting(ctx), replies: await this.replies.countUnread(ctx) };
  }

  @Get(':id')
  @Needs('inbound.read')
  @Answers(InboundDetail)
  get(@Ctx() ctx: RequestContext, @Param('id', { schema: Id }) id: string) {
    return this.inbound.get(ctx, id);
  }

  @Get(':id/raw')
  @Needs('inbound.read')
  @ApiOperation({ summary: 'The mail as it came; hostile until proven otherwise, so it is only ever a download' })
  @AnswersContent('message/rfc822')
  async raw(
    @Ctx() ctx: RequestContext,
    @Param('id', { schema: Id }) id: string,
    @Res({ passthrough: true }) response: Response,
  ): Promise<StreamableFile> {
    const raw = await this.inbound.raw(ctx, id);
    response.attachment(`inbound-${id}.eml`);
    return new StreamableFile(raw, { type: 'message/rfc822' });
  }

  @Get(':id/content')
  @Needs('inbound.read')
  @ApiOperation({ summary: 'The mail to be read: text, sanitised HTML, names of its attachments' })
  @Answers(InboundContent)
  content(@Ctx() ctx: RequestContext, @Param('id', { schema: Id }) id: string) {
    return this.inbound.content(ctx, id);
  }

  @Get(':id/page')
  @Needs('inbound.read')
  @ApiOperation({ summary: 'The sanitised HTML with the images of the web, for a frame: whose they are learns of it' })
  @ApiQuery({
    name: 'workspace',
    required: false,
    schema: { type: 'string' },
    description: 'in place of X-Workspace, which a frame can’t send',
  })
  @AnswersContent('text/html')
  async page(@Ctx() ctx: RequestContext, @Param('id', { schema: Id }) id: string, @Res() response: Response) {
    const html = await this.inbound.page(ctx, id);
    response.setHeader('Content-Security-Policy', POLICY_WITH_IMAGES);
    response.setHeader('Cache-Control', 'private, no-store');
    response.type('html').send(html);
  }

  @Get(':id/attachment')
  @Needs('inbound.read')
  @ApiOperation({ summary: 'One attachment, only ever a download' })
  @AnswersContent('application/octet-stream')
  async attachment(
    @Ctx() ctx: RequestContext,
    @Param('id', { schema: Id }) id: string,
    @Query({ schema: AttachmentQuery }) { part }: z.infer<typeof AttachmentQuery>,
    @Res({ passthrough: true }) response: Response,
  ): Promise<StreamableFile> {
    const { name, bytes } = await this.inbound.attachment(ctx, id, part);
    response.attachment(name.replace(/[\/\\\u0000-\u001f\u007f\u202a-\u202e\u2066-\u2069]/g, '_').slice(0, 200));
    return new StreamableFile(bytes, { type: 'application/octet-stream' });
  }

  @Get(':id/review')
  @Needs('inbound.read')
  @ApiOperation({ summary: 'Why a person has to look, a guess with its reasons, and whom the mail may be about' })
  @Answers(InboundReview)
  reviewOf(@Ctx() ctx: RequestContext, @Param('id', { schema: Id }) id: string) {
    return this.review.get(ctx, id);
  }

  @Post(':id/verdict')
  @Needs('inbound.write')
  @ApiOperation({
    summary: 'Decides about a mail of the review queue',
    description:
      'Acts as the same report with a valid token would have, and only on recipients of this workspace. Without a recipient nobody is touched. It acts at once, or after undoSeconds.',
  })
  @Answers(InboundReview)
  decide(
    @Ctx() ctx: RequestContext,
    @Param('id', { schema: Id }) id: string,
    @Body({ schema: VerdictBody }) body: VerdictBody,
  ) {
    return this.review.decide(ctx, id, body);
  }

  @Delete(':id/verdict')
  @Needs('inbound.write')
  @ApiOperation({ summary: 'Takes a verdict back that has not acted yet' })
  @Answers(InboundReview)
  undo(@Ctx() ctx: RequestContext, @Param('id', { schema: Id }) id: string) {
    return this.review.undo(ctx, id);
  }
}
