import { Body, Controller, Delete, Get, Param, Post, Query } from '@nestjs/common';
import { ApiOperation, ApiTags } from '@nestjs/swagger';
import { Id, LearnedPhrase, LearnedPhraseBody, PageQuery, PhrasePreview, page } from '#contracts';
import { PhrasesService } from '#domain/review';
import { Needs } from '../http/access.decorators.js';
import { Answers, AnswersNothing } from '../http/answers.js';
import { Ctx } from '../http/request-context.js';
import type { RequestContext } from '../http/request-context.js';

/** What the classifier of a workspace has learned: literal words it looks for first. */
@ApiTags('inbound')
@Controller('phrases')
export class PhrasesController {
  constructor(private readonly phrases: PhrasesService) {}

  @Get()
  @Needs('inbound.read')
  @Answers(page(LearnedPhrase))
  list(@Ctx() ctx: RequestContext, @Query({ schema: PageQuery }) query: PageQuery) {
    return this.phrases.list(ctx, query);
  }

  @Post()
  @Needs('inbound.write')
  @ApiOperation({
    summary: 'Mail with these words is taken for this kind from now on; whether it may act still needs trust',
  })
  @Answers(LearnedPhrase, 201)
  add(@Ctx() ctx: RequestContext, @Body({ schema: LearnedPhraseBody }) body: LearnedPhraseBody) {
    return this.phrases.add(ctx, body);
  }

  @Post('preview')
  @Needs('inbound.write')
  @ApiOperation({ summary: 'What a rule would have hit among the stored mail; changes nothing' })
  @Answers(PhrasePreview)
  preview(@Ctx() ctx: RequestContext, @Body({ schema: LearnedPhraseBody }) body: LearnedPhraseBody) {
    return this.phrases.preview(ctx, body);
  }

  @Delete(':id')
  @Needs('inbound.write')
  @AnswersNothing()
  remove(@Ctx() ctx: RequestContext, @Param('id', { schema: Id }) id: string) {
    return this.phrases.remove(ctx, id);
  }
}
