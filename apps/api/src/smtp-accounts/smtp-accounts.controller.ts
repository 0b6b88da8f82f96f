import { Body, Controller, Delete, Get, HttpCode, Param, Patch, Post, Query } from '@nestjs/common';
import { ApiOperation, ApiTags } from '@nestjs/swagger';
import type { z } from 'zod';
import { Id, PageQuery, SmtpAccount, SmtpAccountBody, UpdateSmtpAccountBody, VerifyResult, page } from '#contracts';
import { SmtpAccountsService } from '#domain/senders';
import { Needs } from '../http/access.decorators.js';
import { Answers } from '../http/answers.js';
import { Ctx } from '../http/request-context.js';
import type { RequestContext } from '../http/request-context.js';

@ApiTags('SMTP accounts')
@Controller('smtp-accounts')
export class SmtpAccountsController {
  constructor(private readonly accounts: SmtpAccountsService) {}

  @Get()
  @Needs('senders.read')
  @ApiOperation({ summary: 'SMTP accounts of the workspace, oldest first' })
  @Answers(page(SmtpAccount))
  list(@Ctx() ctx: RequestContext, @Query({ schema: PageQuery }) query: PageQuery) {
    return this.accounts.list(ctx, query);
  }

  @Post()
  @Needs('senders.write')
  @ApiOperation({ summary: 'Add an SMTP account; a DKIM key is made where none is given' })
  @Answers(SmtpAccount, 201)
  create(@Ctx() ctx: RequestContext, @Body({ schema: SmtpAccountBody }) body: z.output<typeof SmtpAccountBody>) {
    return this.accounts.create(ctx, body);
  }

  @Post('verify')
  @HttpCode(200)
  @Needs('senders.write')
  @ApiOperation({ summary: 'Try settings that are not stored, step by step' })
  @Answers(VerifyResult)
  verifyUnsaved(@Body({ schema: SmtpAccountBody }) body: z.output<typeof SmtpAccountBody>) {
    return this.accounts.verifyUnsaved(body);
  }

  @Get(':id')
  @Needs('senders.read')
  @ApiOperation({ summary: 'One SMTP account' })
  @Answers(SmtpAccount)
  get(@Ctx() ctx: RequestContext, @Param('id', { schema: Id }) id: string) {
    return this.accounts.get(ctx, id);
  }

  @Patch(':id')
  @Needs('senders.write')
  @ApiOperation({ summary: 'Change an SMTP account; another host or user asks for the password again' })
  @Answers(SmtpAccount)
  update(
    @Ctx() ctx: RequestContext,
    @Param('id', { schema: Id }) id: string,
    @Body({ schema: UpdateSmtpAccountBody }) body: z.output<typeof UpdateSmtpAccountBody>,
  ) {
    return this.accounts.update(ctx, id, body);
  }

  @Delete(':id')
  @HttpCode(204)
  @Needs('senders.write')
  @ApiOperation({ summary: 'Remove an SMTP account that no running campaign uses' })
  remove(@Ctx() ctx: RequestContext, @Param('id', { schema: Id }) id: string) {
    return this.accounts.remove(ctx, id);
  }

  @Post(':id/verify')
  @HttpCode(200)
  @Needs('senders.write')
  @ApiOperation({ summary: 'Try a stored SMTP account, step by step' })
  @Answers(VerifyResult)
  verify(@Ctx() ctx: RequestContext, @Param('id', { schema: Id }) id: string) {
    return this.accounts.verify(ctx, id);
  }
}
