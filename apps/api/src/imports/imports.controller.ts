import { Readable } from 'node:stream';
import { Body, Controller, Get, HttpCode, Param, Post, Query, Req, StreamableFile } from '@nestjs/common';
import { ApiBody, ApiConsumes, ApiProduces, ApiTags } from '@nestjs/swagger';
import type { Request } from 'express';
import {
  Id,
  ImportCheckBody,
  ImportFormatQuery,
  ImportJob,
  ImportOptions,
  ImportPreview,
  ImportStartBody,
  PageQuery,
  page,
} from '#contracts';
import { ImportDraftsService, ImportsService } from '#domain/contacts';
import { Needs } from '../http/access.decorators.js';
import { Answers } from '../http/answers.js';
import { Ctx } from '../http/request-context.js';
import type { RequestContext } from '../http/request-context.js';
import { LIST_LIMIT, parseOptions, readUpload } from './read-upload.js';

const FILE = { type: 'string', format: 'binary', description: 'CSV, TSV or XLSX, at most 200 MB' } as const;
const UPLOAD = ApiBody({
  schema: {
    type: 'object',
    required: ['file'],
    properties: {
      file: FILE,
      options: {
        type: 'string',
        description:
          'JSON: mapping?, hasHeader?, delimiter?, encoding?, sheet?, existing: update | skip | fill, eraseEmpty, status, ' +
          'tags, risky: take | skip | tag, ' +
          'consent: { source, at?, ip?, text? } (required to import)',
      },
    },
  },
});

@ApiTags('imports')
@Controller()
export class ImportsController {
  constructor(
    private readonly imports: ImportsService,
    private readonly drafts: ImportDraftsService,
  ) {}

  /** Stores a file that is to be mapped and checked before it is imported. */
  @Post('imports')
  @Needs('contacts.write')
  @ApiConsumes('multipart/form-data')
  @ApiBody({ schema: { type: 'object', required: ['file'], properties: { file: FILE } } })
  @Answers(ImportJob, 201)
  async create(@Ctx() ctx: RequestContext, @Req() request: Request) {
    const { file, fileName } = await readUpload(request, LIST_LIMIT, (source) => this.imports.store(source));
    return this.drafts.create(ctx, file, fileName);
  }

  /** What the beginning of a draft tells, read as the query says. */
  @Get('imports/:id/preview')
  @Needs('contacts.read')
  @Answers(ImportPreview)
  preview(
    @Ctx() ctx: RequestContext,
    @Param('id', { schema: Id }) id: string,
    @Query({ schema: ImportFormatQuery }) query: ImportFormatQuery,
  ) {
    return this.drafts.preview(ctx, id, query);
  }

  /** Lets a draft be read in full and compared with the database; nothing of it is written. */
  @Post('imports/:id/check')
  @HttpCode(202)
  @Needs('contacts.write')
  @Answers(ImportJob, 202)
  check(
    @Ctx() ctx: RequestContext,
    @Param('id', { schema: Id }) id: string,
    @Body({ schema: ImportCheckBody }) body: ImportCheckBody,
  ) {
    return this.drafts.check(ctx, id, body);
  }

  /** Imports a draft that has been checked. */
  @Post('imports/:id/start')
  @HttpCode(202)
  @Needs('contacts.write')
  @Answers(ImportJob, 202)
  startDraft(
    @Ctx() ctx: RequestContext,
    @Param('id', { schema: Id }) id: string,
    @Body({ schema: ImportStartBody }) body: ImportStartBody,
  ) {
    return this.drafts.start(ctx, id, body);
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
