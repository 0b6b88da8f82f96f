import { Readable } from 'node:stream';
import { Controller, Get, HttpCode, Param, Post, Query, Req, StreamableFile } from '@nestjs/common';
import { ApiBody, ApiConsumes, ApiProduces, ApiTags } from '@nestjs/swagger';
import type { Request } from 'express';
import { Id, ImportJob, ImportOptions, ImportPreview, PageQuery, page } from '#contracts';
import { HEAD_BYTES, ImportsService } from '#domain/contacts';
import { Needs } from '../http/access.decorators.js';
import { Answers } from '../http/answers.js';
import { Ctx } from '../http/request-context.js';
import type { RequestContext } from '../http/request-context.js';
import { LIST_LIMIT, parseOptions, readUpload } from './read-upload.js';

const FormatOptions = ImportOptions.pick({ mapping: true, hasHeader: true, delimiter: true, encoding: true });
const UPLOAD = ApiBody({
  schema: {
    type: 'object',
    required: ['file'],
    properties: {
      file: { type: 'string', format: 'binary', description: 'CSV or TSV, at most 200 MB' },
      options: {
        type: 'string',
        description:
          'JSON: mapping?, hasHeader?, delimiter?, encoding?, existing: update | skip | fill, status, tags, ' +
          'risky: take | skip | tag, ' +
          'consent: { source, at?, ip?, text? } (required to import)',
      },
    },
  },
});

@ApiTags('imports')
@Controller()
export class ImportsController {
  constructor(private readonly imports: ImportsService) {}

  /** What the beginning of a file tells; the first 256 kB are enough to send. */
  @Post('imports/preview')
  @HttpCode(200)
  @Needs('contacts.write')
  @ApiConsumes('multipart/form-data')
  @UPLOAD
  @Answers(ImportPreview)
  async preview(@Ctx() ctx: RequestContext, @Req() request: Request) {
    const { file, options } = await readUpload(request, LIST_LIMIT, takeHead);
    return this.imports.preview(ctx, file, parseOptions(FormatOptions, options));
  }

  @Post('lists/:id/imports')
  @HttpCode(202)
  @Needs('contacts.write')
  @ApiConsumes('multipart/form-data')
  @UPLOAD
  @Answers(ImportJob, 202)
  async start(@Ctx() ctx: RequestContext, @Param('id', { schema: Id }) id: string, @Req() request: Request) {
    await this.imports.requireList(ctx, id);
    const {
      file,
      fileName,
      options: text,
    } = await readUpload(request, LIST_LIMIT, (source) => this.imports.store(source));
    try {
      const options = parseOptions(ImportOptions, text);
      return await this.imports.start(ctx, id, { file, fileName, options });
    } catch (error) {
      await this.imports.discard(file);
      throw error;
    }
  }

  @Get('imports')
  @Needs('contacts.read')
  @Answers(page(ImportJob))
  list(@Ctx() ctx: RequestContext, @Query({ schema: PageQuery }) query: PageQuery) {
    return this.imports.list(ctx, query);
  }

  @Get('imports/:id')
  @Needs('contacts.read')
  @Answers(ImportJob)
  get(@Ctx() ctx: RequestContext, @Param('id', { schema: Id }) id: string) {
    return this.imports.get(ctx, id);
  }

  /** The rows that could not be taken: line, code, reason, and the row as it stood. */
  @Get('imports/:id/errors.csv')
  @Needs('contacts.read')
  @ApiProduces('text/csv')
  async errors(@Ctx() ctx: RequestContext, @Param('id', { schema: Id }) id: string): Promise<StreamableFile> {
    return new StreamableFile(Readable.from(await this.imports.errors(ctx, id)), {
      type: 'text/csv; charset=utf-8',
      disposition: `attachment; filename="import-${id}-errors.csv"`,
    });
  }

  @Post('imports/:id/cancel')
  @HttpCode(200)
  @Needs('contacts.write')
  @Answers(ImportJob)
  cancel(@Ctx() ctx: RequestContext, @Param('id', { schema: Id }) id: string) {
    return this.imports.cancel(ctx, id);
  }

  /** Lets the members of a held import be mailed again. */
  @Post('imports/:id/release')
  @HttpCode(200)
  @Needs('contacts.write')
  @Answers(ImportJob)
  release(@Ctx() ctx: RequestContext, @Param('id', { schema: Id }) id: string) {
    return this.imports.release(ctx, id);
  }

  @Post('imports/:id/undo')
  @HttpCode(200)
  @Needs('contacts.write')
  @Answers(ImportJob)
  undo(@Ctx() ctx: RequestContext, @Param('id', { schema: Id }) id: string) {
    return this.imports.undo(ctx, id);
  }
}

/** Keeps the beginning and lets the rest pass: the part `options` may stand behind the file. */
async function takeHead(source: AsyncIterable<Buffer>): Promise<Buffer> {
  let head = Buffer.alloc(0);
  let bytes = 0;
  for await (const piece of source) {
    bytes += piece.length;
    if (bytes > LIST_LIMIT.max) throw LIST_LIMIT.tooLarge();
    if (head.length < HEAD_BYTES) head = Buffer.concat([head, piece.subarray(0, HEAD_BYTES - head.length)]);
  }
  return head;
}
