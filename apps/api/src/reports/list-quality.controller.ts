import { Controller, Get, Param } from '@nestjs/common';
import { ApiTags } from '@nestjs/swagger';
import { Id, ListQuality } from '#contracts';
import { ReportsService } from '#domain/reporting';
import { Needs } from '../http/access.decorators.js';
import { Answers } from '../http/answers.js';
import { Ctx } from '../http/request-context.js';
import type { RequestContext } from '../http/request-context.js';

/** How good the addresses of a list are. */
@ApiTags('lists')
@Controller('lists/:id')
export class ListQualityController {
  constructor(private readonly reports: ReportsService) {}

  @Get('quality')
  @Needs('contacts.read')
  @Answers(ListQuality)
  quality(@Ctx() ctx: RequestContext, @Param('id', { schema: Id }) id: string) {
    return this.reports.listQuality(ctx, id);
  }
}
