import { Body, Controller, Delete, Get, HttpCode, Param, Post, Query } from '@nestjs/common';
import { ApiTags } from '@nestjs/swagger';
import type { z } from 'zod';
import { Id, Suppression, SuppressionBody, SuppressionQuery, page } from '#contracts';
import { SuppressionsService } from '#domain/suppressions';
import { Needs } from '../http/access.decorators.js';
import { Answers } from '../http/answers.js';
import { Ctx } from '../http/request-context.js';
import type { RequestContext } from '../http/request-context.js';

@ApiTags('suppressions')
@Controller('suppressions')
export class SuppressionsController {
  constructor(private readonly suppressions: SuppressionsService) {}

  @Get()
  @Needs('contacts.read')
  @Answers(page(Suppression))
  list(@Ctx() ctx: RequestContext, @Query({ schema: SuppressionQuery }) query: z.infer<typeof SuppressionQuery>) {
    return this.suppressions.list(ctx, query);
  }

  @Post()
  @Needs('contacts.write')
  @Answers(Suppression, 201)
  add(@Ctx() ctx: RequestContext, @Body({ schema: SuppressionBody }) body: z.infer<typeof SuppressionBody>) {
    return this.suppressions.add(ctx, body);
  }

  @Delete(':id')
  @HttpCode(204)
  @Needs('contacts.write')
  remove(@Ctx() ctx: RequestContext, @Param('id', { schema: Id }) id: string) {
    return this.suppressions.remove(ctx, id);
  }
}
