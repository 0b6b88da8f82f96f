import { Body, Controller, Delete, Get, HttpCode, Param, Patch, Post, Query, Req } from '@nestjs/common';
import { ApiBody, ApiConsumes, ApiOperation, ApiTags } from '@nestjs/swagger';
import type { Request } from 'express';
import { z } from 'zod';
import {
  Id,
  Image,
  ImageFolder,
  ImageQuery,
  ImageUse,
  ImageUseQuery,
  MoveImagesBody,
  UpdateImageBody,
  UploadImageOptions,
  page,
} from '#contracts';
import { IMAGE_MAX, ImagesService, imageTooLarge } from '#domain/templates';
import { Needs } from '../http/access.decorators.js';
import { Answers, AnswersNothing } from '../http/answers.js';
import { Ctx } from '../http/request-context.js';
import type { RequestContext } from '../http/request-context.js';
import { parseOptions, readUpload } from '../imports/read-upload.js';
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
  list(@Ctx() ctx: RequestContext, @Query({ schema: ImageQuery }) query: z.infer<typeof ImageQuery>) {
    return this.images.list(ctx, query);
  }

  /** All of them: a workspace has at most as many as images. */
  @Get('folders')
  @Needs('content.read')
  @ApiOperation({ summary: 'Folders with images in them' })
  @Answers(page(ImageFolder))
  async folders(@Ctx() ctx: RequestContext) {
    return { items: await this.images.folders(ctx), nextCursor: null };
  }

  @Post()
  @Needs('content.write')
  @ApiOperation({ summary: 'Add a PNG, JPEG, GIF or WebP image of at most 5 MB' })
  @ApiConsumes('multipart/form-data')
  @ApiBody({
    schema: {
      type: 'object',
      required: ['file'],
      properties: {
        file: { type: 'string', format: 'binary' },
        options: { type: 'string', description: 'JSON: `folder`' },
      },
    },
  })
  @Answers(Image, 201)
  async add(@Ctx() ctx: RequestContext, @Req() request: Request) {
    const { file, fileName, options } = await readUpload(request, LIMIT, takeBytes(LIMIT));
    const { folder } = parseOptions(UploadImageOptions, options);
    return this.images.add(ctx, { name: fileName, folder }, file);
  }

  @Post('move')
  @HttpCode(200)
  @Needs('content.write')
  @ApiOperation({ summary: 'Put images into a folder; an empty name takes them out of theirs' })
  @Answers(z.object({ moved: z.number().int() }))
  move(@Ctx() ctx: RequestContext, @Body({ schema: MoveImagesBody }) body: z.infer<typeof MoveImagesBody>) {
    return this.images.move(ctx, body);
  }

  @Get(':id')
  @Needs('content.read')
  @Answers(Image)
  get(@Ctx() ctx: RequestContext, @Param('id', { schema: Id }) id: string) {
    return this.images.get(ctx, id);
  }

  @Get(':id/uses')
  @Needs('content.read')
  @ApiOperation({ summary: 'Templates, saved blocks and campaigns that show an image, sent ones last' })
  @Answers(page(ImageUse))
  uses(
    @Ctx() ctx: RequestContext,
    @Param('id', { schema: Id }) id: string,
    @Query({ schema: ImageUseQuery }) query: z.infer<typeof ImageUseQuery>,
  ) {
    return this.images.uses(ctx, id, query);
  }

  @Patch(':id')
  @Needs('content.write')
  @Answers(Image)
  update(
    @Ctx() ctx: RequestContext,
    @Param('id', { schema: Id }) id: string,
    @Body({ schema: UpdateImageBody }) body: z.infer<typeof UpdateImageBody>,
  ) {
    return this.images.update(ctx, id, body);
  }

  @Delete(':id')
  @Needs('content.write')
  @ApiOperation({ summary: 'Remove an image; mails that show it show a gap from now on' })
  @AnswersNothing()
  remove(@Ctx() ctx: RequestContext, @Param('id', { schema: Id }) id: string) {
    return this.images.remove(ctx, id);
  }
}
