import { Body, Controller, Delete, Get, HttpCode, Param, Patch, Post, Query } from '@nestjs/common';
import { ApiTags } from '@nestjs/swagger';
import type { z } from 'zod';
import { Form, FormBody, Id, PageQuery, UpdateFormBody, page } from '#contracts';
import { FormsService } from '#domain/forms';
import { Needs } from '../http/access.decorators.js';
import { Answers } from '../http/answers.js';
import { Ctx } from '../http/request-context.js';
import type { RequestContext } from '../http/request-context.js';

/** Pages on which people put themselves on lists. */
@ApiTags('forms')
@Controller('forms')
export class FormsController {
  constructor(private readonly forms: FormsService) {}

  @Get()
  @Needs('contacts.read')
  @Answers(page(Form))
  list(@Ctx() ctx: RequestContext, @Query({ schema: PageQuery }) query: PageQuery) {
    return this.forms.list(ctx, query);
  }

  @Post()
  @Needs('contacts.write')
  @Answers(Form, 201)
  create(@Ctx() ctx: RequestContext, @Body({ schema: FormBody }) body: z.infer<typeof FormBody>) {
    return this.forms.create(ctx, body);
  }

  @Get(':id')
  @Needs('contacts.read')
  @Answers(Form)
  get(@Ctx() ctx: RequestContext, @Param('id', { schema: Id }) id: string) {
    return this.forms.get(ctx, id);
  }

  @Patch(':id')
  @Needs('contacts.write')
  @Answers(Form)
  update(
    @Ctx() ctx: RequestContext,
    @Param('id', { schema: Id }) id: string,
    @Body({ schema: UpdateFormBody }) body: z.infer<typeof UpdateFormBody>,
  ) {
    return this.forms.update(ctx, id, body);
  }

  @Delete(':id')
  @HttpCode(204)
  @Needs('contacts.write')
  remove(@Ctx() ctx: RequestContext, @Param('id', { schema: Id }) id: string) {
    return this.forms.remove(ctx, id);
  }
}
