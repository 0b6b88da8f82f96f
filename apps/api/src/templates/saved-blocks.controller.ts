import { Body, Controller, Delete, Get, Param, Patch, Post, Query } from '@nestjs/common';
import { ApiTags } from '@nestjs/swagger';
import { z } from 'zod';
import { Id, SavedBlock, SavedBlockBody, SavedBlockQuery, SavedBlockUse, UpdateSavedBlockBody, page } from '#contracts';
import { SavedBlocksService } from '#domain/templates';
import { Needs } from '../http/access.decorators.js';
import { Answers, AnswersNothing } from '../http/answers.js';
import { Ctx } from '../http/request-context.js';
import type { RequestContext } from '../http/request-context.js';

@ApiTags('saved blocks')
@Controller('saved-blocks')
export class SavedBlocksController {
  constructor(private readonly blocks: SavedBlocksService) {}

  @Get()
  @Needs('content.read')
  @Answers(page(SavedBlock))
  list(@Ctx() ctx: RequestContext, @Query({ schema: SavedBlockQuery }) query: z.infer<typeof SavedBlockQuery>) {
    return this.blocks.list(ctx, query);
  }

  @Post()
  @Needs('content.write')
  @Answers(SavedBlock, 201)
  create(@Ctx() ctx: RequestContext, @Body({ schema: SavedBlockBody }) body: z.infer<typeof SavedBlockBody>) {
    return this.blocks.create(ctx, body);
  }

  @Get(':id')
  @Needs('content.read')
  @Answers(SavedBlock)
  get(@Ctx() ctx: RequestContext, @Param('id', { schema: Id }) id: string) {
    return this.blocks.get(ctx, id);
  }

  @Patch(':id')
  @Needs('content.write')
  @Answers(SavedBlock)
  update(
    @Ctx() ctx: RequestContext,
    @Param('id', { schema: Id }) id: string,
    @Body({ schema: UpdateSavedBlockBody }) body: z.infer<typeof UpdateSavedBlockBody>,
  ) {
    return this.blocks.update(ctx, id, body);
  }

  @Delete(':id')
  @Needs('content.write')
  @AnswersNothing()
  remove(@Ctx() ctx: RequestContext, @Param('id', { schema: Id }) id: string) {
    return this.blocks.remove(ctx, id);
  }

  @Get(':id/uses')
  @Needs('content.read')
  @Answers(z.object({ items: z.array(SavedBlockUse) }))
  async uses(@Ctx() ctx: RequestContext, @Param('id', { schema: Id }) id: string) {
    return { items: await this.blocks.uses(ctx, id) };
  }
}
