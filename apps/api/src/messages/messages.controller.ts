import { Body, Controller, Get, Headers, Param, Post, Query, Res } from '@nestjs/common';
import { ApiHeader, ApiOperation, ApiTags } from '@nestjs/swagger';
import type { Response } from 'express';
import type { z } from 'zod';
import { Id, Message, MessageBody, MessageQuery, MessageSummary, SettleMessageBody, page } from '#contracts';
import { MessagesService } from '#domain/messages';
import { OwnIdempotency } from '../auth/idempotency.interceptor.js';
import { Needs } from '../http/access.decorators.js';
import { Answers } from '../http/answers.js';
import { Ctx } from '../http/request-context.js';
import type { RequestContext } from '../http/request-context.js';

/** Triggered mail: one message to one person, asked for by a program. */
@ApiTags('messages')
@Controller('messages')
export class MessagesController {
  constructor(private readonly messages: MessagesService) {}

  @Post()
  @Needs('messages.write')
  @ApiOperation({
    summary: 'Sends one message; answers once it is stored',
    description:
      'Addresses suppressed for bounces, complaints or by hand get nothing: the message is kept as skipped. An unsubscription from marketing mail does not hold here. What is not accepted within 24 hours has expired.',
  })
  @ApiHeader({ name: 'Idempotency-Key', required: false, description: 'the first answer is replayed for 24 hours' })
  @Answers(MessageSummary, 202)
  @OwnIdempotency()
  async create(
    @Ctx() ctx: RequestContext,
    @Body({ schema: MessageBody }) body: z.infer<typeof MessageBody>,
    @Headers('idempotency-key') key: string | undefined,
    @Res({ passthrough: true }) response: Response,
  ) {
    const { summary, replayed } = await this.messages.create(ctx, body, key);
    if (replayed) response.setHeader('Idempotency-Replayed', 'true');
    return summary;
  }

  @Get()
  @Needs('messages.read')
  @ApiOperation({ summary: 'The log, newest first' })
  @Answers(page(MessageSummary))
  list(@Ctx() ctx: RequestContext, @Query({ schema: MessageQuery }) query: z.infer<typeof MessageQuery>) {
    return this.messages.list(ctx, query);
  }

  @Get(':id')
  @Needs('messages.read')
  @ApiOperation({ summary: 'One message with its attempts' })
  @Answers(Message)
  get(@Ctx() ctx: RequestContext, @Param('id', { schema: Id }) id: string) {
    return this.messages.get(ctx, id);
  }

  @Post(':id/settle')
  @Needs('messages.write')
  @ApiOperation({ summary: 'Decides about a message whose reply was lost' })
  @Answers(MessageSummary)
  settle(
    @Ctx() ctx: RequestContext,
    @Param('id', { schema: Id }) id: string,
    @Body({ schema: SettleMessageBody }) { action }: z.infer<typeof SettleMessageBody>,
  ) {
    return this.messages.settle(ctx, id, action);
  }
}
