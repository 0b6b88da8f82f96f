import { Controller, Get, Param, Query, Res, StreamableFile } from '@nestjs/common';
import { ApiOperation, ApiTags } from '@nestjs/swagger';
import type { Response } from 'express';
import type { z } from 'zod';
import { Id, InboundDetail, InboundMessage, InboundQuery, page } from '#contracts';
import { InboundService } from '#domain/feedback';
import { Needs } from '../http/access.decorators.js';
import { Answers, AnswersContent } from '../http/answers.js';
import { Ctx } from '../http/request-context.js';
import type { RequestContext } from '../http/request-context.js';

/** What came back: the log of bounces, complaints and replies, and the review queue. */
@ApiTags('inbound')
@Controller('inbound')
export class InboundController {
  constructor(private readonly inbound: InboundService) {}

  @Get()
  @Needs('inbound.read')
  @Answers(page(InboundMessage))
  list(@Ctx() ctx: RequestContext, @Query({ schema: InboundQuery }) query: z.infer<typeof InboundQuery>) {
    return this.inbound.list(ctx, query);
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
}
