import { Readable } from 'node:stream';
import { Body, Controller, Delete, Get, HttpCode, Param, Patch, Post, Query, StreamableFile } from '@nestjs/common';
import { ApiProduces, ApiTags } from '@nestjs/swagger';
import type { z } from 'zod';
import {
  BulkContactsBody,
  BulkResult,
  Contact,
  ContactBody,
  ContactExportBody,
  ContactExportQuery,
  ContactQuery,
  Id,
  TimelineEntry,
  ContactTimelineQuery,
  UpdateContactBody,
  page,
} from '#contracts';
import { ContactsService } from '#domain/contacts';
import { SegmentsService } from '#domain/segments';
import { Needs } from '../http/access.decorators.js';
import { Answers } from '../http/answers.js';
import { Ctx } from '../http/request-context.js';
import type { RequestContext } from '../http/request-context.js';

@ApiTags('contacts')
@Controller('contacts')
export class ContactsController {
  constructor(
    private readonly contacts: ContactsService,
    private readonly segments: SegmentsService,
  ) {}

  @Get()
  @Needs('contacts.read')
  @Answers(page(Contact))
  async list(@Ctx() ctx: RequestContext, @Query({ schema: ContactQuery }) query: z.infer<typeof ContactQuery>) {
    const rule = query.segment ? await this.segments.condition(ctx, query.segment) : undefined;
    return this.contacts.list(ctx, query, rule);
  }

  /** The contacts that these filters leave, as CSV with all their fields. */
  @Get('export.csv')
  @Needs('contacts.read')
  @ApiProduces('text/csv')
  async export(
    @Ctx() ctx: RequestContext,
    @Query({ schema: ContactExportQuery }) query: z.infer<typeof ContactExportQuery>,
  ): Promise<StreamableFile> {
    const rule = query.segment ? await this.segments.condition(ctx, query.segment) : undefined;
    return csvFile(this.contacts.export(ctx, query, rule));
  }

  /** The same columns, of up to 1,000 contacts that somebody chose. */
  @Post('export.csv')
  @HttpCode(200)
  @Needs('contacts.read')
  @ApiProduces('text/csv')
  exportChosen(
    @Ctx() ctx: RequestContext,
    @Body({ schema: ContactExportBody }) { ids }: z.infer<typeof ContactExportBody>,
  ): StreamableFile {
    return csvFile(this.contacts.exportChosen(ctx, ids));
  }

  @Post()
  @Needs('contacts.write')
  @Answers(Contact, 201)
  create(@Ctx() ctx: RequestContext, @Body({ schema: ContactBody }) body: z.infer<typeof ContactBody>) {
    return this.contacts.create(ctx, body);
  }

  @Post('bulk')
  @HttpCode(200)
  @Needs('contacts.write')
  @Answers(BulkResult)
  change(@Ctx() ctx: RequestContext, @Body({ schema: BulkContactsBody }) body: z.infer<typeof BulkContactsBody>) {
    return this.contacts.change(ctx, body);
  }

  @Get(':id')
  @Needs('contacts.read')
  @Answers(Contact)
  get(@Ctx() ctx: RequestContext, @Param('id', { schema: Id }) id: string) {
    return this.contacts.get(ctx, id);
  }

  @Patch(':id')
  @Needs('contacts.write')
  @Answers(Contact)
  update(
    @Ctx() ctx: RequestContext,
    @Param('id', { schema: Id }) id: string,
    @Body({ schema: UpdateContactBody }) body: z.infer<typeof UpdateContactBody>,
  ) {
    return this.contacts.update(ctx, id, body);
  }

  @Delete(':id')
  @HttpCode(204)
  @Needs('contacts.write')
  remove(@Ctx() ctx: RequestContext, @Param('id', { schema: Id }) id: string) {
    return this.contacts.remove(ctx, id);
  }

  /** Everything kept about the person, as JSON for the person. */
  @Get(':id/data.json')
  @Needs('contacts.read')
  @ApiProduces('application/json')
  async data(@Ctx() ctx: RequestContext, @Param('id', { schema: Id }) id: string): Promise<StreamableFile> {
    const data = await this.contacts.personalData(ctx, id);
    return new StreamableFile(Buffer.from(`${JSON.stringify(data, null, 2)}\n`), {
      type: 'application/json; charset=utf-8',
      disposition: `attachment; filename="contact-${id}.json"`,
    });
  }

  @Get(':id/timeline')
  @Needs('contacts.read')
  @Answers(page(TimelineEntry))
  timeline(
    @Ctx() ctx: RequestContext,
    @Param('id', { schema: Id }) id: string,
    @Query({ schema: ContactTimelineQuery }) query: z.infer<typeof ContactTimelineQuery>,
  ) {
    return this.contacts.timeline(ctx, id, query);
  }
}

function csvFile(lines: AsyncGenerator<string>): StreamableFile {
  return new StreamableFile(Readable.from(lines), {
    type: 'text/csv; charset=utf-8',
    disposition: 'attachment; filename="contacts.csv"',
  });
}
