import { Readable } from 'node:stream';
import { Body, Controller, Delete, Get, HttpCode, Param, Post, Query, Req, StreamableFile } from '@nestjs/common';
import { ApiBody, ApiConsumes, ApiProduces, ApiTags } from '@nestjs/swagger';
import type { Request } from 'express';
import type { z } from 'zod';
import {
  Id,
  Suppression,
  SuppressionBody,
  SuppressionExportQuery,
  SuppressionImport,
  SuppressionImportOptions,
  SuppressionLift,
  SuppressionQuery,
  page,
} from '#contracts';
import { SuppressionsService } from '#domain/suppressions';
import { Needs } from '../http/access.decorators.js';
import { Answers } from '../http/answers.js';
import { Ctx } from '../http/request-context.js';
import type { RequestContext } from '../http/request-context.js';
import { LIST_LIMIT, parseOptions, readUpload } from '../imports/read-upload.js';
import { spool } from './spool.js';

@ApiTags('suppressions')
@Controller('suppressions')
export class SuppressionsController {
  constructor(private readonly suppressions: SuppressionsService) {}

  @Get()
  @Needs('contacts.read')
  @Answers(page(Suppression))
  list(@Ctx() ctx: RequestContext, @Query({ schema: SuppressionQuery }) query: z.infer<typeof SuppressionQuery>) {
    return this.suppressions.list(ctx, query);
  }

  /** The list, or what a search and a reason leave of it, as CSV. */
  @Get('export.csv')
  @Needs('contacts.read')
  @ApiProduces('text/csv')
  export(
    @Ctx() ctx: RequestContext,
    @Query({ schema: SuppressionExportQuery }) query: z.infer<typeof SuppressionExportQuery>,
  ): StreamableFile {
    return new StreamableFile(Readable.from(this.suppressions.export(ctx, query)), {
      type: 'text/csv; charset=utf-8',
      disposition: 'attachment; filename="suppressions.csv"',
    });
  }

  @Post()
  @Needs('contacts.write')
  @Answers(Suppression, 201)
  add(@Ctx() ctx: RequestContext, @Body({ schema: SuppressionBody }) body: z.infer<typeof SuppressionBody>) {
    return this.suppressions.add(ctx, body);
  }

  /** Addresses and `@domain` entries, one a line or CSV with a column of them; what is on the list already stays. */
  @Post('import')
  @HttpCode(200)
  @Needs('contacts.write')
  @ApiConsumes('multipart/form-data')
  @ApiBody({
    schema: {
      type: 'object',
      required: ['file'],
      properties: {
        file: { type: 'string', format: 'binary', description: 'lines or CSV, at most 500,000 lines' },
        options: { type: 'string', description: 'JSON: note?' },
      },
    },
  })
  @Answers(SuppressionImport)
  async import(@Ctx() ctx: RequestContext, @Req() request: Request) {
    // The part `options` may stand behind the file, so the file waits on disk for it.
    const { file, options } = await readUpload(request, LIST_LIMIT, spool);
    try {
      const { note } = parseOptions(SuppressionImportOptions, options);
      return await this.suppressions.import(ctx, file.read(), note);
    } finally {
      await file.discard();
    }
  }

  /** Lifts a suppression with a note for the audit log. */
  @Post(':id/lift')
  @HttpCode(204)
  @Needs('contacts.write')
  lift(
    @Ctx() ctx: RequestContext,
    @Param('id', { schema: Id }) id: string,
    @Body({ schema: SuppressionLift }) { note }: z.infer<typeof SuppressionLift>,
  ) {
    return this.suppressions.remove(ctx, id, note);
  }

  @Delete(':id')
  @HttpCode(204)
  @Needs('contacts.write')
  remove(@Ctx() ctx: RequestContext, @Param('id', { schema: Id }) id: string) {
    return this.suppressions.remove(ctx, id);
  }
}
