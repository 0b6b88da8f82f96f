import { Body, Controller, Delete, Get, HttpCode, Param, Patch, Post, Query } from '@nestjs/common';
import { ApiTags } from '@nestjs/swagger';
import type { z } from 'zod';
import {
  Id,
  List,
  ListBody,
  ListGrowth,
  ListsGrowth,
  ListsGrowthQuery,
  PageQuery,
  UpdateListBody,
  page,
} from '#contracts';
import { ListsService } from '#domain/contacts';
import { Needs } from '../http/access.decorators.js';
import { Answers } from '../http/answers.js';
import { Ctx } from '../http/request-context.js';
import type { RequestContext } from '../http/request-context.js';

@ApiTags('lists')
@Controller('lists')
export class ListsController {
  constructor(private readonly lists: ListsService) {}

  @Get()
  @Needs('contacts.read')
  @Answers(page(List))
  list(@Ctx() ctx: RequestContext, @Query({ schema: PageQuery }) query: PageQuery) {
    return this.lists.list(ctx, query);
  }

  @Post()
  @Needs('contacts.write')
  @Answers(List, 201)
  create(@Ctx() ctx: RequestContext, @Body({ schema: ListBody }) body: z.infer<typeof ListBody>) {
    return this.lists.create(ctx, body);
  }

  // Before ':id', which would take its name for an id.
  @Get('growth')
  @Needs('contacts.read')
  @Answers(ListsGrowth)
  growthOfPage(
    @Ctx() ctx: RequestContext,
    @Query({ schema: ListsGrowthQuery }) query: z.infer<typeof ListsGrowthQuery>,
  ) {
    return this.lists.growthOfPage(ctx, query);
  }

  @Get(':id')
  @Needs('contacts.read')
  @Answers(List)
  get(@Ctx() ctx: RequestContext, @Param('id', { schema: Id }) id: string) {
    return this.lists.get(ctx, id);
  }

  @Get(':id/growth')
  @Needs('contacts.read')
  @Answers(ListGrowth)
  growth(@Ctx() ctx: RequestContext, @Param('id', { schema: Id }) id: string) {
    return this.lists.growth(ctx, id);
  }

  @Patch(':id')
  @Needs('contacts.write')
  @Answers(List)
  update(
    @Ctx() ctx: RequestContext,
    @Param('id', { schema: Id }) id: string,
    @Body({ schema: UpdateListBody }) body: z.infer<typeof UpdateListBody>,
  ) {
    return this.lists.update(ctx, id, body);
  }

  @Delete(':id')
  @HttpCode(204)
  @Needs('contacts.write')
  remove(@Ctx() ctx: RequestContext, @Param('id', { schema: Id }) id: string) {
    return this.lists.remove(ctx, id);
  }
}
