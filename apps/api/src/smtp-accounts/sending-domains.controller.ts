import { Body, Controller, Delete, Get, HttpCode, Param, Post, Query } from '@nestjs/common';
import { ApiOperation, ApiTags } from '@nestjs/swagger';
import type { z } from 'zod';
import { Id, PageQuery, SendingDomain, SendingDomainBody, page } from '#contracts';
import { SendingDomainsService } from '#domain/senders';
import { Needs } from '../http/access.decorators.js';
import { Answers } from '../http/answers.js';
import { Ctx } from '../http/request-context.js';
import type { RequestContext } from '../http/request-context.js';

@ApiTags('Sending domains')
@Controller('sending-domains')
export class SendingDomainsController {
  constructor(private readonly domains: SendingDomainsService) {}

  @Get()
  @Needs('senders.read')
  @ApiOperation({ summary: 'Domains mail comes from, oldest first, with the records each needs in the DNS' })
  @Answers(page(SendingDomain))
  list(@Ctx() ctx: RequestContext, @Query({ schema: PageQuery }) query: PageQuery) {
    return this.domains.list(ctx, query);
  }

  @Post()
  @Needs('senders.write')
  @ApiOperation({ summary: 'Add a domain; a DKIM key is made where none is given' })
  @Answers(SendingDomain, 201)
  create(@Ctx() ctx: RequestContext, @Body({ schema: SendingDomainBody }) body: z.output<typeof SendingDomainBody>) {
    return this.domains.create(ctx, body);
  }

  @Get(':id')
  @Needs('senders.read')
  @ApiOperation({ summary: 'One domain as it was checked last' })
  @Answers(SendingDomain)
  get(@Ctx() ctx: RequestContext, @Param('id', { schema: Id }) id: string) {
    return this.domains.get(ctx, id);
  }

  @Delete(':id')
  @HttpCode(204)
  @Needs('senders.write')
  @ApiOperation({ summary: 'Remove a domain with its keys; its mail is no longer signed' })
  remove(@Ctx() ctx: RequestContext, @Param('id', { schema: Id }) id: string) {
    return this.domains.remove(ctx, id);
  }

  @Post(':id/check')
  @HttpCode(200)
  @Needs('senders.write')
  @ApiOperation({ summary: 'Ask the DNS now' })
  @Answers(SendingDomain)
  check(@Ctx() ctx: RequestContext, @Param('id', { schema: Id }) id: string) {
    return this.domains.check(ctx, id);
  }

  @Post(':id/rotate')
  @HttpCode(200)
  @Needs('senders.write')
  @ApiOperation({ summary: 'Make the next DKIM key; it signs once its record is published' })
  @Answers(SendingDomain)
  rotate(@Ctx() ctx: RequestContext, @Param('id', { schema: Id }) id: string) {
    return this.domains.rotate(ctx, id);
  }
}
