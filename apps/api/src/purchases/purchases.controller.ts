import { Body, Controller, Delete, Get, HttpCode, Param, Post, Query } from '@nestjs/common';
import { ApiHeader, ApiOperation, ApiTags } from '@nestjs/swagger';
import { Id, Purchase, PurchaseQuery, PurchaseReport, PurchasesBody, page } from '#contracts';
import { PurchasesService } from '#domain/contacts';
import { Needs } from '../http/access.decorators.js';
import { Answers } from '../http/answers.js';
import { Ctx } from '../http/request-context.js';
import type { RequestContext } from '../http/request-context.js';

/** What contacts bought, reported by a shop: mails and segments can ask for it. */
@ApiTags('purchases')
@Controller('purchases')
export class PurchasesController {
  constructor(private readonly purchases: PurchasesService) {}

  @Post()
  @Needs('contacts.write')
  @ApiOperation({
    summary: 'Reports orders by the shop’s own ids',
    description:
      'The same report again changes nothing. One that says otherwise corrects the order: amount and currency, time, whose it is; what it leaves out stays as it is known. Nobody becomes a contact by it: an order of an unknown address is answered as `unknown_contact` and is not stored, and the others are.',
  })
  @ApiHeader({ name: 'Idempotency-Key', required: false, description: 'the first answer is replayed for 24 hours' })
  @Answers(PurchaseReport)
  report(@Ctx() ctx: RequestContext, @Body({ schema: PurchasesBody }) body: PurchasesBody) {
    return this.purchases.report(ctx, body);
  }

  @Get()
  @Needs('contacts.read')
  @ApiOperation({ summary: 'The orders, newest first' })
  @Answers(page(Purchase))
  list(@Ctx() ctx: RequestContext, @Query({ schema: PurchaseQuery }) query: PurchaseQuery) {
    return this.purchases.list(ctx, query);
  }

  @Delete(':id')
  @HttpCode(204)
  @Needs('contacts.write')
  @ApiOperation({ summary: 'Takes back an order that was reversed' })
  remove(@Ctx() ctx: RequestContext, @Param('id', { schema: Id }) id: string) {
    return this.purchases.remove(ctx, id);
  }
}
