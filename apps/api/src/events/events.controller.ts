import { Controller, Get, Res } from '@nestjs/common';
import { ApiOperation, ApiQuery, ApiTags } from '@nestjs/swagger';
import type { Response } from 'express';
import { Needs } from '../http/access.decorators.js';
import { AnswersContent } from '../http/answers.js';
import { Ctx } from '../http/request-context.js';
import type { RequestContext } from '../http/request-context.js';
import { EventStream } from './event-stream.js';

@ApiTags('Events')
@Controller('events')
export class EventsController {
  constructor(private readonly stream: EventStream) {}

  @Needs('account')
  @Get()
  @ApiOperation({ summary: 'Server-sent events: what changed in the workspace, for the UI' })
  @ApiQuery({
    name: 'workspace',
    required: false,
    schema: { type: 'string' },
    description: 'in place of X-Workspace, which a stream can’t send',
  })
  @AnswersContent('text/event-stream')
  read(@Ctx() ctx: RequestContext, @Res() response: Response): void {
    this.stream.connect(ctx, response);
  }
}
