import { Body, Controller, Delete, Get, HttpCode, Param, Patch, Post, Query } from '@nestjs/common';
import { ApiOperation, ApiTags } from '@nestjs/swagger';
import type { z } from 'zod';
import { CollectedMail, Id, Mailbox, MailboxBody, PageQuery, UpdateMailboxBody, VerifyResult, page } from '#contracts';
import { InboundService } from '#domain/feedback';
import { MailboxesService } from '#domain/senders';
import { Needs } from '../http/access.decorators.js';
import { Answers } from '../http/answers.js';
import { Ctx } from '../http/request-context.js';
import type { RequestContext } from '../http/request-context.js';

@ApiTags('Mailboxes')
@Controller('mailboxes')
export class MailboxesController {
  constructor(
    private readonly mailboxes: MailboxesService,
    private readonly inbound: InboundService,
  ) {}

  @Get()
  @Needs('senders.read')
  @ApiOperation({ summary: 'Mailboxes of the workspace, oldest first' })
  @Answers(page(Mailbox))
  list(@Ctx() ctx: RequestContext, @Query({ schema: PageQuery }) query: PageQuery) {
    return this.mailboxes.list(ctx, query);
  }

  @Post()
  @Needs('senders.write')
  @ApiOperation({ summary: 'Add a mailbox to be read for bounces and replies' })
  @Answers(Mailbox, 201)
  create(@Ctx() ctx: RequestContext, @Body({ schema: MailboxBody }) body: z.output<typeof MailboxBody>) {
    return this.mailboxes.create(ctx, body);
  }

  @Post('verify')
  @HttpCode(200)
  @Needs('senders.write')
  @ApiOperation({ summary: 'Try settings that are not stored, step by step' })
  @Answers(VerifyResult)
  verifyUnsaved(@Body({ schema: MailboxBody }) body: z.output<typeof MailboxBody>) {
    return this.mailboxes.verifyUnsaved(body);
  }

  @Get('collected')
  @Needs('senders.read')
  @ApiOperation({ summary: 'What the mailboxes have brought, by kind' })
  @Answers(CollectedMail)
  collected(@Ctx() ctx: RequestContext) {
    return this.inbound.collected(ctx);
  }

  @Get(':id')
  @Needs('senders.read')
  @ApiOperation({ summary: 'One mailbox' })
  @Answers(Mailbox)
  get(@Ctx() ctx: RequestContext, @Param('id', { schema: Id }) id: string) {
    return this.mailboxes.get(ctx, id);
  }

  @Patch(':id')
  @Needs('senders.write')
  @ApiOperation({ summary: 'Change a mailbox; another host or user asks for the password again' })
  @Answers(Mailbox)
  update(
    @Ctx() ctx: RequestContext,
    @Param('id', { schema: Id }) id: string,
    @Body({ schema: UpdateMailboxBody }) body: z.output<typeof UpdateMailboxBody>,
  ) {
    return this.mailboxes.update(ctx, id, body);
  }

  @Delete(':id')
  @HttpCode(204)
  @Needs('senders.write')
  @ApiOperation({ summary: 'Remove a mailbox; its mail on the server stays' })
  remove(@Ctx() ctx: RequestContext, @Param('id', { schema: Id }) id: string) {
    return this.mailboxes.remove(ctx, id);
  }

  @Post(':id/verify')
  @HttpCode(200)
  @Needs('senders.write')
  @ApiOperation({ summary: 'Try a stored mailbox, step by step' })
  @Answers(VerifyResult)
  verify(@Ctx() ctx: RequestContext, @Param('id', { schema: Id }) id: string) {
    return this.mailboxes.verify(ctx, id);
  }
}
