import { Controller, Get, Param, Query } from '@nestjs/common';
import { ApiOperation, ApiTags } from '@nestjs/swagger';
import { AccountPace, Id, PageQuery, page } from '#contracts';
import { LivePaceService } from '#domain/delivery';
import { Needs } from '../http/access.decorators.js';
import { Answers } from '../http/answers.js';
import { Ctx } from '../http/request-context.js';
import type { RequestContext } from '../http/request-context.js';

/** What the senders do just now. */
@ApiTags('SMTP accounts')
@Controller()
export class SendingController {
  constructor(private readonly live: LivePaceService) {}

  @Get('sending')
  @Needs('senders.read')
  @ApiOperation({ summary: 'Pace, queue and answers of every SMTP account by mailbox provider, with the reasons' })
  @Answers(page(AccountPace))
  list(@Ctx() ctx: RequestContext, @Query({ schema: PageQuery }) query: PageQuery) {
    return this.live.list(ctx, query);
  }

  @Get('smtp-accounts/:id/pace')
  @Needs('senders.read')
  @ApiOperation({ summary: 'The same of one SMTP account' })
  @Answers(AccountPace)
  get(@Ctx() ctx: RequestContext, @Param('id', { schema: Id }) id: string) {
    return this.live.get(ctx, id);
  }
}
