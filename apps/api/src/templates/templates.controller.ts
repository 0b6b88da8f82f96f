import { Body, Controller, Delete, Get, Param, Patch, Post, Query } from '@nestjs/common';
import { ApiTags } from '@nestjs/swagger';
import { z } from 'zod';
import {
  DocumentSource,
  DocumentSourceBody,
  Id,
  MergeVariable,
  Preview,
  PreviewBody,
  StarterTemplate,
  Template,
  TemplateBody,
  TemplateCategory,
  TemplateQuery,
  TemplateSummary,
  UpdateTemplateBody,
  page,
} from '#contracts';
import { TemplatesService } from '#domain/templates';
import { Needs } from '../http/access.decorators.js';
import { Answers, AnswersNothing } from '../http/answers.js';
import { Ctx } from '../http/request-context.js';
import type { RequestContext } from '../http/request-context.js';

@ApiTags('templates')
@Controller('templates')
export class TemplatesController {
  constructor(private readonly templates: TemplatesService) {}

  @Get()
  @Needs('content.read')
  @Answers(page(TemplateSummary))
  list(@Ctx() ctx: RequestContext, @Query({ schema: TemplateQuery }) query: z.infer<typeof TemplateQuery>) {
    return this.templates.list(ctx, query);
  }

  @Post()
  @Needs('content.write')
  @Answers(Template, 201)
  create(@Ctx() ctx: RequestContext, @Body({ schema: TemplateBody }) body: z.infer<typeof TemplateBody>) {
    return this.templates.create(ctx, body);
  }

  @Get('starters')
  @Needs('content.read')
  @Answers(z.object({ items: z.array(StarterTemplate) }))
  starters() {
    return { items: this.templates.starters() };
  }

  @Get('categories')
  @Needs('content.read')
  @Answers(z.object({ items: z.array(TemplateCategory) }))
  async categories(@Ctx() ctx: RequestContext) {
    return { items: await this.templates.categories(ctx) };
  }

  @Get('variables')
  @Needs('content.read')
  @Answers(z.object({ items: z.array(MergeVariable) }))
  async variables(@Ctx() ctx: RequestContext) {
    return { items: await this.templates.variables(ctx) };
  }

  @Post('preview')
  @Needs('content.read')
  @Answers(Preview)
  previewUnsaved(@Ctx() ctx: RequestContext, @Body({ schema: PreviewBody }) body: z.infer<typeof PreviewBody>) {
    return this.templates.preview(ctx, null, body);
  }

  @Post('mjml')
  @Needs('content.read')
  @Answers(DocumentSource)
  mjml(@Ctx() ctx: RequestContext, @Body({ schema: DocumentSourceBody }) body: z.infer<typeof DocumentSourceBody>) {
    return this.templates.mjmlOf(ctx, body.document);
  }

  @Get(':id')
  @Needs('content.read')
  @Answers(Template)
  get(@Ctx() ctx: RequestContext, @Param('id', { schema: Id }) id: string) {
    return this.templates.get(ctx, id);
  }

  @Patch(':id')
  @Needs('content.write')
  @Answers(Template)
  update(
    @Ctx() ctx: RequestContext,
    @Param('id', { schema: Id }) id: string,
    @Body({ schema: UpdateTemplateBody }) body: z.infer<typeof UpdateTemplateBody>,
  ) {
    return this.templates.update(ctx, id, body);
  }

  @Delete(':id')
  @Needs('content.write')
  @AnswersNothing()
  remove(@Ctx() ctx: RequestContext, @Param('id', { schema: Id }) id: string) {
    return this.templates.remove(ctx, id);
  }

  @Post(':id/preview')
  @Needs('content.read')
  @Answers(Preview)
  preview(
    @Ctx() ctx: RequestContext,
    @Param('id', { schema: Id }) id: string,
    @Body({ schema: PreviewBody }) body: z.infer<typeof PreviewBody>,
  ) {
    return this.templates.preview(ctx, id, body);
  }
}
