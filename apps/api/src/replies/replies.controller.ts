import { Body, Controller, Get, Param, Patch, Post, Query } from '@nestjs/common';
import { ApiOperation, ApiTags } from '@nestjs/swagger';
import type { z } from 'zod';
import {
  AnswerBody,
  Id,
  ReplyQuery,
  ReplyThread,
  ReplyThreadSummary,
  RetryAnswerBody,
  UpdateReplyBody,
  page,
} from '#contracts';
import { AnswersService, RepliesService } from '#domain/replies';
import { Needs } from '../http/access.decorators.js';
import { Answers } from '../http/answers.js';
import { Ctx } from '../http/request-context.js';
import type { RequestContext } from '../http/request-context.js';

/** The reply inbox: threads by contact and campaign. */
@ApiTags('replies')
@Controller('replies')
export class RepliesController {
  constructor(
    private readonly replies: RepliesService,
    private readonly answers: AnswersService,
  ) {}

  @Get()
  @Needs('inbound.read')
  @ApiOperation({ summary: 'Threads, the latest mail first' })
  @Answers(page(ReplyThreadSummary))
  list(@Ctx() ctx: RequestContext, @Query({ schema: ReplyQuery }) query: ReplyQuery) {
    return this.replies.list(ctx, query);
  }

  @Get(':id')
  @Needs('inbound.read')
  @Answers(ReplyThread)
  get(@Ctx() ctx: RequestContext, @Param('id', { schema: Id }) id: string) {
    return this.replies.get(ctx, id);
  }

  @Patch(':id')
  @Needs('inbound.write')
  @ApiOperation({ summary: 'State, assignee and note' })
  @Answers(ReplyThread)
  update(
    @Ctx() ctx: RequestContext,
    @Param('id', { schema: Id }) id: string,
    @Body({ schema: UpdateReplyBody }) body: UpdateReplyBody,
  ) {
    return this.replies.update(ctx, id, body);
  }

  @Post(':id/read')
  @Needs('inbound.write')
  @ApiOperation({ summary: 'Marks everything of a thread as read, here and in the mailbox it came from' })
  @Answers(ReplyThread)
  read(@Ctx() ctx: RequestContext, @Param('id', { schema: Id }) id: string) {
    return this.replies.markRead(ctx, id);
  }

  @Post(':id/answers')
  @Needs('inbound.write')
  @ApiOperation({
    summary: 'Answers the last mail of a thread',
    description:
      'Stored before it leaves; it takes the SMTP account of our own message and the lane of triggered mail. Addresses suppressed for bounces, complaints or by hand get nothing.',
  })
  @Answers(ReplyThread, 202)
  async answer(
    @Ctx() ctx: RequestContext,
    @Param('id', { schema: Id }) id: string,
    @Body({ schema: AnswerBody }) body: z.output<typeof AnswerBody>,
  ) {
    await this.answers.answer(ctx, id, body);
    return this.replies.get(ctx, id);
  }

  @Post(':id/retry')
  @Needs('inbound.write')
  @ApiOperation({ summary: 'Sends an answer again that failed' })
  @Answers(ReplyThread, 202)
  async retry(
    @Ctx() ctx: RequestContext,
    @Param('id', { schema: Id }) id: string,
    @Body({ schema: RetryAnswerBody }) { answerId }: z.output<typeof RetryAnswerBody>,
  ) {
    await this.answers.retry(ctx, id, answerId);
    return this.replies.get(ctx, id);
  }
}
