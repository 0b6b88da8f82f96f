import { Body, Controller, Get, HttpCode, Param, Patch, Post, Query } from '@nestjs/common';
import { ApiTags } from '@nestjs/swagger';
import type { z } from 'zod';
import {
  ContactHygiene,
  HygieneAlarm,
  HygieneChange,
  HygieneChangeBody,
  HygienePreview,
  HygienePreviewBody,
  HygieneRuleParam,
  HygieneTable,
  Id,
  PageQuery,
  page,
} from '#contracts';
import type { HygieneRule } from '#contracts';
import { ContactHygieneService, HygieneService } from '#domain/hygiene';
import { Needs } from '../http/access.decorators.js';
import { Answers } from '../http/answers.js';
import { Ctx } from '../http/request-context.js';
import type { RequestContext } from '../http/request-context.js';

@ApiTags('hygiene')
@Controller()
export class HygieneController {
  constructor(
    private readonly hygiene: HygieneService,
    private readonly contacts: ContactHygieneService,
  ) {}

  /** What each kind of bounce does. */
  @Get('hygiene')
  @Needs('contacts.read')
  @Answers(HygieneTable)
  table(@Ctx() ctx: RequestContext) {
    return this.hygiene.table(ctx);
  }

  @Get('hygiene/changes')
  @Needs('contacts.read')
  @Answers(page(HygieneChange))
  changes(@Ctx() ctx: RequestContext, @Query({ schema: PageQuery }) query: PageQuery) {
    return this.hygiene.changes(ctx, query);
  }

  /** Campaigns that paused themselves because they were refused too often. */
  @Get('hygiene/alarms')
  @Needs('contacts.read')
  @Answers(page(HygieneAlarm))
  alarms(@Ctx() ctx: RequestContext, @Query({ schema: PageQuery }) query: PageQuery) {
    return this.hygiene.alarms(ctx, query);
  }

  /** Whom a row would hit or free, set so, by the bounces that are stored. Nothing changes. */
  @Post('hygiene/:rule/preview')
  @HttpCode(200)
  @Needs('contacts.read')
  @Answers(HygienePreview)
  preview(
    @Ctx() ctx: RequestContext,
    @Param('rule', { schema: HygieneRuleParam }) rule: HygieneRule,
    @Body({ schema: HygienePreviewBody }) body: z.infer<typeof HygienePreviewBody>,
  ) {
    return this.hygiene.preview(ctx, rule, body);
  }

  /** Changes a row, and with `replay` applies it to the bounces that are stored. */
  @Patch('hygiene/:rule')
  @Needs('contacts.write')
  @Answers(HygieneChange)
  change(
    @Ctx() ctx: RequestContext,
    @Param('rule', { schema: HygieneRuleParam }) rule: HygieneRule,
    @Body({ schema: HygieneChangeBody }) body: z.infer<typeof HygieneChangeBody>,
  ) {
    return this.hygiene.change(ctx, rule, body);
  }

  @Post('hygiene/changes/:id/undo')
  @HttpCode(200)
  @Needs('contacts.write')
  @Answers(HygieneChange)
  undo(@Ctx() ctx: RequestContext, @Param('id', { schema: Id }) id: string) {
    return this.hygiene.undo(ctx, id);
  }

  /** What is remembered of a contact's address: bounces, what they count to, and why it is left alone or barred. */
  @Get('contacts/:id/hygiene')
  @Needs('contacts.read')
  @Answers(ContactHygiene)
  contact(@Ctx() ctx: RequestContext, @Param('id', { schema: Id }) id: string) {
    return this.contacts.get(ctx, id);
  }
}
