import { Controller, Delete, Get, Param, Post, Req } from '@nestjs/common';
import { ApiBody, ApiConsumes, ApiOperation, ApiTags } from '@nestjs/swagger';
import type { Request } from 'express';
import { Attachment, Id } from '#contracts';
import { ATTACHMENT_MAX, AttachmentsService, attachmentTooLarge } from '#domain/templates';
import { Needs } from '../http/access.decorators.js';
import { Answers, AnswersNothing } from '../http/answers.js';
import { Ctx } from '../http/request-context.js';
import type { RequestContext } from '../http/request-context.js';
import { takeBytes } from '../images/take-bytes.js';
import { readUpload } from '../imports/read-upload.js';

const LIMIT = { max: ATTACHMENT_MAX, tooLarge: attachmentTooLarge };

@ApiTags('Attachments')
@Controller('attachments')
export class AttachmentsController {
  constructor(private readonly attachments: AttachmentsService) {}

  @Post()
  @Needs('content.write')
  @ApiOperation({ summary: 'Add a file of at most 10 MB that campaigns can carry' })
  @ApiConsumes('multipart/form-data')
  @ApiBody({
    schema: { type: 'object', required: ['file'], properties: { file: { type: 'string', format: 'binary' } } },
  })
  @Answers(Attachment, 201)
  async add(@Ctx() ctx: RequestContext, @Req() request: Request) {
    const { file, fileName } = await readUpload(request, LIMIT, takeBytes(LIMIT));
    return this.attachments.add(ctx, fileName, file);
  }

  @Get(':id')
  @Needs('content.read')
  @ApiOperation({ summary: 'Name, type and size of a file' })
  @Answers(Attachment)
  get(@Ctx() ctx: RequestContext, @Param('id', { schema: Id }) id: string) {
    return this.attachments.get(ctx, id);
  }

  @Delete(':id')
  @Needs('content.write')
  @ApiOperation({ summary: 'Remove a file that no unfinished campaign carries' })
  @AnswersNothing()
  remove(@Ctx() ctx: RequestContext, @Param('id', { schema: Id }) id: string) {
    return this.attachments.remove(ctx, id);
  }
}
