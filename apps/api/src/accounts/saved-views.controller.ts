import { Body, Controller, Delete, Get, Param, Patch, Post } from '@nestjs/common';
import { ApiOperation, ApiTags } from '@nestjs/swagger';
import type { z } from 'zod';
import { Id, SavedView, SavedViewBody, SavedViews, UpdateSavedViewBody } from '#contracts';
import { SavedViewsService } from '#domain/workspaces';
import { Needs } from '../http/access.decorators.js';
import { Answers, AnswersNothing } from '../http/answers.js';
import { Ctx } from '../http/request-context.js';
import type { RequestContext } from '../http/request-context.js';

@ApiTags('saved views')
@Controller('saved-views')
export class SavedViewsController {
  constructor(private readonly views: SavedViewsService) {}

  @Needs('account')
  @Get()
  @ApiOperation({ summary: 'Your own views of the lists of a workspace' })
  @Answers(SavedViews)
  list(@Ctx() ctx: RequestContext): Promise<z.output<typeof SavedViews>> {
    return this.views.list(ctx);
  }

  @Needs('account')
  @Post()
  @ApiOperation({ summary: 'Keep the filters of a list under a name' })
  @Answers(SavedView, 201)
  create(
    @Ctx() ctx: RequestContext,
    @Body({ schema: SavedViewBody }) body: z.output<typeof SavedViewBody>,
  ): Promise<z.output<typeof SavedView>> {
    return this.views.create(ctx, body);
  }

  @Needs('account')
  @Patch(':id')
  @Answers(SavedView)
  update(
    @Ctx() ctx: RequestContext,
    @Param('id', { schema: Id }) id: string,
    @Body({ schema: UpdateSavedViewBody }) body: z.output<typeof UpdateSavedViewBody>,
  ): Promise<z.output<typeof SavedView>> {
    return this.views.update(ctx, id, body);
  }

  @Needs('account')
  @Delete(':id')
  @AnswersNothing()
  remove(@Ctx() ctx: RequestContext, @Param('id', { schema: Id }) id: string): Promise<void> {
    return this.views.remove(ctx, id);
  }
}
