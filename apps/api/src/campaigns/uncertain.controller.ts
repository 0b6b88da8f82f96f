import { Body, Controller, Get, Param, Post, Query } from '@nestjs/common';
import { ApiOperation, ApiTags } from '@nestjs/swagger';
import type { z } from 'zod';
import { Id, SettleUncertainBody, SettleUncertainResult, UncertainQuery, UncertainRecipient, page } from '#contracts';
import { UncertainStory } from '#contracts';
import { DeliveryService } from '#domain/delivery';
import { Needs } from '../http/access.decorators.js';
import { Answers } from '../http/answers.js';
import { Ctx } from '../http/request-context.js';
import type { RequestContext } from '../http/request-context.js';

/** Recipients whose fate nobody knows: who, what happened, and what a person decides. */
@ApiTags('campaigns')
@Controller('campaigns/:id/uncertain')
export class UncertainController {
  constructor(private readonly delivery: DeliveryService) {}

  @Get()
  @Needs('campaigns.read')
  @Answers(page(UncertainRecipient))
  list(
    @Ctx() ctx: RequestContext,
    @Param('id', { schema: Id }) id: string,
    @Query({ schema: UncertainQuery }) query: z.infer<typeof UncertainQuery>,
  ) {
    return this.delivery.uncertain(ctx, id, query);
  }

  @Get('story')
  @Needs('campaigns.read')
  @ApiOperation({ summary: 'What happened to them, in groups by cause and account' })
  @Answers(UncertainStory)
  story(@Ctx() ctx: RequestContext, @Param('id', { schema: Id }) id: string) {
    return this.delivery.uncertainStory(ctx, id);
  }

  @Post()
  @Needs('campaigns.write')
  @ApiOperation({
    summary:
      'Decides about recipients whose reply after the final dot was lost: those named, those a filter leaves, or all',
  })
  @Answers(SettleUncertainResult)
  settle(
    @Ctx() ctx: RequestContext,
    @Param('id', { schema: Id }) id: string,
    @Body({ schema: SettleUncertainBody }) body: z.infer<typeof SettleUncertainBody>,
  ) {
    return this.delivery.settleUncertain(ctx, id, body);
  }
}
