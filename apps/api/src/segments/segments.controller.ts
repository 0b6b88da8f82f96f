import { Body, Controller, Delete, Get, HttpCode, Param, Patch, Post, Query } from '@nestjs/common';
import { ApiOperation, ApiTags } from '@nestjs/swagger';
import type { z } from 'zod';
import {
  Id,
  PageQuery,
  Segment,
  SegmentBody,
  SegmentPreview,
  SegmentPreviewBody,
  SegmentUse,
  SegmentUseQuery,
  UpdateSegmentBody,
  page,
} from '#contracts';
import { SegmentsService } from '#domain/segments';
import { Needs } from '../http/access.decorators.js';
import { Answers } from '../http/answers.js';
import { Ctx } from '../http/request-context.js';
import type { RequestContext } from '../http/request-context.js';

@ApiTags('segments')
@Controller('segments')
export class SegmentsController {
  constructor(private readonly segments: SegmentsService) {}

  @Get()
  @Needs('contacts.read')
  @Answers(page(Segment))
  list(@Ctx() ctx: RequestContext, @Query({ schema: PageQuery }) query: PageQuery) {
    return this.segments.list(ctx, query);
  }

  @Post()
  @Needs('contacts.write')
  @Answers(Segment, 201)
  create(@Ctx() ctx: RequestContext, @Body({ schema: SegmentBody }) body: z.infer<typeof SegmentBody>) {
    return this.segments.create(ctx, body);
  }

  @Post('preview')
  @Needs('contacts.read')
  @ApiOperation({ summary: 'Counts a rule that is not saved, and shows some of whom it finds' })
  @Answers(SegmentPreview)
  preview(@Ctx() ctx: RequestContext, @Body({ schema: SegmentPreviewBody }) body: z.infer<typeof SegmentPreviewBody>) {
    return this.segments.preview(ctx, body);
  }

  @Get(':id')
  @Needs('contacts.read')
  @Answers(Segment)
  get(@Ctx() ctx: RequestContext, @Param('id', { schema: Id }) id: string) {
    return this.segments.get(ctx, id);
  }

  @Patch(':id')
  @Needs('contacts.write')
  @Answers(Segment)
  update(
    @Ctx() ctx: RequestContext,
    @Param('id', { schema: Id }) id: string,
    @Body({ schema: UpdateSegmentBody }) body: z.infer<typeof UpdateSegmentBody>,
  ) {
    return this.segments.update(ctx, id, body);
  }

  @Delete(':id')
  @HttpCode(204)
  @Needs('contacts.write')
  remove(@Ctx() ctx: RequestContext, @Param('id', { schema: Id }) id: string) {
    return this.segments.remove(ctx, id);
  }

  @Post(':id/restore')
  @Needs('contacts.write')
  @ApiOperation({ summary: 'Puts a deleted segment back' })
  @Answers(Segment)
  restore(@Ctx() ctx: RequestContext, @Param('id', { schema: Id }) id: string) {
    return this.segments.restore(ctx, id);
  }

  @Post(':id/duplicate')
  @Needs('contacts.write')
  @Answers(Segment, 201)
  duplicate(@Ctx() ctx: RequestContext, @Param('id', { schema: Id }) id: string) {
    return this.segments.duplicate(ctx, id);
  }

  @Post(':id/count')
  @Needs('contacts.read')
  @ApiOperation({ summary: 'Counts who belongs to it now; the number is remembered with its time' })
  @Answers(SegmentPreview)
  count(@Ctx() ctx: RequestContext, @Param('id', { schema: Id }) id: string) {
    return this.segments.count(ctx, id);
  }

  @Get(':id/uses')
  @Needs('contacts.read')
  @ApiOperation({ summary: 'Campaigns that name it, as audience or as exclusion' })
  @Answers(page(SegmentUse))
  uses(
    @Ctx() ctx: RequestContext,
    @Param('id', { schema: Id }) id: string,
    @Query({ schema: SegmentUseQuery }) query: SegmentUseQuery,
  ) {
    return this.segments.uses(ctx, id, query);
  }
}
