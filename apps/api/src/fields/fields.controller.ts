import { Body, Controller, Delete, Get, HttpCode, Param, Patch, Post } from '@nestjs/common';
import { ApiOperation, ApiTags } from '@nestjs/swagger';
import type { z } from 'zod';
import { Field, FieldBody, FieldUsage, Id, UpdateFieldBody, page } from '#contracts';
import { FieldsService } from '#domain/contacts';
import { Needs } from '../http/access.decorators.js';
import { Answers } from '../http/answers.js';
import { Ctx } from '../http/request-context.js';
import type { RequestContext } from '../http/request-context.js';

@ApiTags('fields')
@Controller('fields')
export class FieldsController {
  constructor(private readonly fields: FieldsService) {}

  /** All of them: a workspace has at most 200. */
  @Get()
  @Needs('contacts.read')
  @Answers(page(Field))
  async list(@Ctx() ctx: RequestContext) {
    return { items: await this.fields.list(ctx), nextCursor: null };
  }

  @Get('usage')
  @Needs('contacts.read')
  @ApiOperation({ summary: 'What names each field: segments, templates, unsent campaigns, forms' })
  @Answers(page(FieldUsage))
  async usage(@Ctx() ctx: RequestContext) {
    return { items: await this.fields.usage(ctx), nextCursor: null };
  }

  @Post()
  @Needs('contacts.write')
  @Answers(Field, 201)
  create(@Ctx() ctx: RequestContext, @Body({ schema: FieldBody }) body: z.infer<typeof FieldBody>) {
    return this.fields.create(ctx, body);
  }

  @Patch(':id')
  @Needs('contacts.write')
  @Answers(Field)
  relabel(
    @Ctx() ctx: RequestContext,
    @Param('id', { schema: Id }) id: string,
    @Body({ schema: UpdateFieldBody }) body: z.infer<typeof UpdateFieldBody>,
  ) {
    return this.fields.relabel(ctx, id, body);
  }

  @Delete(':id')
  @HttpCode(204)
  @Needs('contacts.write')
  remove(@Ctx() ctx: RequestContext, @Param('id', { schema: Id }) id: string) {
    return this.fields.remove(ctx, id);
  }
}
