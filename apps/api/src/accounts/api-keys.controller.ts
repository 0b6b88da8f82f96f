import { Body, Controller, Delete, Get, Param, Post, Query } from '@nestjs/common';
import { ApiOperation, ApiTags } from '@nestjs/swagger';
import type { z } from 'zod';
import { ApiKey, CreateApiKeyBody, CreatedApiKey, Id, PageQuery, page } from '#contracts';
import { ApiKeysService } from '#domain/workspaces';
import { Needs } from '../http/access.decorators.js';
import { Answers, AnswersNothing } from '../http/answers.js';
import { Ctx } from '../http/request-context.js';
import type { RequestContext } from '../http/request-context.js';

@ApiTags('API keys')
@Controller('api-keys')
export class ApiKeysController {
  constructor(private readonly keys: ApiKeysService) {}

  @Needs('workspace.admin')
  @Get()
  @ApiOperation({ summary: 'Keys of the workspace that were not revoked' })
  @Answers(page(ApiKey))
  list(@Ctx() ctx: RequestContext, @Query({ schema: PageQuery }) query: PageQuery) {
    return this.keys.list(ctx, query);
  }

  @Needs('workspace.admin')
  @Post()
  @ApiOperation({ summary: 'Make a key; only this answer shows it in full' })
  @Answers(CreatedApiKey, 201)
  create(
    @Ctx() ctx: RequestContext,
    @Body({ schema: CreateApiKeyBody }) body: z.output<typeof CreateApiKeyBody>,
  ): Promise<z.output<typeof CreatedApiKey>> {
    return this.keys.create(ctx, body, new Date());
  }

  @Needs('workspace.admin')
  @Delete(':id')
  @ApiOperation({ summary: 'Revoke a key; it stops working at once' })
  @AnswersNothing()
  revoke(@Ctx() ctx: RequestContext, @Param('id', { schema: Id }) id: string): Promise<void> {
    return this.keys.revoke(ctx, id);
  }
}
