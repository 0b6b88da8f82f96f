import { Controller, Delete, Get, Param, Query, Res, StreamableFile } from '@nestjs/common';
import { ApiOperation, ApiTags } from '@nestjs/swagger';
import type { Response } from 'express';
import type { z } from 'zod';
import { Id, PageQuery, SandboxMessage, SandboxMessageDetail, page } from '#contracts';
import { Needs } from '../http/access.decorators.js';
import { Answers, AnswersContent, AnswersNothing } from '../http/answers.js';
import { SandboxClient } from './sandbox-client.js';

@ApiTags('Sandbox')
@Controller('sandbox/messages')
export class SandboxController {
  constructor(private readonly sandbox: SandboxClient) {}

  @Needs('senders.read')
  @Get()
  @ApiOperation({ summary: 'What the sandbox mail server took, newest first' })
  @Answers(page(SandboxMessage))
  list(@Query({ schema: PageQuery }) query: PageQuery) {
    return this.sandbox.list(query);
  }

  @Needs('senders.read')
  @Get(':id')
  @ApiOperation({ summary: 'One message; its HTML is as it came and belongs into a sandboxed frame' })
  @Answers(SandboxMessageDetail)
  get(@Param('id', { schema: Id }) id: string): Promise<z.output<typeof SandboxMessageDetail>> {
    return this.sandbox.get(id);
  }

  @Needs('senders.read')
  @Get(':id/raw')
  @ApiOperation({ summary: 'The message as it came over SMTP' })
  @AnswersContent('message/rfc822')
  async raw(
    @Param('id', { schema: Id }) id: string,
    @Res({ passthrough: true }) response: Response,
  ): Promise<StreamableFile> {
    response.attachment(`sandbox-${id}.eml`);
    return new StreamableFile(await this.sandbox.raw(id), { type: 'message/rfc822' });
  }

  @Needs('senders.write')
  @Delete()
  @ApiOperation({ summary: 'Forget all sandbox messages' })
  @AnswersNothing()
  clear(): Promise<void> {
    return this.sandbox.clear();
  }
}
