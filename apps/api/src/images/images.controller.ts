import { Controller, Delete, Get, Param, Post, Query, Req } from '@nestjs/common';
import { ApiBody, ApiConsumes, ApiOperation, ApiTags } from '@nestjs/swagger';
import type { Request } from 'express';
import { Id, Image, PageQuery, page } from '#contracts';
import { IMAGE_MAX, ImagesService, imageTooLarge } from '#domain/templates';
import { Needs } from '../http/access.decorators.js';
import { Answers, AnswersNothing } from '../http/answers.js';
import { Ctx } from '../http/request-context.js';
import type { RequestContext } from '../http/request-context.js';
import { readUpload } from '../imports/read-upload.js';
import { takeBytes } from './take-bytes.js';

const LIMIT = { max: IMAGE_MAX, tooLarge: imageTooLarge };

@ApiTags('Images')
@Controller('images')
export class ImagesController {
  constructor(private readonly images: ImagesService) {}

  @Get()
  @Needs('content.read')
  @ApiOperation({ summary: 'Images of the workspace, newest first' })
  @Answers(page(Image))
  list(@Ctx() ctx: RequestContext, @Query({ schema: PageQuery }) query: PageQuery) {
    return this.images.list(ctx, query);
  }

  @Post()
  @Needs('content.write')
  @ApiOperation({ summary: 'Add a PNG, JPEG, GIF or WebP image of at most 5 MB' })
  @ApiConsumes('multipart/form-data')
  @ApiBody({
    schema: { type: 'object', required: ['file'], properties: { file: { type: 'string', format: 'binary' } } },
  })
  @Answers(Image, 201)
  async add(@Ctx() ctx: RequestContext, @Req() request: Request) {
    const { file, fileName } = await readUpload(request, LIMIT, takeBytes(LIMIT));
    return this.images.add(ctx, fileName, file);
  }

  @Delete(':id')
  @Needs('content.write')
  @ApiOperation({ summary: 'Remove an image; mails that show it show a gap from now on' })
  @AnswersNothing()
  remove(@Ctx() ctx: RequestContext, @Param('id', { schema: Id }) id: string) {
    return this.images.remove(ctx, id);
  }
}
