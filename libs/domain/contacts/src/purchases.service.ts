import { Inject, Injectable } from '@nestjs/common';
import { DomainError, PURCHASE_DAYS_MAX, notFound } from '#contracts';
import type {
  FieldError,
  Page,
  Purchase,
  PurchaseQuery,
  PurchaseReport,
  PurchaseResult,
  PurchasesBody,
  ReportedPurchase,
} from '#contracts';
import { parseAddress } from '#engine/address';
import { Database, toPage } from '#platform/database';
import { audit } from '#domain/workspaces';
import type { RequestContext } from '#domain/workspaces';
import { decodeInstantCursor } from './page-key.js';
import {
  deletePurchase,
  findPurchaseIds,
  findPurchases,
  holdContacts,
  insertPurchases,
  updatePurchases,
} from './purchase.repository.js';
import type { PurchaseValues } from './purchase.repository.js';

/** A shop's clock may be a little ahead of ours. */
const CLOCKS_DIFFER_MS = 5 * 60_000;
const DAY_MS = 86_400_000;

/** Orders that a shop reports of contacts. Nobody becomes a contact by buying: that takes consent. */
@Injectable()
export class PurchasesService {
  constructor(@Inject(Database) private readonly db: Database) {}

  /**
   * Stores orders by the shop's own ids. The same report again changes nothing; one that says otherwise corrects the
   * order, and what it leaves out stays as it is known.
   * @throws DomainError VALIDATION_FAILED that names every order whose time can't be; then nothing is stored
   */
  async report(ctx: RequestContext, { purchases }: PurchasesBody): Promise<PurchaseReport> {
    const now = Date.now();
    checkTimes(purchases, now);
    return this.db.transaction(async (tx) => {
      const canonicals = purchases.map(({ email }) => canonicalOf(email));
      const contacts = await holdContacts(tx, ctx.workspaceId, canonicals);
      const orders = purchases.flatMap((order, index) => {
        const contactId = contacts.get(canonicals[index] ?? '');
        return contactId ? [valuesOf(order, contactId)] : [];
      });
      const created = await insertPurchases(tx, ctx.workspaceId, orders);
      const known = orders.filter(({ orderId }) => !created.has(orderId));
      const updated = await updatePurchases(tx, ctx.workspaceId, known);
      const ids = await findPurchaseIds(
        tx,
        ctx.workspaceId,
        orders.map(({ orderId }) => orderId),
      );
      const resultOf = (orderId: string): PurchaseResult =>
        created.has(orderId) ? 'created' : updated.has(orderId) ? 'updated' : 'unchanged';
      const items = purchases.map(({ orderId }) => {
        const id = ids.get(orderId) ?? null;
        return { orderId, id, result: id ? resultOf(orderId) : ('unknown_contact' as const) };
      });
      return { items };
    });
  }

  async list(ctx: RequestContext, query: PurchaseQuery): Promise<Page<Purchase>> {
    const { contact: contactId, orderId, from, before } = query;
    const after = decodeInstantCursor(query.cursor);
    const rows = await findPurchases(
      this.db,
      ctx.workspaceId,
      { contactId, orderId, from: from ? new Date(from) : undefined, before: before ? new Date(before) : undefined },
      { after, limit: query.limit },
    );
    return toPage(
      rows,
      query.limit,
      (row) => [row.instant, row.id],
      ({ instant: _, at, reportedAt, ...row }) => {
        return { ...row, at: at.toISOString(), reportedAt: reportedAt.toISOString() };
      },
    );
  }

  /** An order that was reversed. @throws DomainError NOT_FOUND */
  async remove(ctx: RequestContext, id: string): Promise<void> {
    await this.db.transaction(async (tx) => {
      const gone = await deletePurchase(tx, ctx.workspaceId, id);
      if (!gone) throw notFound('purchase', id);
      await audit(tx, ctx, 'purchase.removed', `purchase:${id}`, { contactId: gone.contactId }, null);
    });
  }
}

/** Empty for what is no address, which no contact has. */
function canonicalOf(email: string): string {
  const parsed = parseAddress(email);
  return parsed.ok ? parsed.value.canonical : '';
}

function valuesOf(order: ReportedPurchase, contactId: string): PurchaseValues {
  const { orderId, amount = null, currency = null, at } = order;
  return { contactId, orderId, amount, currency, at: at ? new Date(at) : null };
}

function checkTimes(purchases: readonly ReportedPurchase[], now: number): void {
  const errors = purchases.flatMap(({ at }, index): FieldError[] => {
    const property = `purchases.${index}.at`;
    const ms = at ? Date.parse(at) : now;
    if (ms > now + CLOCKS_DIFFER_MS) return [{ property, code: 'TIME_FUTURE', message: 'must not lie in the future' }];
    if (ms >= now - PURCHASE_DAYS_MAX * DAY_MS) return [];
    return [{ property, code: 'TIME_PAST', message: 'must not lie more than ten years back' }];
  });
  const [first] = errors;
  if (first) throw new DomainError('VALIDATION_FAILED', `${first.property} ${first.message}.`, { errors });
}
