import { Body, Controller, Get, HttpCode, Param, Post, Put, Query } from '@nestjs/common';
import { ApiTags } from '@nestjs/swagger';
import type { z } from 'zod';
import {
  Cleaning,
  CleaningApplyBody,
  CleaningRow,
  CleaningRowQuery,
  Id,
  PageQuery,
  SunsetBody,
  SunsetRule,
  page,
} from '#contracts';
import { CleaningsService } from '#domain/cleaning';
import { Needs } from '../http/access.decorators.js';
import { Answers } from '../http/answers.js';
import { Ctx } from '../http/request-context.js';
import type { RequestContext } from '../http/request-context.js';

@ApiTags('lists')
@Controller()
export class CleaningsController {
  constructor(private readonly cleanings: CleaningsService) {}

  /** Judges every member of the list; nothing is changed before `apply`. */
  @Post('lists/:id/cleanings')
  @HttpCode(202)
  @Needs('contacts.write')
  @Answers(Cleaning, 202)
  start(@Ctx() ctx: RequestContext, @Param('id', { schema: Id }) id: string) {
    return this.cleanings.start(ctx, id);
  }

  /** Finds who is silent, for this list, or who on it stayed silent; nothing is changed before `apply`. */
  @Post('lists/:id/sunset')
  @HttpCode(202)
  @Needs('contacts.write')
  @Answers(Cleaning, 202)
  startSunset(
    @Ctx() ctx: RequestContext,
    @Param('id', { schema: Id }) id: string,
    @Body({ schema: SunsetBody }) body: z.infer<typeof SunsetBody>,
  ) {
    return this.cleanings.startSunset(ctx, id, body);
  }

  @Get('sunset')
  @Needs('contacts.read')
  @Answers(SunsetRule)
  sunsetRule(@Ctx() ctx: RequestContext) {
    return this.cleanings.sunsetRule(ctx);
  }

  @Put('sunset')
  @Needs('contacts.write')
  @Answers(SunsetRule)
  setSunsetRule(@Ctx() ctx: RequestContext, @Body({ schema: SunsetRule }) body: z.infer<typeof SunsetRule>) {
    return this.cleanings.setSunsetRule(ctx, body);
  }

  @Get('lists/:id/cleanings')
  @Needs('contacts.read')
  @Answers(page(Cleaning))
  list(
    @Ctx() ctx: RequestContext,
    @Param('id', { schema: Id }) id: string,
    @Query({ schema: PageQuery }) query: PageQuery,
  ) {
    return this.cleanings.list(ctx, id, query);
  }

  @Get('cleanings/:id')
  @Needs('contacts.read')
  @Answers(Cleaning)
  get(@Ctx() ctx: RequestContext, @Param('id', { schema: Id }) id: string) {
    return this.cleanings.get(ctx, id);
  }

  /** Who is risky or invalid, and why. */
  @Get('cleanings/:id/rows')
  @Needs('contacts.read')
  @Answers(page(CleaningRow))
  rows(
    @Ctx() ctx: RequestContext,
    @Param('id', { schema: Id }) id: string,
    @Query({ schema: CleaningRowQuery }) query: z.infer<typeof CleaningRowQuery>,
  ) {
    return this.cleanings.rows(ctx, id, query);
  }

  @Post('cleanings/:id/apply')
  @HttpCode(202)
  @Needs('contacts.write')
  @Answers(Cleaning, 202)
  apply(
    @Ctx() ctx: RequestContext,
    @Param('id', { schema: Id }) id: string,
    @Body({ schema: CleaningApplyBody }) body: z.infer<typeof CleaningApplyBody>,
  ) {
    return this.cleanings.apply(ctx, id, body);
  }

  @Post('cleanings/:id/undo')
  @HttpCode(202)
  @Needs('contacts.write')
  @Answers(Cleaning, 202)
  undo(@Ctx() ctx: RequestContext, @Param('id', { schema: Id }) id: string) {
    return this.cleanings.undo(ctx, id);
  }

  /** Ends the judging, or drops a result that nobody wants to apply. */
  @Post('cleanings/:id/cancel')
  @HttpCode(200)
  @Needs('contacts.write')
  @Answers(Cleaning)
  cancel(@Ctx() ctx: RequestContext, @Param('id', { schema: Id }) id: string) {
    return this.cleanings.cancel(ctx, id);
  }
}
