import { Body, Controller, Delete, Get, HttpCode, Param, Patch, Post, Query } from '@nestjs/common';
import { ApiTags } from '@nestjs/swagger';
import type { z } from 'zod';
import { Id, PageQuery, Tag, TagBody, page } from '#contracts';
import { TagsService } from '#domain/contacts';
import { Needs } from '../http/access.decorators.js';
import { Answers } from '../http/answers.js';
import { Ctx } from '../http/request-context.js';
import type { RequestContext } from '../http/request-context.js';

@ApiTags('tags')
@Controller('tags')
export class TagsController {
  constructor(private readonly tags: TagsService) {}

  @Get()
  @Needs('contacts.read')
  @Answers(page(Tag))
  list(@Ctx() ctx: RequestContext, @Query({ schema: PageQuery }) query: PageQuery) {
    return this.tags.list(ctx, query);
  }

  @Post()
  @Needs('contacts.write')
  @Answers(Tag, 201)
  create(@Ctx() ctx: RequestContext, @Body({ schema: TagBody }) body: z.infer<typeof TagBody>) {
    return this.tags.create(ctx, body.name);
  }

  @Patch(':id')
  @Needs('contacts.write')
  @Answers(Tag)
  rename(
    @Ctx() ctx: RequestContext,
    @Param('id', { schema: Id }) id: string,
    @Body({ schema: TagBody }) body: z.infer<typeof TagBody>,
  ) {
    return this.tags.rename(ctx, id, body.name);
  }

  @Delete(':id')
  @HttpCode(204)
  @Needs('contacts.write')
  remove(@Ctx() ctx: RequestContext, @Param('id', { schema: Id }) id: string) {
    return this.tags.remove(ctx, id);
  }
}
